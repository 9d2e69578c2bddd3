"""May this author speak here, now? Asked before the pipeline, and again in the transaction that writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.broadcasts import has_facilitator
from forum.errors import Closed, Conflict, Forbidden, NotFound, TooManyRequests, WaitingForFacilitator
from forum.language import N_
from forum.messages.submission import Edit, Opening, Profile, Reply, Submission
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.access import find_place, space_seen_by
from forum.spaces.tables import Audience, Place, PlaceKind, Space
from moderation.draft import Kind, Standing
from realtime.backplane import Allowance

RECENT = timedelta(minutes=10)
RECENT_MOST = 10
COUNTED_MOST = 100
"""Nobody's standing depends on more published messages than these, so no more are counted."""
PACES = {
    PlaceKind.ROOM: Allowance(30, 60),
    PlaceKind.THREAD: Allowance(10, 60),
    PlaceKind.PROFILE: Allowance(5, 60),
}
"""Messages a member may send in so many seconds, by the kind of place: more than anybody types."""
KINDS = {PlaceKind.ROOM: Kind.LINE, PlaceKind.THREAD: Kind.MESSAGE, PlaceKind.PROFILE: Kind.PROFILE}


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
    if author.suspended_until is not None and author.suspended_until > now:
        raise Forbidden(N_("You cannot write here for now. You can read, and write to the moderation team."))
    match submission.target:
        case Opening(space_id=space_id):
            return await _admit_opening(session, author, space_id)
        case Reply():
            return await _admit_reply(session, author, submission.target, now)
        case Edit():
            return await _admit_edit(session, author, submission.target)
        case Profile():
            return await _admit_profile(session, author)


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
    if place.kind == PlaceKind.PROFILE or (place.kind == PlaceKind.THREAD and place.last_seq == 0):
        raise NotFound  # a profile takes no answers, and a thread whose opening waits is not there yet
    check_open(place, author)
    if place.slow_seconds and not Role(author.role).can_facilitate:
        await _check_slow_mode(session, author, place, now)
    parent = await _parent(session, target) if target.parent_id else None
    return Admitted(
        author, PlaceKind(place.kind), place, audience_of(space), parent=parent, space_id=place.space_id
    )


async def _admit_edit(session: AsyncSession, author: Account, target: Edit) -> Admitted:
    message = await session.get(Message, target.message_id)
    if message is None or message.author_id != author.id or message.state != State.PUBLISHED:
        raise NotFound
    place, space = await find_place(session, message.place_id, author.id, Role(author.role))
    check_open(place, author)
    waiting = select(Message.id).where(Message.revises_id == message.id, Message.state == State.HELD)
    if message.version != target.version:
        raise Conflict(
            N_("This message has changed since you opened it. Your words are kept here; look at both.")
        )
    if (await session.exec(waiting)).first() is not None:
        raise Conflict(N_("An earlier edit of this message is still waiting for a person."))
    return Admitted(
        author, PlaceKind(place.kind), place, audience_of(space), revised=message, space_id=place.space_id
    )


def check_open(place: Place, author: Account) -> None:
    """Raise Closed for a closed thread or a paused room; who holds a room may speak in it all the same."""
    if place.closed and not (place.kind == PlaceKind.ROOM and Role(author.role).can_facilitate):
        raise Closed


async def _check_slow_mode(session: AsyncSession, author: Account, place: Place, now: datetime) -> None:
    last = (
        select(Message.created_at)
        .where(Message.place_id == place.id, Message.author_id == author.id, Message.state != State.REFUSED)
        .order_by(col(Message.created_at).desc())
        .limit(1)
    )
    said = (await session.exec(last)).first()
    wait = said + timedelta(seconds=place.slow_seconds) - now if said else timedelta()
    if wait > timedelta():
        raise TooManyRequests(
            wait.total_seconds(), N_("This room is in slow mode. Take a breath, then send it again.")
        )


async def _parent(session: AsyncSession, target: Reply) -> Message:
    parent = await session.get(Message, target.parent_id)
    if parent is None or parent.place_id != target.place_id or parent.state != State.PUBLISHED:
        raise NotFound(N_("What you are answering is not there any more."))
    return parent


async def check_facilitator(services: Services, admitted: Admitted) -> None:
    """Raise WaitingForFacilitator where a room needs one and none is in it."""
    place = admitted.place
    if place is None or not place.needs_facilitator or Role(admitted.author.role).can_facilitate:
        return
    if not await has_facilitator(services.backplane, place.id):
        raise WaitingForFacilitator


async def standing_of(session: AsyncSession, admitted: Admitted, now: datetime) -> Standing:
    """Return how long the author is here, how much they published, and what they just said.

    What an edit revises does not count as said before: mending a comma repeats nothing.
    """
    author = admitted.author
    some = (
        select(Message.id)
        .where(Message.author_id == author.id, Message.state == State.PUBLISHED)
        .limit(COUNTED_MOST)
        .subquery()
    )
    published = (await session.exec(select(func.count()).select_from(some))).one()
    recent = (
        select(Message.text)
        .where(Message.author_id == author.id, col(Message.created_at) > now - RECENT)
        .order_by(col(Message.created_at).desc())
        .limit(RECENT_MOST)
    )
    if admitted.revised is not None:
        recent = recent.where(Message.id != admitted.revised.id)
    said = tuple((await session.exec(recent)).all())
    return Standing(published, (now - author.created_at).days, said, nudges=author.nudges)
