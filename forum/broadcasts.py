"""Tells live connections what a committed transaction recorded."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import structlog

from forum.facts import (
    Fact,
    GuestMuted,
    ItemChanged,
    MeetingTold,
    MemberRemoved,
    MessageChanged,
    MessagePublished,
    NoticesChanged,
    PlaceChanged,
    SessionsEnded,
)
from forum.rendering import Renderer
from forum.shown import Shown
from realtime import frames
from realtime.backplane import Backplane
from realtime.envelope import Envelope, Topic

log = structlog.get_logger()

TEMPLATES: Mapping[str, str] = {
    "room": "rooms/line.html",
    "meeting": "rooms/line.html",
    "thread": "threads/message.html",
}
"""The kinds of place that somebody may be listening to, and how a message looks there."""


DESK = Topic("desk")
"""Where moderators are told what changes at the desk: never any words."""


def place_topic(place_id: UUID) -> Topic:
    """Where everything of one place is told."""
    return Topic(f"place:{place_id}")


def account_topic(account_id: UUID) -> Topic:
    """Where one member is told what concerns only them."""
    return Topic(f"account:{account_id}")


def ended_topic(account_id: UUID) -> Topic:
    """Where a member's sockets hear that sessions ended (the frame names it, or the one that stays), or that
    they were sent away from a room.
    """
    return Topic(f"ended:{account_id}")


async def has_facilitator(backplane: Backplane, place_id: UUID) -> bool:
    """Return whether somebody who holds rooms is in this one now."""
    return any(who.facilitator for who in await backplane.present(place_topic(place_id)))


def item_of(renderer: Renderer, kind: str, seq: int, shown: Shown) -> frames.Item:
    """Return a message as everybody in a place of this kind is told it; KeyError where nobody listens."""
    html = renderer.render(TEMPLATES[kind], {"message": shown, "viewer": None})
    return frames.Item(seq, shown.id, str(shown.author.id), html)


class Broadcasts:
    """Encodes each fact once and gives it to the backplane; a failure is logged, never raised.

    By the time this runs the commit is done: the database is the truth, this is the hint.
    """

    def __init__(self, backplane: Backplane, renderer: Renderer) -> None:
        self._backplane = backplane
        self._renderer = renderer
        self._tell: dict[type, Callable[..., Awaitable[None]]] = {
            MessagePublished: self._message,
            MessageChanged: self._message,
            PlaceChanged: self._place,
            NoticesChanged: self._notices,
            SessionsEnded: self._ended,
            MemberRemoved: self._removed,
            ItemChanged: self._desk,
            MeetingTold: self._meeting,
            GuestMuted: self._muted,
        }

    async def announce(self, facts: Sequence[Fact]) -> None:
        """Broadcast every fact that somebody may be waiting for, in order."""
        for fact in facts:
            tell = self._tell.get(type(fact))
            if tell is None:
                continue
            try:
                await tell(fact)
            except Exception as error:  # noqa: BLE001 - the commit is done: nothing may fail for want of a hint
                log.error("broadcast.failed", fact=type(fact).__name__, error=type(error).__name__)

    async def _message(self, fact: MessagePublished | MessageChanged) -> None:
        if fact.place_kind not in TEMPLATES:
            return
        item = item_of(self._renderer, fact.place_kind, fact.seq, fact.shown)
        await self._backplane.publish(
            Envelope.of(place_topic(fact.place_id), frames.message(fact.place_id, item))
        )

    async def _place(self, fact: PlaceChanged) -> None:
        topic = place_topic(fact.place_id)
        waiting = fact.needs_facilitator and not await has_facilitator(self._backplane, fact.place_id)
        state = frames.RoomState(fact.closed, fact.slow_seconds, waiting)
        await self._backplane.publish(Envelope.of(topic, frames.room(fact.place_id, state)))

    async def _notices(self, fact: NoticesChanged) -> None:
        await self._backplane.publish(
            Envelope.of(account_topic(fact.account_id), frames.notices(fact.unread))
        )

    async def _ended(self, fact: SessionsEnded) -> None:
        told = {"ended": _text(fact.ended), "kept": _text(fact.kept)}
        await self._backplane.publish(Envelope.of(ended_topic(fact.account_id), told))

    async def _removed(self, fact: MemberRemoved) -> None:
        told = {"removed": str(fact.place_id)}
        await self._backplane.publish(Envelope.of(ended_topic(fact.account_id), told))

    async def _meeting(self, fact: MeetingTold) -> None:
        told = frames.meeting(fact.place_id, fact.state)
        await self._backplane.publish(Envelope.of(place_topic(fact.place_id), told))

    async def _muted(self, fact: GuestMuted) -> None:
        told = frames.muted(fact.place_id, muted=fact.muted)
        await self._backplane.publish(Envelope.of(account_topic(fact.account_id), told))

    async def _desk(self, fact: ItemChanged) -> None:
        until = fact.until.isoformat() if fact.until else None
        change = frames.DeskChange(fact.item_id, fact.kind, fact.lane, fact.what, fact.who, until)
        await self._backplane.publish(Envelope.of(DESK, frames.desk(change)))


def _text(session_id: UUID | None) -> str | None:
    return None if session_id is None else str(session_id)
