"""Thanking the hosts: a guest's few words through the one door, for the hosts and their author alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.calendar.tables import Host
from forum.database import Transaction
from forum.errors import Conflict, Forbidden
from forum.feedback.dates import PastDate, check_asked, find_past
from forum.feedback.tables import Thanks
from forum.language import N_
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Reply, Submission
from forum.messages.tables import Message, State
from forum.messages.views import show
from forum.services import Services
from forum.shown import Shown
from forum.spaces.tables import Guest, Place, PlaceKind

STANDS = (State.PUBLISHED, State.HELD)
ALREADY = N_("You have thanked the hosts already. You can edit or withdraw what you wrote.")
NOBODY = N_("This gathering has no hosts any more who could read it.")
OWN = N_("You are one of its hosts.")


async def thank(
    services: Services, viewer: Viewer, occurrence_id: UUID, submission: Submission
) -> tuple[Answer, UUID]:
    """Give a guest's words to the hosts; returns what became of them, and the place where they stand.

    `submission` brings the words; where they go is decided here. Conflict while earlier words stand or wait,
    and what `check_asked`, and `submit`, raise. The same send again answers what became of the first.
    """
    async with services.database.transaction() as tx:
        date = await find_past(tx.session, occurrence_id, viewer, locked=True)
        check_asked(date, services.clock())
        place_id = await _place_of(tx, services, date, viewer)
        await _check_none_stands(tx.session, place_id, submission.nonce)
    said = Submission(Reply(place_id), viewer.id, submission.text, submission.nonce, choice=submission.choice)
    return await submit(services, said), place_id


async def _place_of(tx: Transaction, services: Services, date: PastDate, viewer: Viewer) -> UUID:
    known = await tx.session.get(Thanks, (date.occurrence.id, viewer.id))
    if known is not None:
        return known.place_id
    if date.host:
        raise Forbidden(OWN)
    hosts = (
        await tx.session.exec(select(Host.account_id).where(Host.gathering_id == date.gathering.id))
    ).all()
    if not hosts:
        raise Conflict(NOBODY)
    now = services.clock()
    place = Place(
        kind=PlaceKind.THANKS, space_id=date.space_id, member_id=viewer.id, last_at=now, created_at=now
    )
    tx.session.add(place)
    await tx.session.flush()
    tx.session.add_all(Guest(place_id=place.id, account_id=one, host=True) for one in hosts)
    tx.session.add(Thanks(occurrence_id=date.occurrence.id, account_id=viewer.id, place_id=place.id))
    await tx.session.flush()
    return place.id


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who may read the thanks in one place, and for which date they are."""

    occurrence_id: UUID
    hosts: Sequence[UUID]


async def thanked_in(session: AsyncSession, place_id: UUID) -> Thanked | None:
    """Return it for a place of thanks; None for any other."""
    found = (await session.exec(select(Thanks.occurrence_id).where(Thanks.place_id == place_id))).first()
    if found is None:
        return None
    hosts = select(Guest.account_id).where(Guest.place_id == place_id, col(Guest.host))
    return Thanked(found, (await session.exec(hosts)).all())


async def _check_none_stands(session: AsyncSession, place_id: UUID, nonce: UUID) -> None:
    standing = (Message.place_id == place_id, col(Message.revises_id).is_(None))
    query = select(Message.id).where(*standing, col(Message.state).in_(STANDS), Message.nonce != nonce)
    if (await session.exec(query)).first() is not None:
        raise Conflict(ALREADY)


async def own_thanks(session: AsyncSession, occurrence_id: UUID, account_id: UUID) -> UUID | None:
    """Return the message with which somebody has thanked the hosts, if it stands or waits."""
    query = (
        select(Message.id)
        .join(Thanks, col(Thanks.place_id) == col(Message.place_id))
        .where(Thanks.occurrence_id == occurrence_id, Thanks.account_id == account_id)
        .where(col(Message.revises_id).is_(None), col(Message.state).in_(STANDS))
    )
    return (await session.exec(query)).first()


async def thanks_for(session: AsyncSession, occurrence_id: UUID, viewer: Viewer) -> Sequence[Shown]:
    """Return what was said to the hosts of a date and this member may read, the oldest first.

    A host reads all that was said while they were one, anybody else only their own words, and of these only
    what is published: what waits is told of elsewhere. (Moderators read it at the desk.)
    """
    to_me = select(Guest.place_id).where(Guest.account_id == viewer.id)
    query = (
        select(Message, Account)
        .join(Account, col(Account.id) == col(Message.author_id))
        .join(Thanks, col(Thanks.place_id) == col(Message.place_id))
        .where(Thanks.occurrence_id == occurrence_id, Message.state == State.PUBLISHED)
        .where(or_(col(Thanks.account_id) == viewer.id, col(Thanks.place_id).in_(to_me)))
        .order_by(col(Message.published_at), col(Message.id))
    )
    return [show(message, author) for message, author in (await session.exec(query)).all()]
