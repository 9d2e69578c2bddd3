"""What a member's browser may say: text frames, read without I/O into typed commands."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

FRAME_BYTES = 64 * 1024
"""The longest frame, in bytes of UTF-8: room for TEXT_CHARACTERS of any script, and a little more."""
TEXT_CHARACTERS = 10_000
"""The longest text, in code points; a browser's `length` counts UTF-16 units and is never smaller."""
UUID_CHARACTERS = 36
CHOICES = ("as-it-is", "masked", "ask")
"""How an author may answer when asked about their own words."""
HIGHEST_SEQ = 2**63 - 1
"""What a signed 64-bit database column holds."""


class Reason(StrEnum):
    """Why a frame was not understood; a key for programs, where `words` are for people."""

    MALFORMED = "malformed"
    UNKNOWN_TYPE = "unknown-type"
    FIELD = "field"
    TOO_LONG = "too-long"


class FrameError(Exception):
    """A frame we cannot act on; `nonce` is the frame's own, when it could be read. Never quotes the frame."""

    def __init__(self, reason: Reason, words: str, nonce: UUID | None = None) -> None:
        super().__init__(reason, words)
        self.reason = reason
        self.words = words
        self.nonce = nonce


@dataclass(frozen=True, slots=True)
class Join:
    """Hear a place from now on; with `since`, also what followed that seq."""

    place: UUID
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Stop hearing a place."""

    place: UUID


@dataclass(frozen=True, slots=True)
class Fetch:
    """Ask for what a place published after `since`."""

    place: UUID
    since: int


@dataclass(frozen=True, slots=True)
class Say:
    """Submit a text; the answer carries the same nonce, so that sending it again is safe.

    `choice` answers the question of an earlier answer `asked`, if there was one.
    """

    place: UUID
    nonce: UUID
    text: str
    parent: UUID | None = None
    choice: str = ""


@dataclass(frozen=True, slots=True)
class WatchDesk:
    """Hear from now on what changes at the desk; for moderators."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Ask whether we are still here."""


Command = Join | Leave | Fetch | Say | WatchDesk | Ping


def parse(frame: str | bytes) -> Command:
    """Read one client frame; fields we do not know are ignored. Raises FrameError, and nothing else."""
    fields = _Fields(_opened(frame))
    try:
        kind = fields.values.get("type")
        read = READERS.get(kind) if isinstance(kind, str) else None
        if read is None:
            raise FrameError(Reason.UNKNOWN_TYPE, "We do not know this kind of request.")
        return read(fields)
    except FrameError as error:
        error.nonce = fields.nonce
        raise


@dataclass(frozen=True, slots=True)
class _Fields:
    values: Mapping[str, object]

    @property
    def nonce(self) -> UUID | None:
        return _canonical(self.values.get("nonce"))

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def uuid(self, name: str) -> UUID:
        value = _canonical(self.values.get(name))
        if value is None:
            raise FrameError(Reason.FIELD, f"The field “{name}” should be an identifier.")
        return value

    def seq(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= HIGHEST_SEQ:
            raise FrameError(Reason.FIELD, f"The field “{name}” should be a whole number from 0.")
        return value

    def one_of(self, name: str, known: Collection[str]) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or value not in known:
            raise FrameError(Reason.FIELD, f"The field “{name}” should be one of: {', '.join(known)}.")
        return value

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str):
            raise FrameError(Reason.FIELD, f"The field “{name}” should be text.")
        if len(value) > TEXT_CHARACTERS:
            raise FrameError(Reason.TOO_LONG, f"This is longer than {TEXT_CHARACTERS:,} characters.")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise FrameError(Reason.FIELD, f"The field “{name}” holds half a character. Please check it.")
        return value


READERS: Mapping[str, Callable[[_Fields], Command]] = {
    "join": lambda fields: Join(fields.uuid("place"), fields.seq("since") if fields.has("since") else None),
    "leave": lambda fields: Leave(fields.uuid("place")),
    "fetch": lambda fields: Fetch(fields.uuid("place"), fields.seq("since")),
    "say": lambda fields: Say(
        fields.uuid("place"),
        fields.uuid("nonce"),
        fields.text("text"),
        fields.uuid("parent") if fields.has("parent") else None,
        fields.one_of("choice", CHOICES) if fields.has("choice") else "",
    ),
    "watch-desk": lambda fields: WatchDesk(),
    "ping": lambda fields: Ping(),
}


def _opened(frame: str | bytes) -> Mapping[str, object]:
    if not isinstance(frame, str):
        raise FrameError(Reason.MALFORMED, "Please send text, not binary data.")
    if len(frame) > FRAME_BYTES or len(frame.encode(errors="surrogatepass")) > FRAME_BYTES:
        raise FrameError(Reason.TOO_LONG, "This is longer than one frame may be.")
    try:
        value = json.loads(frame, object_pairs_hook=_unique, parse_constant=_not_a_number)
    except (ValueError, RecursionError):
        raise FrameError(Reason.MALFORMED, "We could not read this as JSON.") from None
    if not isinstance(value, dict):
        raise FrameError(Reason.MALFORMED, "A frame is one JSON object.")
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says a thing twice: readers would differ about it (RFC 8259, §4)."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key twice")
    return fields


def _not_a_number(constant: str) -> float:
    raise ValueError("not JSON (RFC 8259, §6)")


def _canonical(value: object) -> UUID | None:
    """Return the identifier, if it is written as RFC 9562 writes it: lower case, with hyphens."""
    if not isinstance(value, str) or len(value) != UUID_CHARACTERS:
        return None
    try:
        found = UUID(value)
    except ValueError:
        return None
    return found if str(found) == value else None
