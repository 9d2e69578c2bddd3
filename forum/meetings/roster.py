"""The roster that hosts see: who may come in, who is here, who was asked to listen or to leave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import and_, col, select, union
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.tables import Account
from forum.broadcasts import place_topic
from forum.calendar.tables import Coming, SignUp
from forum.meetings.finding import Held
from forum.services import Services
from forum.spaces.tables import Guest, Removal


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the roster; `came_at` is None for who did not come, or is a host without a seat."""

    id: UUID
    handle: str
    host: bool
    muted: bool
    here: bool
    signed_up: bool
    came_at: datetime | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who may, or might have, come in, hosts first, and who was asked to leave, each by handle."""

    guests: tuple[Listed, ...]
    away: tuple[tuple[UUID, str], ...]


async def roster_of(services: Services, session: AsyncSession, held: Held) -> Roster:
    """Return the roster of a meeting; it is for its hosts' eyes."""
    present = {who.member for who in await services.backplane.present(place_topic(held.id))}
    away = await _away(session, held)
    out = {account_id for account_id, _ in away}
    guests = [
        Listed(
            id=account.id,
            handle=account.handle,
            host=guest is not None and guest.host,
            muted=guest is not None and guest.muted,
            here=account.id in present,
            signed_up=row is not None,
            came_at=row.came_at if row else None,
        )
        for account, guest, row in (await session.exec(_everybody(held))).all()
        if account.id not in out
    ]
    return Roster(tuple(sorted(guests, key=lambda one: not one.host)), away)


def _everybody(held: Held) -> Select[Account, Guest | None, SignUp | None]:
    """Return the query of guests and of who has a seat: once it is over, not all of these are guests."""
    guest = and_(col(Guest.account_id) == col(Account.id), col(Guest.place_id) == held.id)
    signed = and_(col(SignUp.account_id) == col(Account.id), col(SignUp.occurrence_id) == held.occurrence.id)
    guests = select(Guest.account_id).where(Guest.place_id == held.id)
    seats = select(SignUp.account_id).where(
        SignUp.occurrence_id == held.occurrence.id,
        SignUp.reply == Coming.YES,
        col(SignUp.queue_number).is_(None),
    )
    return (
        select(Account, Guest, SignUp)
        .join(Guest, guest, isouter=True)
        .join(SignUp, signed, isouter=True)
        .where(col(Account.id).in_(union(guests, seats)))
        .order_by(col(Account.handle_key))
    )


async def _away(session: AsyncSession, held: Held) -> tuple[tuple[UUID, str], ...]:
    query = (
        select(Account.id, Account.handle)
        .join(Removal, col(Removal.account_id) == col(Account.id))
        .where(Removal.place_id == held.id, col(Removal.lifted_at).is_(None), col(Removal.until).is_(None))
        .distinct()
        .order_by(col(Account.handle))
    )
    return tuple((await session.exec(query)).all())
