"""Saying yes, maybe or no to one date: seats are never oversold, and who waits moves up in order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.reading import find_date
from forum.calendar.seats import (
    Locked,
    check_goes_ahead,
    check_takes_sign_ups,
    free,
    lock_date,
    promote,
    queue,
    seat,
)
from forum.calendar.tables import Coming, SignUp, SlotTaken
from forum.database import Transaction
from forum.errors import Forbidden, TooManyRequests
from forum.facts import SeatChanged
from forum.language import N_
from forum.services import Services
from realtime.backplane import Allowance

CHANGES = Allowance(20, 600)
"""How often a member may change their mind in so many seconds: others hear of every seat that moves."""
NOT_MEANT = N_("You can read about this, but it is for members of another space.")


@dataclass(frozen=True, slots=True)
class Seating:
    """What a member has said about a date (`reply` None: nothing), and what came of it.

    `number` is their place on the waiting list now, from 1; None for whoever does not wait.
    """

    reply: Coming | None = None
    seated: bool = False
    number: int | None = None

    @property
    def expected(self) -> bool:
        """Whether they are told exactly where it is: who has a seat, or may come."""
        return self.seated or self.reply is Coming.MAYBE


async def sign_up(services: Services, viewer: Viewer, occurrence_id: UUID, reply: Coming) -> Seating:
    """Write what the viewer says, and return what came of it; the same again changes nothing.

    Raises NotFound and Forbidden for who may not come, Closed where it is too late, off or over, and
    TooManyRequests. A seat that is given up goes to who has waited longest, in the same transaction.
    """
    await _check_may_come(services, viewer, occurrence_id)
    now = services.clock()
    async with services.database.transaction(of=viewer.id) as tx:
        date = await lock_date(tx, occurrence_id)
        own = await tx.session.get(SignUp, (occurrence_id, viewer.id))
        if own is None or own.reply != reply:
            (check_goes_ahead if reply is Coming.NO else check_takes_sign_ups)(date, now)
            own = own or SignUp(occurrence_id=occurrence_id, account_id=viewer.id, reply=reply, at=now)
            await _answer(tx, date, own, reply, now)
        await tx.session.flush()
        return await seating_of(tx.session, own)


async def leave(services: Services, viewer: Viewer, occurrence_id: UUID) -> Seating:
    """Take back whatever the viewer has said about a date: nothing is left of it, unless they came.

    Raises NotFound where there is no such date, Closed once it is over, and TooManyRequests.
    """
    await keep_pace(services, viewer)
    now = services.clock()
    async with services.database.transaction(of=viewer.id) as tx:
        date = await lock_date(tx, occurrence_id)
        own = await tx.session.get(SignUp, (occurrence_id, viewer.id))
        if own is None:
            return Seating()
        check_goes_ahead(date, now)
        await _give_up(tx, date, own, now)
        tx.record(SeatChanged(occurrence_id, viewer.id, "left", now))
        if own.came_at is None:
            await tx.session.delete(own)
            return Seating()
        own.reply = Coming.NO
        return Seating(Coming.NO)


async def _check_may_come(services: Services, viewer: Viewer, occurrence_id: UUID) -> None:
    async with services.database.glancing() as session:
        date = await find_date(session, occurrence_id, viewer)
    if not date.inside:
        raise Forbidden(NOT_MEANT)
    await keep_pace(services, viewer)


async def keep_pace(services: Services, viewer: Viewer) -> None:
    """Count one change of mind; TooManyRequests says how long to wait."""
    wait = await services.backplane.spend(f"gathering:{viewer.id}", CHANGES)
    if wait:
        raise TooManyRequests(wait)


async def _answer(tx: Transaction, date: Locked, own: SignUp, reply: Coming, now: datetime) -> None:
    own.at = now
    if reply is Coming.YES:
        what = await _come(tx, date, own, now)
        tx.record(SeatChanged(own.occurrence_id, own.account_id, what, now))
        return
    await _give_up(tx, date, own, now, keeps_slots=reply is Coming.MAYBE)
    own.reply = reply
    what = "maybe" if reply is Coming.MAYBE else "declined"
    tx.record(SeatChanged(own.occurrence_id, own.account_id, what, now))


async def _come(tx: Transaction, date: Locked, own: SignUp, now: datetime) -> str:
    # Who waits already comes first, even where seats became free without anybody moving up.
    await promote(tx, date.occurrence, date.gathering, now)
    if date.has_room:
        seat(tx, date, own, now)
        return "seated"
    queue(tx, date, own)
    return "queued"


async def _give_up(
    tx: Transaction, date: Locked, own: SignUp, now: datetime, *, keeps_slots: bool = False
) -> None:
    """Free what somebody has on this date, and let others move up."""
    free(tx, date, own)
    if not keeps_slots:
        mine = (SlotTaken.occurrence_id == own.occurrence_id, SlotTaken.account_id == own.account_id)
        await tx.session.exec(delete(SlotTaken).where(*mine))  # type: ignore[arg-type]
    await tx.session.flush()
    await promote(tx, date.occurrence, date.gathering, now)


async def seating_of(session: AsyncSession, own: SignUp | None) -> Seating:
    """Return what a sign-up means now; None means that nothing was said."""
    if own is None:
        return Seating()
    if own.queue_number is None:
        return Seating(Coming(own.reply), seated=own.seated_at is not None)
    ahead = (
        select(func.count())
        .select_from(SignUp)
        .where(SignUp.occurrence_id == own.occurrence_id, col(SignUp.queue_number) <= own.queue_number)
    )
    return Seating(Coming.YES, number=(await session.exec(ahead)).one())
