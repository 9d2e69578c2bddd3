"""Who brings what and does which shift on one date: taken and given back, never by more than are needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.seats import check_goes_ahead, lock_date
from forum.calendar.signing_up import keep_pace, seating_of
from forum.calendar.tables import SignUp, Slot, SlotTaken
from forum.database import Transaction
from forum.errors import Conflict, Forbidden, NotFound
from forum.language import N_
from forum.services import Services

TAKEN = N_("Somebody was faster: everything needed there is taken care of now. Thank you all the same.")
COME_FIRST = N_("Say first that you are coming, or may be coming. Then you can take this on.")


@dataclass(frozen=True, slots=True)
class SlotShown:
    """Something a date needs people for: how many it needs, how many do it, and whether the viewer does."""

    id: UUID
    name: str
    needed: int
    taken: int
    mine: bool

    @property
    def is_full(self) -> bool:
        """Whether nobody else is needed."""
        return self.taken >= self.needed


async def slots_of(
    session: AsyncSession, occurrence_id: UUID, gathering_id: UUID, viewer: Viewer | None
) -> list[SlotShown]:
    """Return what is needed on a date, in the order its hosts gave, with numbers and no names: one query."""
    here = (SlotTaken.slot_id == Slot.id, SlotTaken.occurrence_id == occurrence_id)
    taken = select(func.count()).select_from(SlotTaken).where(*here).correlate(Slot)
    nobody = viewer is None
    mine = taken.where(SlotTaken.account_id == (None if nobody else viewer.id))  # type: ignore[union-attr]
    query = (
        select(Slot, taken.scalar_subquery(), mine.scalar_subquery())
        .where(Slot.gathering_id == gathering_id)
        .order_by(col(Slot.position), col(Slot.id))
    )
    rows: Sequence[tuple[Slot, int, int]] = (await session.exec(query)).all()
    return [SlotShown(slot.id, slot.name, slot.needed, count, bool(own)) for slot, count, own in rows]


async def take_slot(services: Services, viewer: Viewer, occurrence_id: UUID, slot_id: UUID) -> None:
    """Take something on; twice is once.

    Raises NotFound where the date has no such slot, Forbidden for who is not coming, Conflict where nobody
    else is needed, Closed where the date is off or over, and TooManyRequests.
    """
    await keep_pace(services, viewer)
    async with services.database.transaction(of=viewer.id) as tx:
        await _check_date(tx, services, occurrence_id, slot_id)
        own = await tx.session.get(SignUp, (occurrence_id, viewer.id))
        if not (await seating_of(tx.session, own)).expected:
            raise Forbidden(COME_FIRST)
        if await tx.session.get(SlotTaken, (slot_id, occurrence_id, viewer.id)) is not None:
            return
        if not await _is_needed(tx, occurrence_id, slot_id):
            raise Conflict(TAKEN)
        tx.session.add(SlotTaken(slot_id=slot_id, occurrence_id=occurrence_id, account_id=viewer.id))


async def give_back_slot(services: Services, viewer: Viewer, occurrence_id: UUID, slot_id: UUID) -> None:
    """Give back what one took on, if one did; the errors of `take_slot` that are about the date."""
    await keep_pace(services, viewer)
    async with services.database.transaction(of=viewer.id) as tx:
        await _check_date(tx, services, occurrence_id, slot_id)
        taken = await tx.session.get(SlotTaken, (slot_id, occurrence_id, viewer.id))
        if taken is not None:
            await tx.session.delete(taken)


async def _check_date(tx: Transaction, services: Services, occurrence_id: UUID, slot_id: UUID) -> None:
    """Lock the date, and raise what speaks against changing who does what there."""
    date = await lock_date(tx, occurrence_id)
    slot = await tx.session.get(Slot, slot_id)
    if slot is None or slot.gathering_id != date.gathering.id:
        raise NotFound
    check_goes_ahead(date, services.clock())


async def _is_needed(tx: Transaction, occurrence_id: UUID, slot_id: UUID) -> bool:
    slot = await tx.session.get_one(Slot, slot_id)
    here = (SlotTaken.slot_id == slot_id, SlotTaken.occurrence_id == occurrence_id)
    count = select(func.count()).select_from(SlotTaken).where(*here)
    return (await tx.session.exec(count)).one() < slot.needed
