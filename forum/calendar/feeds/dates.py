"""Which dates stand in whose calendar file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.calendar.feeds.ics import Entry, Status
from forum.calendar.feeds.tables import CalendarChoice
from forum.calendar.kinds import ForWhom
from forum.calendar.reading import ANNOUNCED
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.errors import NotFound
from forum.language import N_
from forum.messages.leaves import current_in
from forum.services import Services
from forum.spaces.access import space_seen_by
from forum.spaces.tables import Place, Space

USUAL_TITLE = N_("Appointment")
PAST_KEPT = timedelta(days=90)
"""How long a date that is over, or cancelled, stays in the feed: calendars that rarely ask hear of it."""
COMING = (Coming.YES, Coming.MAYBE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a member's entries look: their title, and where a link begins, if they want one."""

    title: str
    links_from: str = ""


def look_of(services: Services, choice: CalendarChoice | None) -> Look:
    """Return how entries look to somebody who chose so, or nothing yet."""
    title = choice.title if choice and choice.title else services.renderer.say(USUAL_TITLE)
    return Look(title, services.settings.origin if choice and choice.with_link else "")


def open_to(account_id: UUID, role: Role) -> ColumnElement[bool]:
    """Return the condition under which a gathering, joined to its Place and Space, is a member's to see."""
    meant = [one.value for one in ForWhom if one.includes(role)]
    return and_(
        col(Gathering.stage).in_(ANNOUNCED),
        col(Gathering.for_whom).in_(meant),
        space_seen_by(account_id, role),
    )


async def own_entries(session: AsyncSession, account: Account, look: Look, now: datetime) -> list[Entry]:
    """Return the dates that a member signed up for, also those they wait for, the earliest first."""
    since = now - PAST_KEPT
    query = (
        select(Occurrence, Gathering, SignUp)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(SignUp, col(SignUp.occurrence_id) == col(Occurrence.id))
        .where(SignUp.account_id == account.id, col(SignUp.reply).in_(COMING))
        .where(open_to(account.id, Role(account.role)))
        .where(col(Occurrence.ends_at) > since)
        .where(or_(col(Occurrence.cancelled_at).is_(None), col(Occurrence.cancelled_at) > since))
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    rows: Sequence[tuple[Occurrence, Gathering, SignUp]] = (await session.exec(query)).all()
    return [_entry(date, gathering, look, _is_certain(sign_up)) for date, gathering, sign_up in rows]


def _is_certain(sign_up: SignUp) -> bool:
    return sign_up.reply == Coming.YES and sign_up.queue_number is None


async def one_entry(services: Services, occurrence_id: UUID, viewer: Viewer | None) -> Entry:
    """Return one date as this reader may keep it; NotFound where they may not see it."""
    async with services.database.reading() as session:
        found = await _date(session, occurrence_id)
        if found is None:
            raise NotFound
        date, gathering = found
        if not await _is_open(session, gathering, viewer):
            raise NotFound
        choice = await session.get(CalendarChoice, viewer.id) if viewer else None
    return _entry(date, gathering, look_of(services, choice), certain=True)


async def _date(session: AsyncSession, occurrence_id: UUID) -> tuple[Occurrence, Gathering] | None:
    query = (
        select(Occurrence, Gathering)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .where(Occurrence.id == occurrence_id)
    )
    found = (await session.exec(query)).first()
    return (found[0], found[1]) if found else None


async def _is_open(session: AsyncSession, gathering: Gathering, viewer: Viewer | None) -> bool:
    if await current_in(session, gathering.place_id) is None:
        return False
    if viewer is None:
        return gathering.is_public and Stage(gathering.stage).is_announced
    query = (
        select(Gathering.id)
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .where(Gathering.id == gathering.id, open_to(viewer.id, viewer.role))
    )
    return (await session.exec(query)).first() is not None


def _entry(date: Occurrence, gathering: Gathering, look: Look, certain: bool) -> Entry:
    gone = date.cancelled_at is not None or gathering.stage == Stage.CANCELLED
    status = Status.CANCELLED if gone else Status.CONFIRMED if certain else Status.TENTATIVE
    return Entry(
        date.id,
        date.starts_at,
        date.ends_at,
        gathering.zone,
        date.sequence,
        date.changed_at,
        status,
        look.title,
        f"{look.links_from}/gatherings/{date.id}" if look.links_from else "",
    )
