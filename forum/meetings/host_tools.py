"""What a host can do about one guest: ask them to listen, ask them to leave, note that they were there."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update

from forum.calendar.tables import SignUp
from forum.database import Transaction
from forum.errors import Forbidden, NotFound
from forum.facts import GuestMuted
from forum.language import N_
from forum.meetings.finding import Held
from forum.meetings.guests import keep_guests, send_out
from forum.spaces.tables import Guest, Removal

NOT_A_HOST = N_("A host cannot be muted or asked to leave by another one. Talk to each other.")


async def mute(tx: Transaction, held: Held, account_id: UUID, *, muted: bool) -> bool:
    """Ask a guest to listen until it is their turn, or let them speak again; only they are told."""
    guest = await _guest(tx, held, account_id)
    if guest.muted == muted:
        return False
    guest.muted = muted
    tx.record(GuestMuted(held.id, account_id, muted))
    return True


async def remove(tx: Transaction, held: Held, account_id: UUID, now: datetime) -> bool:
    """Ask a guest to leave this meeting for good; everywhere else they take part as before."""
    await _guest(tx, held, account_id)
    tx.session.add(Removal(place_id=held.id, account_id=account_id, since=now))
    await tx.session.flush()
    await send_out(tx, held.id, account_id, now)
    return True


async def let_back(tx: Transaction, held: Held, account_id: UUID, now: datetime) -> bool:
    """Take a removal from this meeting back: whoever still has a seat is a guest again."""
    own = (col(Removal.place_id) == held.id, col(Removal.account_id) == account_id)
    still = col(Removal.lifted_at).is_(None)
    lifted = await tx.session.exec(update(Removal).where(*own, still).values(lifted_at=now))
    if not lifted.rowcount:
        return False
    await keep_guests(tx, held.occurrence, now)
    return True


async def note_here(tx: Transaction, held: Held, account_id: UUID, came_at: datetime | None) -> bool:
    """Note that somebody who signed up was there in person, or (None) that this was a mistake."""
    row = await tx.session.get(SignUp, (held.occurrence.id, account_id))
    if row is None:
        raise NotFound
    changed = (row.came_at is None) != (came_at is None)
    row.came_at = row.came_at or came_at if came_at else None
    return changed


async def note_came(tx: Transaction, held: Held, account_id: UUID, now: datetime) -> None:
    """Note when a guest first came into the meeting while it was open."""
    own = (col(SignUp.occurrence_id) == held.occurrence.id, col(SignUp.account_id) == account_id)
    await tx.session.exec(update(SignUp).where(*own, col(SignUp.came_at).is_(None)).values(came_at=now))


async def _guest(tx: Transaction, held: Held, account_id: UUID) -> Guest:
    query = select(Guest).where(Guest.place_id == held.id, Guest.account_id == account_id)
    guest = (await tx.session.exec(query)).first()
    if guest is None:
        raise NotFound
    if guest.host:
        raise Forbidden(NOT_A_HOST)
    return guest
