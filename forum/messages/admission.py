"""May this author speak here, now? Asked before the pipeline, and again in the transaction that writes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.broadcasts import has_facilitator
from forum.errors import (
    Conflict,
    Forbidden,
    NotAccepted,
    NotFound,
    TooManyRequests,
    WaitingForFacilitator,
)
from forum.language import N_
from forum.messages.leaves import LEAVES, admit_leaf
from forum.messages.openness import check_open, check_slow_mode, holds_room
from forum.messages.submission import Edit, Leaf, Opening, Profile, Reply, Submission
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.access import find_place, space_seen_by
from forum.spaces.tables import SPOKEN_IN, Audience, Place, PlaceKind, Space
from moderation.draft import Kind
from realtime.backplane import Allowance

LETTERS = (PlaceKind.CASE, PlaceKind.NOTES)
"""What is said between a member and the team, and among the team."""
PACES = {
    **dict.fromkeys(SPOKEN_IN, Allowance(30, 60)),
    PlaceKind.THREAD: Allowance(10, 60),
    PlaceKind.PROFILE: Allowance(5, 60),
    PlaceKind.THANKS: Allowance(10, 60),
    **dict.fromkeys((*LEAVES, *LETTERS), Allowance(10, 60)),
}
"""Messages a member may send in so many seconds, by the kind of place: more than anybody types."""
KINDS = {
    **dict.fromkeys(SPOKEN_IN, Kind.LINE),
    PlaceKind.THREAD: Kind.MESSAGE,
    PlaceKind.PROFILE: Kind.PROFILE,
    PlaceKind.THANKS: Kind.MESSAGE,
    **dict.fromkeys(LEAVES, Kind.MESSAGE),
    **dict.fromkeys(LETTERS, Kind.LETTER),
}


@dataclass(frozen=True, slots=True)
class Admitted:
    """The author may speak; `place` is None while the place is still to be made."""

    author: Account
    place_kind: PlaceKind
    place: Place | None
    audience: Audience
    parent: Message | None = None
    revised: Message | None = None
    space_id: UUID | None = None
    holds: bool = False
    """Whether they hold the room that they speak in."""

    @property
    def kind(self) -> Kind:
        """What the pipeline is told this is."""
        return KINDS[self.place_kind]


def audience_of(space: Space | None) -> Audience:
    """Return who reads what is in a space; a profile is in none, and members read it."""
    return Audience(space.audience) if space else Audience.MEMBERS


async def keep_pace(services: Services, admitted: Admitted) -> None:
    """Count one message against the author's rate; TooManyRequests says how long to wait."""
    key = f"say:{admitted.place_kind}:{admitted.author.id}"
    wait = await services.backplane.spend(key, PACES[admitted.place_kind])
    if wait:
        raise TooManyRequests(wait)


async def admit(session: AsyncSession, submission: Submission, now: datetime) -> Admitted:
    """Return what the author may do; NotFound, Forbidden, Closed, Conflict or TooManyRequests otherwise."""
    author = await session.get(Account, submission.author_id)
    if author is None:
        raise Forbidden
    suspended = author.suspended_until is not None and author.suspended_until > now
    if suspended and not await _is_own_case(session, author, submission):
        raise Forbidden(N_("You cannot write here for now. You can read, and write to the moderation team."))
    match submission.target:
        case Opening(space_id=space_id):
            return await _admit_opening(session, author, space_id)
        case Reply():
            return await _admit_reply(session, author, submission.target, now)
        case Edit():
            return await _admit_edit(session, author, submission.target, now)
        case Profile():
            return await _admit_profile(session, author)
        case Leaf():
            place, current, audience = await admit_leaf(session, author, submission.target)
            return Admitted(author, PlaceKind(place.kind), place, audience, parent=current)


async def _is_own_case(session: AsyncSession, author: Account, submission: Submission) -> bool:
    """Whoever may not write elsewhere can still answer the moderation team."""
    if not isinstance(submission.target, Reply):
        return False
    place = await session.get(Place, submission.target.place_id)
    return place is not None and place.kind == PlaceKind.CASE and place.member_id == author.id


async def _admit_opening(session: AsyncSession, author: Account, space_id: UUID) -> Admitted:
    seen = space_seen_by(author.id, Role(author.role))
    audience = (await session.exec(select(Space.audience).where(Space.id == space_id, seen))).first()
    if audience is None:
        raise NotFound
    return Admitted(author, PlaceKind.THREAD, None, Audience(audience), space_id=space_id)


async def _admit_profile(session: AsyncSession, author: Account) -> Admitted:
    place = (await session.exec(select(Place).where(Place.owner_id == author.id))).first()
    return Admitted(author, PlaceKind.PROFILE, place, audience_of(None))


async def _admit_reply(session: AsyncSession, author: Account, target: Reply, now: datetime) -> Admitted:
    place, space = await find_place(session, target.place_id, author.id, Role(author.role))
    if place.kind in (PlaceKind.PROFILE, *LEAVES) or (place.kind == PlaceKind.THREAD and place.last_seq == 0):
        raise NotFound  # a profile takes no answers, and a thread whose opening waits is not there yet
    if place.kind == PlaceKind.THANKS and place.member_id != author.id:
        raise NotFound  # thanks are read by their hosts, and not answered
    await check_open(session, place, author, now)
    await check_slow_mode(session, place, author, now)
    parent = await _parent(session, target) if target.parent_id else None
    audience = audience_of(space) if place.kind not in LETTERS else _audience_of_letter(place, author)
    holds = await holds_room(session, place, author)
    kind = PlaceKind(place.kind)
    return Admitted(author, kind, place, audience, parent=parent, space_id=place.space_id, holds=holds)


def _audience_of_letter(place: Place, author: Account) -> Audience:
    """The team reads notes and what a member writes to it; a member reads what it writes to them."""
    to_member = place.kind == PlaceKind.CASE and place.member_id != author.id
    return Audience.MEMBERS if to_member else Audience.TEAM


async def _admit_edit(session: AsyncSession, author: Account, target: Edit, now: datetime) -> Admitted:
    message = await session.get(Message, target.message_id)
    if message is None or message.author_id != author.id or message.state != State.PUBLISHED:
        raise NotFound
    place, space = await find_place(session, message.place_id, author.id, Role(author.role))
    if place.kind in (*LEAVES, *LETTERS):
        raise NotFound  # a page gets a new version instead, and a letter is sent once
    await check_open(session, place, author, now)
    waiting = select(Message.id).where(Message.revises_id == message.id, Message.state == State.HELD)
    if message.version != target.version:
        raise Conflict(
            N_("This message has changed since you opened it. Your words are kept here; look at both.")
        )
    if (await session.exec(waiting)).first() is not None:
        raise Conflict(N_("An earlier edit of this message is still waiting for a person."))
    holds, kind, space_id = await holds_room(session, place, author), PlaceKind(place.kind), place.space_id
    return Admitted(author, kind, place, audience_of(space), revised=message, space_id=space_id, holds=holds)


async def _parent(session: AsyncSession, target: Reply) -> Message:
    parent = await session.get(Message, target.parent_id)
    if parent is None or parent.place_id != target.place_id or parent.state != State.PUBLISHED:
        raise NotFound(N_("What you are answering is not there any more."))
    return parent


def check_accepted(admitted: Admitted, version: str) -> None:
    """Raise NotAccepted for who has not agreed to the guidelines in force; nobody's case waits for that."""
    if admitted.place_kind in (PlaceKind.CASE, PlaceKind.NOTES):
        return
    if admitted.author.guidelines_version != version:
        raise NotAccepted


async def check_facilitator(services: Services, admitted: Admitted) -> None:
    """Raise WaitingForFacilitator where a room needs one and none is in it."""
    place = admitted.place
    if place is None or not place.needs_facilitator or admitted.holds:
        return
    if not await has_facilitator(services.backplane, place.id):
        raise WaitingForFacilitator
