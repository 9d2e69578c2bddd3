"""Which dates stand in whose calendar file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.calendar.expecting import EXPECTED
from forum.calendar.feeds.ics import Entry, Status
from forum.calendar.feeds.tables import CalendarChoice
from forum.calendar.reading import announced_to, find_date
from forum.calendar.tables import Coming, Gathering, Occurrence, Stage
from forum.errors import NotFound
from forum.language import N_
from forum.services import Services
from forum.spaces.tables import Place, Space

USUAL_TITLE = N_("Appointment")
PAST_KEPT = timedelta(days=90)
"""How long a date that is over, or cancelled, stays in the feed: calendars that rarely ask hear of it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a member's entries look: their title, and where a link begins, if they want one."""

    title: str
    links_from: str = ""


def look_of(services: Services, choice: CalendarChoice | None) -> Look:
    """Return how entries look to somebody who chose so, or nothing yet."""
    title = choice.title if choice and choice.title else services.renderer.say(USUAL_TITLE)
    return Look(title, services.settings.origin if choice and choice.with_link else "")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is, as far as it says what they may see."""

    id: UUID
    role: Role


def owner_of(account: Account) -> Owner:
    """Return the eyes of somebody who is not here now."""
    return Owner(account.id, Role(account.role))


def open_to(account: Account) -> ColumnElement[bool]:
    """Return the condition under which a gathering, joined to its Place and Space, is a member's to see."""
    return announced_to(owner_of(account))


async def own_entries(session: AsyncSession, account: Account, look: Look, now: datetime) -> list[Entry]:
    """Return the dates that a member signed up for, waits for or holds, the earliest first."""
    since = now - PAST_KEPT
    query = (
        select(Occurrence, Gathering, EXPECTED.c.reply, EXPECTED.c.queue_number)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(EXPECTED, EXPECTED.c.occurrence_id == col(Occurrence.id))
        .where(EXPECTED.c.account_id == account.id, open_to(account))
        .where(col(Occurrence.ends_at) > since)
        .where(or_(col(Occurrence.cancelled_at).is_(None), col(Occurrence.cancelled_at) > since))
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
    rows: Sequence[tuple[Occurrence, Gathering, str, int | None]] = (await session.exec(query)).all()
    return [
        _entry(date, gathering, look, reply == Coming.YES and number is None)
        for date, gathering, reply, number in rows
    ]


async def one_entry(services: Services, occurrence_id: UUID, viewer: Viewer | None) -> Entry:
    """Return one date as this reader may keep it; NotFound where they may not see it.

    What is not announced may still become anything: of a draft, which its hosts see, there is no file.
    """
    async with services.database.reading() as session:
        date = await find_date(session, occurrence_id, viewer)
        if not Stage(date.gathering.stage).is_announced or date.html is None:
            raise NotFound
        choice = await session.get(CalendarChoice, viewer.id) if viewer else None
    return _entry(date.occurrence, date.gathering, look_of(services, choice), certain=True)


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
