"""Opening spaces and rooms, and inviting people into them; their names pass the pipeline first."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from forum.accounts.handles import handle_key
from forum.accounts.tables import Account
from forum.errors import ForumError, Invalid
from forum.facts import PlaceChanged
from forum.language import N_, Words
from forum.naming import screen_name
from forum.services import Services
from forum.spaces.tables import Audience, Membership, Place, PlaceKind, Space
from moderation.draft import Kind

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
SLOWEST_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Pace:
    """How a room is held."""

    closed: bool = False
    slow_seconds: int = 0
    needs_facilitator: bool = False


@dataclass(frozen=True, slots=True)
class NewSpace:
    """A space as a manager describes it."""

    name: str
    slug: str
    about: str
    audience: str


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room as a manager describes it."""

    space_id: UUID
    name: str
    about: str
    pace: Pace = Pace()


async def open_space(services: Services, wanted: NewSpace) -> Space:
    """Open a space; Invalid names the fields that need another look."""
    errors: dict[str, Words] = {}
    if not SLUG.fullmatch(wanted.slug):
        errors["slug"] = N_("Use small letters, digits and dashes, for example first-steps.")
    if wanted.audience not in set(Audience):
        errors["audience"] = N_("Choose who this space is for.")
    name, about = await _screen(services, wanted.name, wanted.about, errors)
    space = Space(
        slug=wanted.slug, name=name, about=about, audience=wanted.audience, created_at=services.clock()
    )
    try:
        async with services.database.transaction() as tx:
            tx.session.add(space)
    except IntegrityError:
        raise Invalid({"slug": N_("Another space has this address.")}) from None
    return space


async def open_room(services: Services, wanted: NewRoom) -> Place:
    """Open a room in a space; Invalid names the fields that need another look."""
    errors: dict[str, Words] = {}
    check_pace(wanted.pace, errors)
    name, about = await _screen(services, wanted.name, wanted.about, errors)
    now = services.clock()
    room = Place(
        space_id=wanted.space_id,
        kind=PlaceKind.ROOM,
        name=name,
        about=about,
        last_at=now,
        created_at=now,
        slow_seconds=wanted.pace.slow_seconds,
        needs_facilitator=wanted.pace.needs_facilitator,
    )
    async with services.database.transaction() as tx:
        if await tx.session.get(Space, wanted.space_id) is None:
            raise Invalid({"space": N_("Choose a space.")})
        tx.session.add(room)
    return room


async def set_pace(services: Services, place_id: UUID, pace: Pace) -> None:
    """Pause, slow down or reopen a place; whoever is there is told at once."""
    errors: dict[str, Words] = {}
    check_pace(pace, errors)
    if errors:
        raise Invalid(errors)
    async with services.database.transaction() as tx:
        place = await tx.session.get_one(Place, place_id)
        place.closed, place.slow_seconds, place.needs_facilitator = (
            pace.closed,
            pace.slow_seconds,
            pace.needs_facilitator,
        )
        tx.record(PlaceChanged(place_id, pace.closed, pace.slow_seconds, pace.needs_facilitator))


async def invite(services: Services, space_id: UUID, handle: str) -> None:
    """Invite a member to a space; inviting twice changes nothing."""
    async with services.database.transaction() as tx:
        query = select(Account.id).where(Account.handle_key == handle_key(handle))
        account_id = (await tx.session.exec(query)).first()
        if account_id is None:
            raise Invalid({"handle": N_("Nobody here has this handle.")})
        if await tx.session.get(Space, space_id) is None:
            raise Invalid({"space": N_("Choose a space.")})
        await tx.session.merge(Membership(space_id=space_id, account_id=account_id))


def check_pace(pace: Pace, errors: dict[str, Words]) -> None:
    """Add to `errors` what cannot be."""
    if not 0 <= pace.slow_seconds <= SLOWEST_SECONDS:
        errors["slow_seconds"] = N_("Choose between 0 and 3600 seconds.")


async def _screen(services: Services, name: str, about: str, errors: dict[str, Words]) -> tuple[str, str]:
    try:
        name = await screen_name(services, name)
    except ForumError as error:
        errors["name"] = error.words
    try:
        about = await screen_name(services, about, Kind.LINE) if about.strip() else ""
    except ForumError as error:
        errors["about"] = error.words
    if errors:
        raise Invalid(errors)
    return name, about
