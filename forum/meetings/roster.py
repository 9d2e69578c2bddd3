"""The roster that hosts see: who may come in, who is here, who was asked to listen or to leave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.broadcasts import place_topic
from forum.calendar.tables import SignUp
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
    """Everybody who may come in, hosts first, and who was asked to leave, each by handle."""

    guests: tuple[Listed, ...]
    away: tuple[tuple[UUID, str], ...]


async def roster_of(services: Services, session: AsyncSession, held: Held) -> Roster:
    """Return the roster of a meeting; it is for its hosts' eyes."""
    present = {who.member for who in await services.backplane.present(place_topic(held.id))}
    signed = and_(
        col(SignUp.account_id) == col(Guest.account_id), col(SignUp.occurrence_id) == held.occurrence.id
    )
    query = (
        select(Guest, Account, SignUp)
        .join(Account, col(Account.id) == col(Guest.account_id))
        .join(SignUp, signed, isouter=True)
        .where(Guest.place_id == held.id)
        .order_by(col(Guest.host).desc(), col(Account.handle_key))
    )
    guests = [
        Listed(
            id=account.id,
            handle=account.handle,
            host=guest.host,
            muted=guest.muted,
            here=account.id in present,
            signed_up=row is not None,
            came_at=row.came_at if row else None,
        )
        for guest, account, row in (await session.exec(query)).all()
    ]
    return Roster(tuple(guests), await _away(session, held))


async def _away(session: AsyncSession, held: Held) -> tuple[tuple[UUID, str], ...]:
    query = (
        select(Account.id, Account.handle)
        .join(Removal, col(Removal.account_id) == col(Account.id))
        .where(Removal.place_id == held.id, col(Removal.lifted_at).is_(None), col(Removal.until).is_(None))
        .distinct()
        .order_by(col(Account.handle))
    )
    return tuple((await session.exec(query)).all())
