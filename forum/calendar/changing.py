"""Changing: all dates of a gathering, one of them, or one and those after it; what hangs on a date stays."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.recording import Act, Plain, record
from forum.calendar.keeping import all_dates, keep_plan
from forum.calendar.managing import CHANGED, check_manager, find_gathering, lock_gathering
from forum.calendar.moving_dates import Moving, Told, check_seats, move_dates, tell
from forum.calendar.parting import part_off, rule_before
from forum.calendar.planning import Plan
from forum.calendar.scheduling import OVER, stage_of
from forum.calendar.scopes import ALL, Meant, Part, Scope, home_of_part, part_of
from forum.calendar.seats import promote
from forum.calendar.tables import Stage
from forum.calendar.words import Words, published_in, say_words, says
from forum.database import Transaction
from forum.errors import Conflict, Invalid
from forum.language import N_
from forum.messages.submission import Answer, Held, Published
from forum.services import Services

CANCELLED = N_("This gathering is cancelled. Copy it to plan it anew.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a gathering is to be from now on, made on the version it had when the form was opened."""

    gathering_id: UUID
    version: int
    plan: Plan
    words: Words
    meant: Meant = ALL

    @property
    def parts(self) -> bool:
        """Whether not all dates are meant."""
        return self.meant.scope is not Scope.ALL


async def change(services: Services, wanted: Change) -> Answer | None:
    """Keep the change; return what became of its words, None where they are as they were.

    Nothing is kept where the words are Asked about or Refused; Held, all else is changed, and others read the
    earlier words until the new ones pass. Raises Conflict for another version than the newest, Invalid for
    fewer seats than are taken, for a promise without a slot, and where no date is still to come.
    """
    now, words = services.clock(), wanted.words
    async with services.database.reading() as session:
        await check_manager(session, words.author_id)
        gathering = await find_gathering(session, wanted.gathering_id)
        if gathering.version != wanted.version:
            raise Conflict(CHANGED)
        part = part_of(gathering, await all_dates(session, gathering.id), wanted.meant, now)
        home = await home_of_part(session, part, apart=_is_apart(part, wanted))
        same = await says(session, gathering.place_id, words.title, words.text)
    _check_possible(part, wanted.plan, now)
    answer = None if same else await say_words(services, home, words)
    if answer is None or isinstance(answer, Published | Held):
        async with services.database.transaction() as tx:
            await _write(tx, wanted, now, said=not same)
    return answer


def _is_apart(part: Part, wanted: Change) -> bool:
    return wanted.parts and part.is_apart


def _check_possible(part: Part, plan: Plan, now: datetime) -> None:
    if part.gathering.stage == Stage.CANCELLED:
        raise Conflict(CANCELLED)
    if plan.draft and part.gathering.stage != Stage.DRAFT:
        raise Conflict(CHANGED)
    if not plan.draft and not _moving(part, plan, now).to_come():
        raise Invalid({"date": OVER})
    check_seats(plan, part.affected)


def _moving(part: Part, plan: Plan, now: datetime) -> Moving:
    return Moving(part.gathering, part.dates, part.affected, plan, now)


async def _write(tx: Transaction, wanted: Change, now: datetime, *, said: bool) -> None:
    by = wanted.words.author_id
    await check_manager(tx.session, by)
    gathering = await lock_gathering(tx.session, wanted.gathering_id, wanted.version)
    dates = await all_dates(tx.session, gathering.id, locked=True)
    part = part_of(gathering, dates, wanted.meant, now)
    _check_possible(part, wanted.plan, now)
    home = await home_of_part(tx.session, part, apart=_is_apart(part, wanted))
    if _is_apart(part, wanted):
        part = await _parted(tx.session, part, wanted.meant.scope, now)
    heard = said and await published_in(tx.session, home.place_id)
    if heard:
        part.gathering.place_id = home.place_id
    told = await _keep(tx, part, Kept(wanted.plan, now, heard))
    tell(tx, part.gathering, told, by)
    details: dict[str, Plain] = {
        "scope": str(wanted.meant.scope),
        **{what: len(ids) for what, ids in told.items()},
    }
    await record(tx, Act(now, by, "gathering-changed", f"gathering:{part.gathering.id}", details))


async def _parted(session: AsyncSession, part: Part, scope: Scope, now: datetime) -> Part:
    """Move the dates to a gathering of their own; the one that they leave goes on by its rule until then."""
    gathering = part.gathering
    rule = rule_before(gathering, part.affected[0]) if scope is Scope.LATER else gathering.rule
    apart = await part_off(session, gathering, part.affected, now)
    gathering.rule, gathering.version, gathering.changed_at = rule, gathering.version + 1, now
    return Part(apart, part.affected, part.affected)


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it is kept, when, and whether other words than before are read."""

    plan: Plan
    now: datetime
    reworded: bool


async def _keep(tx: Transaction, part: Part, kept: Kept) -> Told:
    """Write the plan and its dates; return what members are told: nothing of what they do not see."""
    gathering, was = part.gathering, Stage(part.gathering.stage)
    heard = await keep_plan(tx.session, gathering, kept.plan) or kept.reworded
    gathering.version, gathering.changed_at = gathering.version + 1, kept.now
    if was is not Stage.SCHEDULED:
        published = await published_in(tx.session, gathering.place_id)
        gathering.stage = stage_of(kept.plan, published=published)
    if kept.plan.draft:
        return {}
    told = await move_dates(tx.session, _moving(part, kept.plan, kept.now), heard=heard)
    for date in part.affected:
        if date in tx.session:  # a date that fell away is gone
            await promote(tx, date, gathering, kept.now)  # there may be more seats than before
    if gathering.stage == Stage.SCHEDULED and was is not Stage.SCHEDULED:
        return {"scheduled": [one for what in ("scheduled", "moved", "changed") for one in told[what]]}
    return told if gathering.stage == Stage.SCHEDULED else {}
