"""What was decided and reported before, about a message or about a member, for moderators to read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.desk.said import MEASURES, named
from forum.language import Words
from forum.messages.explanations import CLAIMS, GUIDELINE_WORDS
from forum.messages.tables import Message, State
from forum.review.measures import UNTIL_LIFTED
from forum.review.outcomes import OF_APPEALS, OUTCOMES
from forum.review.reporting import REASONS
from forum.review.tables import Report, Ruling
from forum.review.undoing import A_MINUTE
from forum.spaces.tables import AMONG_MEMBERS, Place, Removal

LATEST = 10
BY, BACK = aliased(Account), aliased(Account)


@dataclass(frozen=True, slots=True)
class Ruled:
    """One decision; `by` and `undone_by` are handles for administrators only, None for everybody else."""

    id: UUID
    item_id: UUID | None
    message_id: UUID | None
    what: Words
    reason: Words | None
    measure: Words | None
    until: datetime | None
    at: datetime
    by: str | None
    mine: bool
    undone_at: datetime | None
    undone_by: str | None
    reversible: bool
    undo_until: datetime | None
    """Until when whoever made it takes it back without a reason; None for everybody else."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One report: its reason, the claim that was named with it, and when somebody looked at it."""

    words: Words
    claim: Words | None
    at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Away:
    """A room that a member may not speak in for now; `until` is None until somebody lifts it."""

    room: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an author stands, without anything that says who they are elsewhere."""

    handle: str
    days: int
    published: int
    suspended_until: datetime | None
    suspended: bool
    """Whether it ends only when somebody lifts it."""


async def rulings_where(
    session: AsyncSession, viewer: Viewer, now: datetime, about: ColumnElement[bool], most: int = LATEST
) -> list[Ruled]:
    """Return the latest decisions under this condition, the latest first; one query."""
    query = (
        select(Ruling, BY.handle, BACK.handle)
        .join(BY, col(BY.id) == col(Ruling.moderator_id))
        .join(BACK, col(BACK.id) == col(Ruling.undone_by), isouter=True)
        .where(about)
        .order_by(col(Ruling.made_at).desc(), col(Ruling.id).desc())
        .limit(most)
    )
    named_too = viewer.role is Role.ADMINISTRATOR
    return [
        _ruled(row, viewer, now, (by, back) if named_too else (None, None))
        for row, by, back in (await session.exec(query)).all()
    ]


def _ruled(row: Ruling, viewer: Viewer, now: datetime, names: tuple[str | None, str | None]) -> Ruled:
    mine, standing = row.moderator_id == viewer.id, row.undone_at is None and row.outcome not in OF_APPEALS
    undoable = mine and standing and now <= row.made_at + A_MINUTE
    return Ruled(
        id=row.id,
        item_id=row.item_id,
        message_id=row.message_id,
        what=named(OUTCOMES, row.outcome),
        reason=GUIDELINE_WORDS.get(row.reason),
        measure=named(MEASURES, row.measure) if row.measure else None,
        until=row.until if row.until != UNTIL_LIFTED else None,
        at=row.made_at,
        by=names[0],
        mine=mine,
        undone_at=row.undone_at,
        undone_by=names[1],
        reversible=standing and row.account_id != viewer.id and row.outcome != "escalated",
        undo_until=row.made_at + A_MINUTE if undoable else None,
    )


async def reports_where(
    session: AsyncSession, about: ColumnElement[bool], most: int = LATEST
) -> list[Reported]:
    """Return the latest reports under this condition, the latest first, without who reported; one query."""
    query = (
        select(Report).where(about).order_by(col(Report.created_at).desc(), col(Report.id).desc()).limit(most)
    )
    return [
        Reported(named(REASONS, row.reason), CLAIMS.get(row.kind), row.created_at, row.closed_at)
        for row in (await session.exec(query)).all()
    ]


async def standing_of(session: AsyncSession, author: Account, now: datetime) -> Standing:
    """Return how the author stands; one query."""
    query = (
        select(func.count())
        .select_from(Message)
        .join(Place, col(Place.id) == col(Message.place_id))
        .where(
            Message.author_id == author.id,
            Message.state == State.PUBLISHED,
            col(Place.kind).in_(AMONG_MEMBERS),
        )
    )
    until = author.suspended_until if author.suspended_until and author.suspended_until > now else None
    return Standing(
        handle=author.handle,
        days=max(timedelta(0), now - author.created_at).days,
        published=(await session.exec(query)).one(),
        suspended_until=until if until != UNTIL_LIFTED else None,
        suspended=until == UNTIL_LIFTED,
    )


async def away_from(session: AsyncSession, account_id: UUID, now: datetime) -> list[Away]:
    """Return the rooms that the member was sent away from, the latest first; one query."""
    query = (
        select(Removal, Place.name)
        .join(Place, col(Place.id) == col(Removal.place_id))
        .where(Removal.account_id == account_id, col(Removal.lifted_at).is_(None))
        .where(or_(col(Removal.until).is_(None), col(Removal.until) > now))
        .order_by(col(Removal.since).desc())
    )
    return [Away(room, row.since, row.until) for row, room in (await session.exec(query)).all()]


def by_item(rulings: Sequence[Ruled]) -> dict[UUID, list[Ruled]]:
    """Return the decisions by their item, in the order they have."""
    found: dict[UUID, list[Ruled]] = {}
    for one in rulings:
        if one.item_id is not None:
            found.setdefault(one.item_id, []).append(one)
    return found


def names_anybody(*rulings: Collection[Ruled]) -> bool:
    """Whether somebody else's name is told with these: that is noted in the audit log."""
    return any(one.by and not one.mine for several in rulings for one in several)
