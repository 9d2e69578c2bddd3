"""A date when it is over: what it was, how somebody took part in it, and whether they are asked about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.reading import Seeing, find_date
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.errors import Closed, Forbidden, NotFound
from forum.language import N_

OPEN_FOR = timedelta(days=14)
"""How long after its end one is asked about a gathering."""

TOO_EARLY = N_("This opens when the gathering is over.")
TOO_LATE = N_("This was open for two weeks after the gathering. It is closed now.")
CANCELLED = N_("This gathering was cancelled, so there is nothing to ask about.")
NO_GUEST = N_("This is for those who came, or had a seat.")


@dataclass(frozen=True, slots=True)
class PastDate:
    """A date, as one of its people looks back on it."""

    occurrence: Occurrence
    gathering: Gathering
    title: str
    space_id: UUID
    guest: bool
    """Whether they came, or had a seat."""
    host: bool

    @property
    def until(self) -> datetime:
        """When it is asked about no more."""
        return self.occurrence.ends_at + OPEN_FOR

    @property
    def cancelled(self) -> bool:
        """Whether it did not take place."""
        return self.occurrence.cancelled_at is not None or self.gathering.stage == Stage.CANCELLED

    def is_open(self, now: datetime) -> bool:
        """Whether its guests are asked now: from its end for two weeks, if it took place."""
        return not self.cancelled and self.occurrence.ends_at <= now < self.until


async def find_past(
    session: AsyncSession, occurrence_id: UUID, viewer: Seeing, *, locked: bool = False
) -> PastDate:
    """Return the date as this member looks back on it; NotFound where it does not exist for them.

    Who reads of it on its public page alone could not come, so it has nothing to ask of them; a draft is its
    hosts' alone. `locked` keeps all others who lock it waiting until the transaction ends.
    """
    if locked:
        await session.get(Occurrence, occurrence_id, with_for_update=True)
    date = await find_date(session, occurrence_id, viewer)
    announced = Stage(date.gathering.stage).is_announced
    if date.html is None or not date.inside or not (announced or date.hosts):
        raise NotFound
    guest = took_part(await session.get(SignUp, (occurrence_id, viewer.id)))
    return PastDate(date.occurrence, date.gathering, date.title, date.space.id, guest, date.hosts)


def took_part(signed_up: SignUp | None) -> bool:
    """Whether somebody came, or had a seat to the end."""
    if signed_up is None:
        return False
    seated = signed_up.reply == Coming.YES and signed_up.seated_at is not None
    return signed_up.came_at is not None or (seated and signed_up.queue_number is None)


def check_asked(date: PastDate, now: datetime) -> None:
    """Raise Forbidden for who was no guest, and Closed, with the reason, before and after it is asked."""
    if not date.guest:
        raise Forbidden(NO_GUEST)
    if date.cancelled:
        raise Closed(CANCELLED)
    if now < date.occurrence.ends_at:
        raise Closed(TOO_EARLY)
    if now >= date.until:
        raise Closed(TOO_LATE)
