"""Texts that are kept, a page at a time, as drafts that read as they did when they were sent."""

from collections import defaultdict, deque
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.messages.admission import KINDS, audience_of
from forum.messages.standing import RECENT, RECENT_MOST
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.tables import AMONG_MEMBERS, Place, PlaceKind, Space
from moderation.draft import Draft, Standing

PAGE = 200
JUDGED = frozenset({State.PUBLISHED, State.HELD, State.REFUSED, State.REMOVED})
"""The states in which a message may still have its words."""

Row = tuple[Message, Account, Place, Space | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A message with its draft; `choices` and `signs` of the draft are for whoever judges it to fill in."""

    id: UUID
    space_id: UUID | None
    edited_at: datetime | None
    draft: Draft


async def count_kept(session: AsyncSession, since: datetime) -> int:
    """Return how many texts `kept_texts` would give."""
    return (await session.exec(select(func.count()).select_from(Message).where(*_kept(since)))).one()


async def latest_since(session: AsyncSession, since: datetime, most: int) -> datetime:
    """Return a moment, `since` or later, after which there are `most` texts, if there are that many."""
    query = select(Message.created_at).where(*_kept(since)).order_by(col(Message.created_at).desc())
    edge = (await session.exec(query.offset(most).limit(1))).first()
    return edge or since


async def kept_texts(services: Services, since: datetime, size: int = PAGE) -> AsyncIterator[list[Kept]]:
    """Yield pages of what was sent since then and still has its words, the oldest first; no read stays open.

    What an author had just said is known from `since` on only, and without what has been erased.
    """
    said, last = _Said(), None
    while True:
        async with services.database.reading() as session:
            rows = await _rows(session, since, last, size)
            published = await _published_before(session, [row[0].id for row in rows])
        if not rows:
            return
        last = rows[-1][0]
        yield [_kept_text(services, row, published.get(row[0].id, 0), said) for row in rows]
        said.forget(last.created_at)


async def _rows(session: AsyncSession, since: datetime, last: Message | None, size: int) -> list[Row]:
    query = (
        select(Message, Account, Place, Space)
        .join(Account, col(Account.id) == col(Message.author_id))
        .join(Place, col(Place.id) == col(Message.place_id))
        .join(Space, col(Space.id) == col(Place.space_id), isouter=True)
        .where(*_kept(since))
        .order_by(col(Message.created_at), col(Message.id))
        .limit(size)
    )
    if last is not None:
        same = and_(col(Message.created_at) == last.created_at, col(Message.id) > last.id)
        query = query.where(or_(col(Message.created_at) > last.created_at, same))
    return [(message, author, place, space) for message, author, place, space in await session.exec(query)]


async def _published_before(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many messages of its author's each followed."""
    earlier = aliased(Message)
    query = (
        select(Message.id, func.count(col(earlier.id)))
        .join(earlier, col(earlier.author_id) == col(Message.author_id))
        .where(
            col(Message.id).in_(ids),
            earlier.state == State.PUBLISHED,
            col(earlier.created_at) < col(Message.created_at),
        )
        .group_by(col(Message.id))
    )
    return dict((await session.exec(query)).all())


def _kept(since: datetime) -> tuple[ColumnElement[bool], ...]:
    among = select(Place.id).where(col(Place.kind).in_(AMONG_MEMBERS))
    written = (col(Message.created_at) > since, col(Message.text) != "")
    return (col(Message.state).in_(JUDGED), *written, col(Message.place_id).in_(among))


def _kept_text(services: Services, row: Row, published: int, said: "_Said") -> Kept:
    message, author, place, space = row
    days = (message.created_at - author.created_at).days
    draft = Draft(
        message.text,
        Standing(published, days, said.before(message), nudges=author.nudges),
        services.words,
        title=message.title,
        kind=KINDS[PlaceKind(place.kind)],
        audience=audience_of(space),
    )
    return Kept(message.id, place.space_id, message.edited_at, draft)


class _Said:
    """What every author said in the last minutes of a walk through time."""

    def __init__(self) -> None:
        self._by: dict[UUID, deque[Message]] = defaultdict(lambda: deque(maxlen=RECENT_MOST + 1))

    def before(self, message: Message) -> tuple[str, ...]:
        """Return what the author had just said, the newest first, and note this too."""
        recent = [
            one.text
            for one in self._by[message.author_id]
            if one.created_at > message.created_at - RECENT and one.id != message.revises_id
        ]
        self._by[message.author_id].appendleft(message)
        return tuple(recent[:RECENT_MOST])

    def forget(self, moment: datetime) -> None:
        """Let go of whoever said nothing lately."""
        for author_id, said in list(self._by.items()):
            if said[0].created_at <= moment - RECENT:
                del self._by[author_id]
