"""Signing on for hours of the roster, and giving them back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import MODERATING
from forum.errors import Invalid
from forum.language import N_, Words
from forum.services import Services
from forum.wellbeing.roster import DAYS, HOURS, Promise, runs
from forum.wellbeing.tables import RosterHour

MOST = len(DAYS) * len(HOURS)
"""Nobody has more hours in a week, in however many zones."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Some hours of a weekday (0 is Monday) by the clock of a zone: from `start` until `end`, 24 at most."""

    weekday: int
    start: int
    end: int
    time_zone: str

    @property
    def each(self) -> range:
        """The hours by when they begin."""
        return range(self.start, self.end)


async def promises(session: AsyncSession) -> Sequence[Promise]:
    """Return everybody's hours, of those who moderate now; one query."""
    query = (
        select(RosterHour, Account.handle)
        .join(Account, col(Account.id) == col(RosterHour.account_id))
        .where(col(Account.role).in_(MODERATING))
    )
    rows = (await session.exec(query)).all()
    return [
        Promise(row.account_id, handle, row.weekday, row.hour, row.time_zone)
        for row, handle in sorted(rows, key=lambda found: found[0].id)
    ]


def own_hours(all_of_them: Iterable[Promise], account_id: UUID) -> list[Hours]:
    """Return a moderator's own hours as runs, by zone and weekday."""
    days: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one in all_of_them:
        if one.account_id == account_id:
            days[one.time_zone, one.weekday].append(one.hour)
    return [
        Hours(day, start, end, zone)
        for (zone, day), hours in sorted(days.items())
        for start, end in runs(hours)
    ]


async def take_hours(services: Services, viewer: Viewer, hours: Hours) -> None:
    """Sign a moderator on for these hours of every week; hours that are theirs already stay.

    Two sign-ups at once both count. Raises Invalid for hours that no day has.
    """
    _check(hours)
    try:
        await _write(services, viewer.id, hours)
    except IntegrityError:  # the same hours, sent twice at once: what is missing now is written
        await _write(services, viewer.id, hours)


async def _write(services: Services, account_id: UUID, hours: Hours) -> None:
    async with services.database.transaction() as tx:
        query = select(RosterHour).where(RosterHour.account_id == account_id)
        rows = (await tx.session.exec(query)).all()
        there = {(row.weekday, row.hour, row.time_zone) for row in rows}
        new = [hour for hour in hours.each if (hours.weekday, hour, hours.time_zone) not in there]
        if len(rows) + len(new) > MOST:
            raise Invalid({"end": N_("These are more hours than a week has. Give some back first.")})
        tx.session.add_all(
            RosterHour(account_id=account_id, weekday=hours.weekday, hour=hour, time_zone=hours.time_zone)
            for hour in new
        )


async def give_back(services: Services, viewer: Viewer, hours: Hours) -> None:
    """Take a moderator off these hours; what was not theirs changes nothing."""
    _check(hours)
    own = (col(RosterHour.account_id) == viewer.id, col(RosterHour.weekday) == hours.weekday)
    these = (col(RosterHour.time_zone) == hours.time_zone, col(RosterHour.hour).in_(hours.each))
    async with services.database.transaction() as tx:
        await tx.session.exec(delete(RosterHour).where(*own, *these))


def _check(hours: Hours) -> None:
    errors: dict[str, Words] = {}
    if hours.weekday not in DAYS:
        errors["weekday"] = N_("Choose a day.")
    if hours.start not in HOURS:
        errors["start"] = N_("Choose when it begins.")
    if not hours.start < hours.end <= len(HOURS):
        errors["end"] = N_("Choose an end after the beginning. What goes past midnight is two entries.")
    if errors:
        raise Invalid(errors)
