"""Scopes: which dates of a gathering a change is about, and whether they part from the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.parting import part_id
from forum.calendar.tables import Gathering, Occurrence
from forum.calendar.words import Home, home_of
from forum.errors import Conflict
from forum.language import N_, Words

BEGUN = N_("This date has begun, or is cancelled, and stays as it was.")


class Scope(StrEnum):
    """Which dates are meant: all to come, one, or one and those after it."""

    ALL = "all"
    ONE = "one"
    LATER = "later"

    @property
    def words(self) -> Words:
        """What a manager chooses from."""
        return SCOPES[self]


SCOPES = {
    Scope.ALL: N_("All dates to come"),
    Scope.ONE: N_("This date alone"),
    Scope.LATER: N_("This date and those after it"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A gathering with all its dates, and those of them that are meant: none before they are made."""

    gathering: Gathering
    dates: Sequence[Occurrence]
    affected: Sequence[Occurrence]

    @property
    def is_apart(self) -> bool:
        """Whether there are other dates, which these would part from."""
        return len(self.affected) < len(self.dates)


@dataclass(frozen=True, slots=True)
class Meant:
    """Which dates are meant: a scope, and the date that it begins with unless it is all."""

    scope: Scope = Scope.ALL
    occurrence_id: UUID | None = None


def part_of(gathering: Gathering, dates: Sequence[Occurrence], meant: Meant, now: datetime) -> Part:
    """Return the dates that are meant, of those to come; Conflict for one that has begun or is cancelled."""
    to_come = [one for one in dates if one.starts_at > now and one.cancelled_at is None]
    if meant.scope is Scope.ALL:
        return Part(gathering, dates, to_come)
    chosen = next((one for one in to_come if one.id == meant.occurrence_id), None)
    if chosen is None:
        raise Conflict(BEGUN)
    if meant.scope is Scope.ONE:
        return Part(gathering, dates, [chosen])
    return Part(gathering, dates, [one for one in to_come if one.starts_at >= chosen.starts_at])


ALL = Meant()


async def home_of_part(session: AsyncSession, part: Part, *, apart: bool) -> Home:
    """Return where the words of these dates will stand, if they are others than those of the rest."""
    home = await home_of(session, part.gathering)
    if not apart:
        return home
    new_id = part_id(part.gathering, part.affected[0].id)
    return Home(uuid5(new_id, "words"), new_id, home.space_id)
