"""Debriefs: after a care item, whoever closed it is asked how they are, and can ask for somebody to talk to.

Looking after each other is part of helping others (World Health Organization 2011, Psychological first aid:
Guide for field workers, chapter 5). Nothing is asked for in words, and nothing is kept but the answer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Invalid, NotFound
from forum.facts import TalkWanted
from forum.language import N_
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services
from forum.wellbeing.buddies import buddies_of
from forum.wellbeing.covering import DANGER_LANE
from forum.wellbeing.tables import Debrief

FINE, TALK = "fine", "talk"


class Told(StrEnum):
    """Who was told that a moderator would like to talk."""

    NOT_NEEDED = "fine"
    BUDDY = "buddy"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Talk:
    """A moderator would like to talk to somebody, since then."""

    account_id: UUID
    handle: str
    since: datetime


async def debriefed(session: AsyncSession, viewer: Viewer, item_id: UUID) -> ReviewItem:
    """Return the closed care item that this moderator decided on; NotFound for any other."""
    item = await session.get(ReviewItem, item_id)
    own = select(Ruling.id).where(Ruling.item_id == item_id, Ruling.moderator_id == viewer.id).limit(1)
    if item is None or item.lane != DANGER_LANE or item.closed_at is None:
        raise NotFound
    if (await session.exec(own)).first() is None:
        raise NotFound
    return item


async def say_how(services: Services, viewer: Viewer, item_id: UUID, answer: str) -> Told:
    """Keep the answer, fine or talk, and tell the buddy, or else the administrators, of the second.

    The latest answer counts; whoever was told once is not told again. Raises NotFound and Invalid.
    """
    now = services.clock()
    async with services.database.transaction() as tx:
        item = await debriefed(tx.session, viewer, item_id)
        if answer not in (FINE, TALK):
            raise Invalid({"answer": N_("Choose one of the two, or leave the page: both are all right.")})
        buddy = (await buddies_of(tx.session, viewer.id)).mine_id if answer == TALK else None
        query = select(Debrief).where(Debrief.item_id == item_id, Debrief.account_id == viewer.id)
        row = (await tx.session.exec(query)).first()
        again = row is not None and row.answer == answer
        if row is None:
            row = Debrief(item_id=item_id, account_id=viewer.id, answer=answer, at=now)
        if not again:
            row.answer, row.at, row.told_id, row.met_at, row.met_by = answer, now, buddy, None, None
        tx.session.add(row)
        return Told.NOT_NEEDED if answer == FINE else await _tell(tx, row, item, again)


async def _tell(tx: Transaction, row: Debrief, item: ReviewItem, again: bool) -> Told:
    told = [row.told_id] if row.told_id else await _administrators(tx.session, row.account_id)
    if not told:
        return Told.NOBODY
    if not again and item.message_id is not None:
        tx.record(TalkWanted(item.message_id, tuple(told), row.at))
    return Told.BUDDY if row.told_id else Told.ADMINISTRATORS


async def _administrators(session: AsyncSession, but: UUID) -> list[UUID]:
    query = select(Account.id).where(Account.role == Role.ADMINISTRATOR, Account.id != but)
    return list((await session.exec(query)).all())


def _told_to(viewer: Viewer) -> ColumnElement[bool]:
    """The open wishes to talk of which this viewer was told."""
    to_all = and_(col(Debrief.told_id).is_(None), col(Debrief.account_id) != viewer.id)
    mine = col(Debrief.told_id) == viewer.id
    to_me = or_(mine, to_all if viewer.role is Role.ADMINISTRATOR else false())
    return and_(col(Debrief.answer) == TALK, col(Debrief.met_at).is_(None), to_me)


async def talks_for(session: AsyncSession, viewer: Viewer) -> list[Talk]:
    """Return who would like to talk with this viewer, each once, the longest waiting first; one query."""
    query = (
        select(Account, Debrief.at)
        .join(Debrief, col(Debrief.account_id) == col(Account.id))
        .where(_told_to(viewer))
        .order_by(col(Debrief.at))
    )
    found: dict[UUID, Talk] = {}
    for account, at in (await session.exec(query)).all():
        found.setdefault(account.id, Talk(account.id, account.handle, at))
    return list(found.values())


async def met(services: Services, viewer: Viewer, account_id: UUID) -> None:
    """Note that the two have talked; NotFound where this viewer was not told of it."""
    now = services.clock()
    theirs = (col(Debrief.account_id) == account_id, _told_to(viewer))
    async with services.database.transaction() as tx:
        done = await tx.session.exec(update(Debrief).where(*theirs).values(met_at=now, met_by=viewer.id))
        if not done.rowcount:
            raise NotFound
