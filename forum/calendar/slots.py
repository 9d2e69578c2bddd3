"""What a gathering needs people for: the list that a form gives is kept, and nobody's promise is lost."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.counted_lines import Counted
from forum.calendar.tables import Slot, SlotTaken
from forum.errors import Invalid
from forum.language import N_, Words


async def slots_of(session: AsyncSession, gathering_id: UUID) -> Sequence[Slot]:
    """Return what a gathering needs, in its order."""
    query = select(Slot).where(Slot.gathering_id == gathering_id).order_by(col(Slot.position), col(Slot.id))
    return (await session.exec(query)).all()


async def slot_lines(session: AsyncSession, gathering_id: UUID) -> tuple[Counted, ...]:
    """Return what a gathering needs as the lines of its form."""
    return tuple(Counted(slot.needed, slot.name) for slot in await slots_of(session, gathering_id))


async def keep_slots(session: AsyncSession, gathering_id: UUID, wanted: Sequence[Counted]) -> None:
    """Let the gathering need these; Invalid where more have promised one than it needs then.

    One of the same name stays the same, and where as many are wanted as before, one with a new name is the
    one that stood in its place: promises stay with it.
    """
    before = await slots_of(session, gathering_id)
    stays = _matched(before, wanted)
    taken = await _taken(session, [slot.id for slot in before])
    for slot in before:
        needed = wanted[stays[slot.id]].number if slot.id in stays else 0
        if taken.get(slot.id, 0) > needed:
            raise Invalid({"slots": _promised(slot.name, taken[slot.id])})
    gone = [slot.id for slot in before if slot.id not in stays]
    await session.exec(delete(Slot).where(col(Slot.id).in_(gone)))
    known = {stays[slot.id]: slot for slot in before if slot.id in stays}
    for position, line in enumerate(wanted):
        slot = known.get(position) or Slot(gathering_id=gathering_id, name="")
        slot.name, slot.needed, slot.position = line.words, line.number, position
        session.add(slot)
    await session.flush()


def _matched(before: Sequence[Slot], wanted: Sequence[Counted]) -> dict[UUID, int]:
    """Return which line of the list each slot becomes; one that is not there goes."""
    names = {line.words.casefold(): place for place, line in reversed(list(enumerate(wanted)))}
    found: dict[UUID, int] = {}
    for slot in before:
        place = names.pop(slot.name.casefold(), None)
        if place is not None:
            found[slot.id] = place
    if len(before) == len(wanted):
        used = set(found.values())
        found |= {
            slot.id: place for place, slot in enumerate(before) if slot.id not in found and place not in used
        }
    return found


async def _taken(session: AsyncSession, slot_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many have promised each, on the date on which they are most."""
    query = (
        select(SlotTaken.slot_id, func.count())
        .where(col(SlotTaken.slot_id).in_(slot_ids))
        .group_by(col(SlotTaken.slot_id), col(SlotTaken.occurrence_id))
    )
    found: dict[UUID, int] = {}
    for slot_id, many in (await session.exec(query)).all():
        found[slot_id] = max(many, found.get(slot_id, 0))
    return found


def _promised(name: str, many: int) -> Words:
    return N_(
        "%(many)s people have promised “%(slot)s”. Talk to them first, or keep it for as many.",
        many=many,
        slot=name,
    )
