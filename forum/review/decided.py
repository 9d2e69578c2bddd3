"""What stands against a message: the last decision that its author can appeal, whoever made it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.messages.tables import Message, State
from forum.review.outcomes import LEFT_UP, OF_APPEALS, OPEN_STILL
from forum.review.tables import Appeal, Ruling

APPEAL_DAYS = 183
"""How long one can appeal: six months, as article 20 (1) of Regulation (EU) 2022/2065 (DSA) asks for."""
AGAINST = frozenset({"refused", "edit-refused", "asked-to-change", "taken-down", "released-masked"})
"""Outcomes that are less than the author wanted."""
MACHINE, PERSON = "machine", "person"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a message; `ruling` is None where the machine refused it."""

    about_id: UUID
    ruling: Ruling | None
    at: datetime
    ruling_id: UUID | None = None

    @property
    def by(self) -> str:
        """Who decided: machine or person."""
        return PERSON if self.ruling_id else MACHINE

    @property
    def key(self) -> UUID:
        """What an appeal is once for."""
        return self.ruling_id or self.about_id

    @property
    def until(self) -> datetime:
        """When the time to appeal ends."""
        return self.at + timedelta(days=APPEAL_DAYS)


def is_against(ruling: Ruling) -> bool:
    """Whether a ruling stands, and takes something from the author."""
    return ruling.undone_at is None and (ruling.outcome in AGAINST or bool(ruling.measure))


async def rulings_about(session: AsyncSession, message_id: UUID) -> list[Ruling]:
    """Return what was decided about a message, the latest first, without answers to appeals and questions."""
    decided = col(Ruling.outcome).not_in([*OF_APPEALS, *OPEN_STILL])
    query = select(Ruling).where(Ruling.message_id == message_id, decided)
    return list((await session.exec(query.order_by(col(Ruling.made_at).desc(), col(Ruling.id).desc()))).all())


def stands_against(message: Message, rulings: list[Ruling]) -> Decided | None:
    """Return the last decision against the author, if one stands; `rulings` are those of `rulings_about`."""
    ruling = next(filter(is_against, rulings), None)
    if ruling is not None:
        return Decided(message.id, ruling, ruling.made_at, ruling.id)
    if message.refused_at is not None and refused_by_machine(message):
        return Decided(message.id, None, message.refused_at)
    return None


def refused_by_machine(message: Message) -> bool:
    """Whether nobody but the machine has refused it: it does so in the moment that something is sent."""
    return message.state == State.REFUSED and message.refused_at == message.created_at


async def appeal_against(session: AsyncSession, decided: Decided) -> Appeal | None:
    """Return the appeal against a decision, if there is one."""
    ruling = Appeal.ruling_id == decided.ruling_id if decided.ruling_id else col(Appeal.ruling_id).is_(None)
    query = select(Appeal).where(Appeal.about_id == decided.about_id, ruling)
    return (await session.exec(query)).first()


async def latest_appeal(session: AsyncSession, message_id: UUID) -> Appeal | None:
    """Return the last appeal about a message, whatever became of it."""
    query = select(Appeal).where(Appeal.about_id == message_id)
    return (await session.exec(query.order_by(col(Appeal.made_at).desc()).limit(1))).first()


async def is_followed(session: AsyncSession, ruling: Ruling, *, by_appeal: bool) -> bool:
    """Whether a later decision about the same stands: what this one did is no longer how things are.

    That somebody left it up since takes nothing from an appeal.
    """
    same = (
        Ruling.message_id == ruling.message_id
        if ruling.message_id
        else and_(col(Ruling.message_id).is_(None), col(Ruling.account_id) == ruling.account_id)
    )
    later = (col(Ruling.id) > ruling.id, col(Ruling.undone_at).is_(None))
    beside = OF_APPEALS | OPEN_STILL | (LEFT_UP if by_appeal else frozenset())
    deciding = col(Ruling.outcome).not_in(beside)
    return (await session.exec(select(Ruling.id).where(same, *later, deciding).limit(1))).first() is not None
