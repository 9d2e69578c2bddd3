"""Measures: a pause, a suspension, time away from a room; imposed with a ruling and lifted with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Invalid
from forum.facts import MemberRemoved
from forum.language import N_
from forum.review.before import Before
from forum.review.outcomes import Measure
from forum.review.tables import Ruling
from forum.spaces.tables import SPOKEN_IN, Place, Removal

UNTIL_LIFTED = datetime(9000, 1, 1, tzinfo=UTC)
"""A suspension ends when somebody lifts it: a moment that nobody waits for, and every time zone can write."""
SUSPENDING = frozenset({Measure.PAUSE, Measure.SUSPEND})
NOT_A_ROOM = N_("A member can be sent away from a room only, and this was not said in one.")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure as it was decided: for how many hours, and where it was said."""

    measure: str
    hours: int | None
    place_id: UUID | None
    now: datetime

    @property
    def until(self) -> datetime | None:
        """When it ends; None where it has no end of its own."""
        if self.measure == Measure.SUSPEND:
            return UNTIL_LIFTED
        return self.now + timedelta(hours=self.hours) if self.hours is not None else None


async def check_room(session: AsyncSession, measured: Measured) -> None:
    """Raise Invalid("measure") where somebody is to be sent away from what is no room."""
    if measured.measure != Measure.REMOVAL:
        return
    place = await session.get(Place, measured.place_id) if measured.place_id else None
    if place is None or place.kind not in SPOKEN_IN:
        raise Invalid({"measure": NOT_A_ROOM})


async def impose(tx: Transaction, account_id: UUID, measured: Measured) -> UUID | None:
    """Impose the measure on a member, the longer of two suspensions holds; return the id of a removal."""
    await check_room(tx.session, measured)
    until = measured.until
    if measured.measure in SUSPENDING:
        account = await tx.session.get_one(Account, account_id, with_for_update=True)
        account.suspended_until = longest([account.suspended_until, until])
    if measured.measure != Measure.REMOVAL or measured.place_id is None:
        return None
    removal = Removal(place_id=measured.place_id, account_id=account_id, since=measured.now, until=until)
    tx.session.add(removal)
    await tx.session.flush()
    tx.record(MemberRemoved(removal.place_id, account_id))
    return removal.id


async def lift(tx: Transaction, ruling: Ruling, now: datetime) -> None:
    """Lift what a ruling imposed; what others imposed on the same member stays."""
    before = Before.read(ruling.before)
    removal = await tx.session.get(Removal, before.removal) if before.removal else None
    if removal is not None:
        removal.lifted_at = removal.lifted_at or now
    if ruling.measure in SUSPENDING:
        account = await tx.session.get_one(Account, ruling.account_id, with_for_update=True)
        account.suspended_until = longest(await _others(tx.session, ruling, before.suspended_until))


async def _others(session: AsyncSession, lifted: Ruling, before: datetime | None) -> list[datetime | None]:
    query = select(Ruling).where(Ruling.account_id == lifted.account_id, col(Ruling.measure).in_(SUSPENDING))
    ruled = (await session.exec(query)).all()
    standing = [one.until for one in ruled if one.undone_at is None and one.id != lifted.id]
    by_hand = before not in {one.until for one in ruled}
    return [*standing, before if by_hand else None]


def longest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the last of the moments, or None where there is none."""
    return max(filter(None, moments), default=None)
