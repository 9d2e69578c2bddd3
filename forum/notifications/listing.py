"""A member's notices, as they read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import and_, col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.calendar.said_times import named_moment
from forum.calendar.tables import Host, Occurrence
from forum.facts import NoticesChanged
from forum.messages.explanations import guideline_words
from forum.messages.pages import again_url
from forum.messages.resending import RESENDABLE
from forum.messages.tables import Message, State
from forum.messages.views import author_of
from forum.messages.whereabouts import where
from forum.notifications.noticing import ASKED, CARE, TALK, THANKED, unread
from forum.notifications.tables import Notice
from forum.rendering import Renderer
from forum.services import Services
from forum.shown import Author
from forum.spaces.access import place_seen_by
from forum.spaces.tables import AMONG_MEMBERS, Place, PlaceKind, Space

AFTERWARDS = (ASKED, THANKED)
Row = tuple[Notice, Message, Account, Place, Space | None, Occurrence | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One notice; `text` is the member's own words, and `again` where they can be sent again."""

    id: UUID
    kind: str
    at: datetime
    is_new: bool
    url: str | None
    who: Author | None
    where: str
    words: tuple[str, ...] = field(default=())
    text: str | None = None
    again: str | None = None
    reasons: str | None = None
    """Where a decision about one's own message is explained, and can be appealed."""


async def notices_of(
    session: AsyncSession, viewer: Viewer, renderer: Renderer, before: UUID | None, size: int
) -> list[Told]:
    """Return a page of notices, the latest first, without those about places that closed to the member."""
    rows = await _rows(session, viewer, before, size)
    named = await where(session, renderer, [row[3].id for row in rows])
    return [_told(renderer, row, named[row[3].id], viewer.time_zone) for row in rows]


async def _rows(session: AsyncSession, viewer: Viewer, before: UUID | None, size: int) -> Sequence[Row]:
    # Who holds a date need not be in its space; see `forum.calendar.reading.find_date`.
    own = select(Host.gathering_id).where(Host.account_id == viewer.id)
    held = and_(col(Place.kind) == PlaceKind.GATHERING, col(Occurrence.gathering_id).in_(own))
    # sqlmodel's select() is typed for up to four columns.
    query = (
        select(Notice, Message, Account, Place, Space, Occurrence)  # type: ignore[call-overload]
        .join(Message, col(Message.id) == col(Notice.message_id))
        .join(Account, col(Account.id) == col(Message.author_id))
        .join(Place, col(Place.id) == col(Message.place_id))
        .join(Space, col(Space.id) == col(Place.space_id), isouter=True)
        .join(Occurrence, col(Occurrence.id) == col(Notice.occurrence_id), isouter=True)
        .where(Notice.account_id == viewer.id, or_(place_seen_by(viewer.id, viewer.role), held))
        .order_by(col(Notice.id).desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(col(Notice.id) < before)
    rows: Sequence[Row] = (await session.exec(query)).all()
    return rows


def _told(renderer: Renderer, row: Row, named: str, zone: str) -> Told:
    notice, message, author, place, space, date = row
    if date is not None:
        called = message.title if message.state == State.PUBLISHED and message.title else named
        return _of_a_gathering(notice, called, named_moment(date.starts_at, zone, renderer.language.locale))
    about_me = notice.kind not in ("reply", CARE, TALK)
    resendable = about_me and message.state in RESENDABLE and bool(message.text)
    return Told(
        id=notice.id,
        kind=notice.kind,
        at=notice.at,
        is_new=notice.read_at is None,
        url=_url(notice, message),
        who=None if about_me else author_of(author),
        where=named,
        words=(renderer.say(guideline_words(notice.reason)),) if notice.reason else (),
        text=message.text if resendable else None,
        again=again_url(place, space, message) if resendable else None,
        reasons=f"/reasons/{message.id}" if about_me and place.kind in AMONG_MEMBERS else None,
    )


def _of_a_gathering(notice: Notice, named: str, when: str) -> Told:
    return Told(
        id=notice.id,
        kind=notice.kind,
        at=notice.at,
        is_new=notice.read_at is None,
        url=f"/gatherings/{notice.occurrence_id}" + ("/feedback" if notice.kind in AFTERWARDS else ""),
        who=None,
        where=named,
        words=(when,),
    )


def _url(notice: Notice, message: Message) -> str | None:
    if notice.kind == CARE:
        return f"/desk/{message.id}"
    if notice.kind == TALK:
        return "/desk/care-for-us"
    return f"/messages/{message.revises_id or message.id}" if message.seq or message.revises_id else None


async def latest_unseen(session: AsyncSession, viewer: Viewer) -> UUID | None:
    """Return the member's latest notice if they have unseen ones, be it about a place that closed to them."""
    fresh = (col(Notice.account_id) == viewer.id, col(Notice.read_at).is_(None))
    query = select(Notice.id).where(*fresh).order_by(col(Notice.id).desc()).limit(1)
    return (await session.exec(query)).first()


async def mark_seen(services: Services, viewer: Viewer, upto: UUID | None) -> None:
    """Note that the member has seen their notices up to this one, and tell their other pages.

    What came after the page was read stays new.
    """
    if upto is None:
        return
    async with services.database.transaction() as tx:
        fresh = (col(Notice.account_id) == viewer.id, col(Notice.read_at).is_(None), col(Notice.id) <= upto)
        await tx.session.exec(update(Notice).where(*fresh).values(read_at=services.clock()))
        tx.record(NoticesChanged(viewer.id, await unread(tx.session, viewer.id)))
