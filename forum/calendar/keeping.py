"""Keeping a plan: its values go into the gathering's row, its dates become rows of their own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.counted_lines import as_lines
from forum.calendar.dates import Planned
from forum.calendar.hosting import keep_hosts
from forum.calendar.local_times import written
from forum.calendar.planning import Plan
from forum.calendar.slots import keep_slots
from forum.calendar.tables import Gathering, Occurrence

HEARD = frozenset({"area", "venue", "format", "partner", "kind"})
"""What a calendar tells beside words and times: when one of these changes, calendars are told."""


def values_of(plan: Plan) -> dict[str, object]:
    """Return what the gathering's row keeps of a plan, by column."""
    terms, timing, shown = plan.terms, plan.timing, plan.shown
    return {
        "kind": terms.kind.value,
        "pathway": terms.pathway.value,
        "format": terms.format.value,
        "for_whom": terms.for_whom.value,
        "is_public": terms.is_public,
        "partner": shown.partner,
        "area": shown.area,
        "venue": shown.venue,
        "zone": timing.zone.key,
        "starts_local": written(timing.starts) if timing.starts else "",
        "fold": timing.fold,
        "minutes": timing.minutes,
        "rule": str(timing.rule) if timing.rule else "",
        "capacity": terms.capacity,
        "sign_up_closes_minutes": terms.closes_minutes,
        "agenda": as_lines(shown.agenda),
        "turn_minutes": terms.turn_minutes,
        "takes_questions": terms.takes_questions,
        "votes_on_questions": terms.votes_on_questions,
        "transcript": terms.transcript.value,
    }


async def keep_plan(session: AsyncSession, gathering: Gathering, plan: Plan) -> bool:
    """Write the plan into its gathering, with hosts and slots; return whether calendars are to hear of it."""
    values = values_of(plan)
    heard = any(getattr(gathering, name) != values[name] for name in HEARD)
    for name, value in values.items():
        setattr(gathering, name, value)
    session.add(gathering)
    await session.flush()
    await keep_hosts(session, gathering.id, plan.hosts)
    await keep_slots(session, gathering.id, plan.shown.slots)
    return heard


def new_dates(gathering_id: UUID, dates: Sequence[Planned], now: datetime) -> list[Occurrence]:
    """Return the rows of dates that are added."""
    return [
        Occurrence(
            gathering_id=gathering_id,
            recurs_local=written(one.recurs),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            changed_at=now,
        )
        for one in dates
    ]


async def all_dates(
    session: AsyncSession, gathering_id: UUID, *, locked: bool = False
) -> Sequence[Occurrence]:
    """Return every date of a gathering in order of time, past and cancelled ones too.

    Locked, they stay as they are until the commit: nobody signs up meanwhile.
    """
    query = (
        select(Occurrence)
        .where(Occurrence.gathering_id == gathering_id)
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).all()
