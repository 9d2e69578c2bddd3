"""What we say to a member's browser: builders of JSON-ready payloads, and the codes we close with."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal
from uuid import UUID

VERSION: Final = 1
"""The version of this conversation; a client that does not know it reloads the page."""

INTERNAL_ERROR: Final = 1011
RESTARTING: Final = 1012
TRY_AGAIN_LATER: Final = 1013
TOO_MANY_MALFORMED: Final = 4400
SIGNED_OUT: Final = 4401
NOT_ALLOWED: Final = 4403
TOO_MANY_FRAMES: Final = 4429

Payload = dict[str, object]


@dataclass(frozen=True, slots=True)
class RoomState:
    """How a room may be spoken in just now."""

    paused: bool = False
    slow_seconds: int = 0
    waiting_for_facilitator: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """Who is here: everyone counted, and the names of those who let theirs be shown."""

    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One published message; `html` is one rendered element, `author` what clients match a member by."""

    seq: int
    id: UUID
    author: str | None
    html: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a submission; `words` are for its author."""

    state: Literal["published", "held", "asked", "refused"]
    id: UUID | None = None
    seq: int | None = None
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """What the author can choose, where they are asked."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody shares in a meeting: `ends_at` (ISO 8601) is when they are asked to find an end."""

    turn: str
    member: str
    handle: str
    ends_at: str
    from_seq: int
    reactions: Mapping[str, int]
    """How often each word was sent to them: counted, never by whom."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a workshop, by the id of the message that asks it."""

    id: str
    votes: int
    answered: bool


@dataclass(frozen=True, slots=True)
class MeetingState:
    """How far a meeting is, as everybody in it sees it; moments are ISO 8601, by our clock.

    Of two states the one with the higher `version` is newer. Nothing anybody wrote is in it but handles.
    """

    version: int
    phase: str
    starts_at: str
    closes_at: str
    transcript: str
    step: int
    step_ends_at: str | None
    sharing: Speaking | None
    hands: tuple[tuple[str, str], ...]
    """Who waits for a turn, in order: member and handle."""
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class DeskChange:
    """What changed at the desk; `who`, by handle, looks at the item until `until` (ISO 8601)."""

    item: UUID
    kind: str
    lane: int
    what: str
    who: str | None = None
    until: str | None = None


def welcome(version: int, limits: Mapping[str, int]) -> Payload:
    """The first frame: what we speak, and how much we take."""
    return {"type": "welcome", "version": version, "limits": dict(limits)}


def joined(place: UUID, seq: int, state: RoomState, here: Here) -> Payload:
    """You hear this place from now on; `seq` is its last published message."""
    return {"type": "joined", "place": str(place), "seq": seq, "state": asdict(state), "here": _here(here)}


def message(place: UUID, item: Item) -> Payload:
    """A message was published, edited or removed: a client that knows its id replaces the element."""
    return {"type": "message", "place": str(place), **_item(item)}


def missed(place: UUID, items: Iterable[Item], span: tuple[int, int], more: bool) -> Payload:
    """What changed after the span's first seq, up to its second; `more` says that another fetch is due."""
    since, upto = span
    return {
        "type": "missed",
        "place": str(place),
        "since": since,
        "items": [_item(item) for item in items],
        "upto": upto,
        "more": more,
    }


def answered(nonce: UUID, answer: Answer) -> Payload:
    """The submission with this nonce was published, held or refused, or its author is asked."""
    return {
        "type": "answered",
        "nonce": str(nonce),
        "state": answer.state,
        "id": _text(answer.id),
        "seq": answer.seq,
        "words": list(answer.words),
        "choices": list(answer.choices),
    }


def presence(place: UUID, here: Here) -> Payload:
    """Someone came or went."""
    return {"type": "presence", "place": str(place), **_here(here)}


def room(place: UUID, state: RoomState) -> Payload:
    """A room was paused, slowed or opened."""
    return {"type": "room", "place": str(place), **asdict(state)}


def meeting(place: UUID, state: MeetingState, now: str | None = None) -> Payload:
    """How far a meeting is now: told when it goes on, and with `now` by our clock to whoever comes in."""
    return {"type": "meeting", "place": str(place), "now": now, **asdict(state)}


def muted(place: UUID, *, muted: bool) -> Payload:
    """A host asked you to listen, or to speak again."""
    return {"type": "muted", "place": str(place), "muted": muted}


def notices(unread: int) -> Payload:
    """So many notifications are unread."""
    return {"type": "notices", "unread": unread}


def watching(waiting: int) -> Payload:
    """You hear the desk from now on; so much of it waits for you."""
    return {"type": "watching", "waiting": waiting}


def desk(change: DeskChange) -> Payload:
    """Something at the desk is new, claimed, let go or done."""
    return {"type": "desk", **asdict(change), "item": str(change.item)}


def error(reason: str, words: str, nonce: UUID | None = None, retry_after: int | None = None) -> Payload:
    """We could not do what a frame asked; `retry_after` in seconds, when waiting helps."""
    return {
        "type": "error",
        "reason": reason,
        "words": words,
        "nonce": _text(nonce),
        "retry_after": retry_after,
    }


def pong() -> Payload:
    """We are still here."""
    return {"type": "pong"}


def later(seconds: int) -> Payload:
    """Please come back in so many seconds."""
    return {"type": "later", "seconds": seconds}


def _item(item: Item) -> Payload:
    return {"seq": item.seq, "id": str(item.id), "author": item.author, "html": str(item.html)}


def _here(here: Here) -> Payload:
    return {"count": here.count, "names": list(here.names)}


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
