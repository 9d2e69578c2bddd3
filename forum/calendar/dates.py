"""Dates: what a plan comes to, as moments, and which of two dates is the same one after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from forum.calendar.local_times import Shown, moment_of, reading_of
from forum.calendar.recurrence import Rule, expanded


@dataclass(frozen=True, slots=True)
class Planned:
    """One date: when its rule puts it by the clocks of its zone, and when it begins and ends, in UTC.

    `shown` is NEVER where the clocks skip that time, so that it begins later than the rule says.
    """

    recurs: datetime
    starts_at: datetime
    ends_at: datetime
    shown: Shown = Shown.ONCE


@dataclass(frozen=True, slots=True)
class When:
    """A local start in a zone, how long it lasts, and how it comes again; `fold` is the first date's."""

    starts: datetime
    zone: ZoneInfo
    minutes: int
    rule: Rule | None = None
    fold: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    """What becomes of dates: those that stay, each with its new time, those to be added, those that go."""

    kept: tuple[tuple[UUID, Planned], ...]
    added: tuple[Planned, ...]
    fallen: tuple[UUID, ...]


def dates_of(when: When) -> tuple[Planned, ...]:
    """Return the dates in order; RuleNotPossible for a rule of none, or of too many."""
    locals_ = (when.starts,) if when.rule is None else expanded(when.rule, when.starts, when.zone)
    return tuple(_planned(local, when) for local in locals_)


def _planned(local: datetime, when: When) -> Planned:
    fold = when.fold if local == when.starts else 0
    starts_at = moment_of(local, when.zone, fold)
    # As long by the clock on the wall or not, it lasts so many real minutes.
    return Planned(
        local, starts_at, starts_at + timedelta(minutes=when.minutes), reading_of(local, when.zone).shown
    )


def matched(old: Sequence[tuple[UUID, datetime]], new: Sequence[Planned]) -> Matched:
    """Say which old date becomes which new one; both come in order of their local times, and stay in it.

    A date on the same day is the same date. Between two of those, the others stand for each other in their
    order: the first that was there for the first that is there now. So whoever signed up for the third Monday
    of a series that moves to Tuesdays is there on the third Tuesday.
    """
    fixed = _same_days(old, new)
    kept, before = list[tuple[UUID, Planned]](), (-1, -1)
    for here in [*fixed, (len(old), len(new))]:
        between = zip(old[before[0] + 1 : here[0]], new[before[1] + 1 : here[1]], strict=False)
        kept += [(one[0], planned) for one, planned in between]
        kept += [(old[here[0]][0], new[here[1]])] if here in fixed else []
        before = here
    stays, used = {one for one, _ in kept}, {planned.recurs for _, planned in kept}
    return Matched(
        tuple(kept),
        tuple(planned for planned in new if planned.recurs not in used),
        tuple(one for one, _ in old if one not in stays),
    )


def _same_days(old: Sequence[tuple[UUID, datetime]], new: Sequence[Planned]) -> list[tuple[int, int]]:
    places = {planned.recurs.date(): place for place, planned in enumerate(new)}
    found = [(place, places.get(local.date(), -1)) for place, (_, local) in enumerate(old)]
    return [pair for pair in found if pair[1] >= 0]
