"""One date as its page shows it: to members, to its hosts, and to visitors, who are told of nobody."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.calendar.entries import Dated, Reader
from forum.calendar.listing import others_of
from forum.calendar.reading import Date
from forum.calendar.seats import closes_at
from forum.calendar.signing_up import Seating, seating_of
from forum.calendar.tables import Coming, Gathering, Host, SignUp
from forum.calendar.taking_slots import SlotShown, slots_of

OTHERS = 12
"""Other dates of the series that are listed."""
LINES = 50
"""Lines of an agenda that are shown."""
STEP = re.compile(r"(\d{1,3})\s+(\S.*)")
"""A line that begins with minutes."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who said yes or maybe, by handle: for the hosts alone."""

    seated: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateShown:
    """What a member sees of a date beside what is planned for it."""

    seating: Seating
    waiting: int
    """How many are on the waiting list."""
    hosts: tuple[tuple[str, bool], ...]
    """The handles of who holds it, each with whether they facilitate."""
    slots: tuple[SlotShown, ...]
    others: tuple[Dated, ...]
    named: Named | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the agenda; `minutes` is 0 where none were given."""

    minutes: int
    what: str


def agenda_of(gathering: Gathering) -> tuple[Step, ...]:
    """Return the lines of the agenda, at most 50; a line that begins with no number takes no set time."""
    lines = [line.strip() for line in gathering.agenda.splitlines()[:LINES]]
    return tuple(_step(line) for line in lines if line)


def _step(line: str) -> Step:
    timed = STEP.fullmatch(line)
    return Step(int(timed[1]), timed[2]) if timed else Step(0, line)


async def show_date(
    session: AsyncSession, date: Date, viewer: Viewer, reader: Reader, now: datetime
) -> DateShown:
    """Return what the viewer sees of a date: the same number of queries, whoever comes."""
    own = await session.get(SignUp, (date.occurrence.id, viewer.id))
    return DateShown(
        seating=await seating_of(session, own),
        waiting=await _waiting(session, date),
        hosts=await _hosts_of(session, date),
        slots=tuple(await slots_of(session, date.occurrence.id, date.gathering.id, viewer)),
        others=await other_dates(session, date, viewer, reader, now),
        named=await _named(session, date) if date.hosts else None,
    )


async def other_dates(
    session: AsyncSession, date: Date, viewer: Viewer | None, reader: Reader, now: datetime
) -> tuple[Dated, ...]:
    """Return the coming dates of the same series."""
    cards = await others_of(session, viewer, date.occurrence, now, OTHERS)
    return tuple(Dated.of(card, reader) for card in cards)


def is_open(date: Date, now: datetime) -> bool:
    """Whether somebody can still sign up."""
    return not date.is_cancelled and now < closes_at(date.occurrence, date.gathering)


async def _waiting(session: AsyncSession, date: Date) -> int:
    here = (SignUp.occurrence_id == date.occurrence.id, col(SignUp.queue_number).is_not(None))
    return (await session.exec(select(func.count()).select_from(SignUp).where(*here))).one()


async def _hosts_of(session: AsyncSession, date: Date) -> tuple[tuple[str, bool], ...]:
    query = (
        select(Account.handle, Host.facilitates)
        .join(Host, col(Host.account_id) == col(Account.id))
        .where(Host.gathering_id == date.gathering.id)
        .order_by(col(Host.facilitates), col(Account.handle))
    )
    return tuple((await session.exec(query)).all())


async def _named(session: AsyncSession, date: Date) -> Named:
    query = (
        select(Account.handle, SignUp)
        .join(SignUp, col(SignUp.account_id) == col(Account.id))
        .where(SignUp.occurrence_id == date.occurrence.id)
        .order_by(col(SignUp.queue_number), col(Account.handle))
    )
    rows = (await session.exec(query)).all()
    return Named(
        seated=tuple(handle for handle, one in rows if one.seated_at is not None),
        waiting=tuple(handle for handle, one in rows if one.queue_number is not None),
        maybe=tuple(handle for handle, one in rows if one.reply == Coming.MAYBE),
    )
