"""Cancelling: one date, one and those after it, or all to come, with a word to those who signed up."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.recording import Act, Plain, record
from forum.calendar.keeping import all_dates
from forum.calendar.managing import CHANGED, check_manager, find_gathering, lock_gathering
from forum.calendar.moving_dates import cancel_date, tell
from forum.calendar.parting import part_off
from forum.calendar.scopes import ALL, Meant, Part, home_of_part, part_of
from forum.calendar.tables import Gathering, Stage
from forum.calendar.words import Words, published_in, say_words
from forum.database import Transaction
from forum.errors import Conflict
from forum.language import N_
from forum.messages.leaves import current_in
from forum.messages.submission import Answer, Held, Published
from forum.services import Services

NOTHING = N_("No date of this gathering is still to come.")
DRAFT = N_("This is a draft: nobody has seen it. Throw it away instead.")
RULE = "\n\n· · ·\n\n"
"""Between the word of the manager and what the gathering was to be; our markup draws no rule."""


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Which dates of a gathering are off, as it was at a version; the text of `words` is the message."""

    gathering_id: UUID
    version: int
    words: Words
    meant: Meant = ALL


async def cancel(services: Services, wanted: Cancelling) -> Answer | None:
    """Cancel the dates and return what became of the message, None where there is none.

    The message stands above the gathering's own words, on the page of these dates alone: where there are
    others, these part from them first. Held, the dates are cancelled all the same, and it follows once
    somebody has let it pass; Asked about or Refused, nothing is done yet. Raises Conflict for another version
    than the newest, and where no date that is meant is still to come.
    """
    now = services.clock()
    async with services.database.reading() as session:
        await check_manager(session, wanted.words.author_id)
        gathering = await find_gathering(session, wanted.gathering_id)
        if gathering.version != wanted.version:
            raise Conflict(CHANGED)
        part = part_of(gathering, await all_dates(session, gathering.id), wanted.meant, now)
        _check_possible(part)
        home = await home_of_part(session, part, apart=part.is_apart)
        words = await _above(session, gathering, wanted.words)
    answer = None if words is None else await say_words(services, home, words)
    if answer is None or isinstance(answer, Published | Held):
        async with services.database.transaction() as tx:
            await _write(tx, wanted, now, said=words is not None)
    return answer


def _check_possible(part: Part) -> None:
    if part.gathering.stage == Stage.DRAFT:
        raise Conflict(DRAFT)
    if not part.affected:
        raise Conflict(NOTHING)


async def _above(session: AsyncSession, gathering: Gathering, words: Words) -> Words | None:
    """Return the message above the words that count; None without one, or without anybody to read it."""
    now = await current_in(session, gathering.place_id)
    if not words.text.strip() or now is None:
        return None
    return replace(
        words, title=now.title, text=f"{words.text.strip()}{RULE}{now.text}", based_on=now.seq or 0
    )


async def _write(tx: Transaction, wanted: Cancelling, now: datetime, *, said: bool) -> None:
    by = wanted.words.author_id
    await check_manager(tx.session, by)
    gathering = await lock_gathering(tx.session, wanted.gathering_id, wanted.version)
    part = part_of(gathering, await all_dates(tx.session, gathering.id, locked=True), wanted.meant, now)
    _check_possible(part)
    home = await home_of_part(tx.session, part, apart=part.is_apart)
    if said and part.is_apart:
        apart = await part_off(tx.session, gathering, part.affected, now)
        part = Part(apart, part.affected, part.affected)
    if said and await published_in(tx.session, home.place_id):
        part.gathering.place_id = home.place_id
    gathering.version, gathering.changed_at = gathering.version + 1, now
    for date in part.affected:
        cancel_date(date, now)
    waited = part.gathering.stage == Stage.WAITING
    if all(one.cancelled_at for one in part.dates):
        part.gathering.stage = Stage.CANCELLED
    await tx.session.flush()
    if not waited:
        tell(tx, part.gathering, {"cancelled": [one.id for one in part.affected]}, by)
    told: dict[str, Plain] = {"scope": str(wanted.meant.scope), "dates": len(part.affected), "message": said}
    await record(tx, Act(now, by, "gathering-cancelled", f"gathering:{part.gathering.id}", told))
