"""Pages of messages, what was missed, and how far a member has read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.messages.explanations import explain
from forum.messages.findings import findings_of
from forum.messages.source_notes import notes_in_force
from forum.messages.tables import Message, Reading, State
from forum.messages.views import show, show_own
from forum.rendering import Renderer
from forum.services import Services
from forum.shown import Answered, Shown
from forum.spaces.tables import AMONG_MEMBERS, Place
from moderation.verdict import Finding

MISSED_PAGE = 100
"""What was missed is given in pages of so many messages."""

Rows = Sequence[tuple[Message, Account]]


def published_in(place_id: UUID | BindParameter[UUID]) -> Select[Message, Account]:
    """Return the query of what readers see in a place: published once, whatever became of it since."""
    return (
        select(Message, Account)
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(col(Message.place_id) == place_id, col(Message.seq).is_not(None))
    )


async def show_rows(session: AsyncSession, rows: Rows) -> list[Shown]:
    """Return the rows as anybody sees them, with what each answers and its note: two queries at most."""
    answered = await _answered_in(session, rows)
    notes = await notes_in_force(session, [message.note for message, _ in rows])
    return [
        show(message, author, parent=answered.get(message.parent_id), note=notes.get(message.note))
        for message, author in rows
    ]


async def _answered_in(session: AsyncSession, rows: Rows) -> dict[UUID | None, Answered]:
    wanted = {message.parent_id for message, _ in rows if message.parent_id}
    if not wanted:
        return {}
    query = (
        select(Message.id, Account.handle)
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(col(Message.id).in_(wanted), col(Message.is_opening).is_(False))
    )
    return {found: Answered(found, handle) for found, handle in (await session.exec(query)).all()}


async def lines_before(session: AsyncSession, place_id: UUID, before: int | None, size: int) -> Rows:
    """Return the last `size` messages of a place below seq `before`, oldest first."""
    query = published_in(place_id).order_by(col(Message.seq).desc()).limit(size)
    if before is not None:
        query = query.where(col(Message.seq) < before)
    return list(reversed((await session.exec(query)).all()))


@dataclass(frozen=True, slots=True)
class Missed:
    """What changed in a place since a seq: each message as it is now, by its last change, up to `upto`."""

    items: tuple[tuple[int, Shown], ...]
    upto: int
    more: bool


async def missed_since(session: AsyncSession, place_id: UUID, since: int, size: int = MISSED_PAGE) -> Missed:
    """Return what a reader who has seen everything up to `since` has missed, in pages."""
    query = (
        published_in(place_id)
        .where(col(Message.changed_seq) > since)
        .order_by(col(Message.changed_seq))
        .limit(size + 1)
    )
    rows = (await session.exec(query)).all()
    page = rows[:size]
    shown = await show_rows(session, page)
    items = tuple((row[0].changed_seq or 0, how) for row, how in zip(page, shown, strict=True))
    return Missed(items, items[-1][0] if items else since, len(rows) > size)


OWN_WAITING = (
    select(Message, Account)
    .join(Account, col(Account.id) == col(Message.author_id))
    .join(Place, col(Place.id) == col(Message.place_id))
    .where(col(Message.author_id) == bindparam("author"), Message.state == State.HELD)
    .where(col(Place.kind).in_(AMONG_MEMBERS))
    .order_by(col(Message.created_at))
    .limit(MISSED_PAGE)
)
OWN_WAITING_HERE = OWN_WAITING.where(col(Message.place_id) == bindparam("place"))


async def own_waiting(
    session: AsyncSession, viewer: Viewer, renderer: Renderer, place_id: UUID | None = None
) -> list[tuple[Message, Shown]]:
    """Return the viewer's own messages that wait for a person, oldest first, with the reasons in words."""
    query = OWN_WAITING if place_id is None else OWN_WAITING_HERE
    rows = (await session.exec(query, params={"author": viewer.id, "place": place_id})).all()
    findings = await findings_of(session, [message.id for message, _ in rows])
    return [
        (message, show_own(message, author, _said(renderer, findings.get(message.id, ()))))
        for message, author in rows
    ]


def _said(renderer: Renderer, findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(renderer.say(words) for words in explain(findings))


def mark_waiting(shown: Sequence[Shown], waiting: Sequence[tuple[Message, Shown]]) -> list[Shown]:
    """Return the messages, saying of each own one whether an edit of it waits for a person."""
    edited = {message.revises_id for message, _ in waiting if message.revises_id}
    return [replace(one, edit_waiting=True) if one.id in edited else one for one in shown]


READ_TO = select(Reading.seq).where(
    col(Reading.account_id) == bindparam("account"), col(Reading.place_id) == bindparam("place")
)


async def read_to(session: AsyncSession, account_id: UUID, place_id: UUID) -> int | None:
    """Return the seq up to which the member has read the place; None before the first visit."""
    return (await session.exec(READ_TO, params={"account": account_id, "place": place_id})).first()


async def mark_read(services: Services, account_id: UUID, place_id: UUID, seq: int) -> None:
    """Note that the member has read the place up to `seq`; reading never goes back, and seldom writes."""
    async with services.database.glancing() as session:
        if (await read_to(session, account_id, place_id) or 0) >= seq:
            return
    async with services.database.transaction() as tx:
        known = await tx.session.get(Reading, (account_id, place_id))
        if known is None:
            tx.session.add(Reading(account_id=account_id, place_id=place_id, seq=seq))
        else:
            known.seq = max(known.seq, seq)
