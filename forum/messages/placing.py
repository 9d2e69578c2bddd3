"""A judged message takes its place: the next seq, where it stands, what it replaces, and who is told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict
from forum.facts import MessageChanged, MessagePublished, WordsWithdrawn
from forum.language import N_
from forum.messages.leaves import LEAVES, check_newest
from forum.messages.source_notes import notes_in_force
from forum.messages.submission import Opening, Submission
from forum.messages.tables import Message, State
from forum.messages.tree import depth_of, path_under
from forum.messages.views import show
from forum.shown import Answered, Shown
from forum.spaces.tables import Place, PlaceKind
from moderation.markup import render

TAKING = (
    update(Place)
    .where(col(Place.id) == bindparam("place"))
    .values(last_seq=col(Place.last_seq) + 1)
    .returning(Place)
    .execution_options(populate_existing=True, synchronize_session=False)
)
SPEAKING = TAKING.values(last_at=bindparam("now"))


async def make_place(session: AsyncSession, submission: Submission, now: datetime) -> Place:
    """Return the new place of a thread that is opened, or of a profile that is written first."""
    match submission.target:
        case Opening(space_id=space_id):
            place = Place(kind=PlaceKind.THREAD, space_id=space_id, last_at=now, created_at=now)
        case _:
            place = Place(kind=PlaceKind.PROFILE, owner_id=submission.author_id, last_at=now, created_at=now)
    session.add(place)
    await session.flush()
    return place


async def publish(tx: Transaction, message: Message, now: datetime, *, released: bool = False) -> int:
    """Let everybody in the place see a held message, as its next seq; an edit is applied to what it revises.

    Both `submit` and a moderator's release end here, so readers get a release in order.
    """
    if message.text and not message.html:
        # Held because its layout failed; if it fails again, nothing is published.
        message.html = render(message.text)
    if message.revises_id is not None:
        return await _apply(tx, message, now)
    place = await take_seq(tx.session, message.place_id, now)
    parent = await tx.session.get(Message, message.parent_id) if message.parent_id else None
    message.state, message.published_at, message.version = State.PUBLISHED, now, message.version + 1
    message.seq = message.changed_seq = place.last_seq
    message.path = path_under(_branch(place, parent), place.last_seq)
    message.depth = depth_of(message.path)
    if place.kind == PlaceKind.PROFILE:
        await withdraw_earlier(tx, message, State.PUBLISHED, now)
    if place.kind in LEAVES:
        await _supersede(tx.session, message)
        parent = None  # the version it was made on is not answered
    author = await tx.session.get_one(Account, message.author_id)
    shown = await _shown(tx.session, message, author, parent)
    answers = await _whom_it_answers(tx.session, message, parent, place)
    tx.record(MessagePublished(place.id, place.kind, shown, place.last_seq, answers, released))
    return place.last_seq


def _branch(place: Place, parent: Message | None) -> str:
    """A room is one row of lines, and what answers the opening stands at the top."""
    if parent is None or parent.is_opening or place.kind != PlaceKind.THREAD:
        return ""
    return parent.path or ""


async def _apply(tx: Transaction, edit: Message, now: datetime) -> int:
    message = await tx.session.get_one(Message, edit.revises_id)
    if message.state != State.PUBLISHED:
        raise Conflict(N_("The message itself was taken down, so its edit cannot be published."))
    message.text, message.html, message.edited_at = edit.text, edit.html, now
    message.title, message.note = edit.title if message.is_opening else "", edit.note
    # The words live in one row only, so that withdrawing that row withdraws them.
    edit.state, edit.text, edit.html, edit.title = State.APPLIED, "", render(""), ""
    edit.version += 1
    return await record_change(tx, message)


async def _shown(session: AsyncSession, message: Message, author: Account, parent: Message | None) -> Shown:
    notes = await notes_in_force(session, [message.note])
    return show(message, author, parent=await _answered(session, parent), note=notes.get(message.note))


async def _answered(session: AsyncSession, parent: Message | None) -> Answered | None:
    if parent is None or parent.is_opening:
        return None
    return Answered(parent.id, (await session.get_one(Account, parent.author_id)).handle)


async def record_change(tx: Transaction, message: Message) -> int:
    """Take the next seq for a change to a published message, and tell everybody in the place."""
    place = await take_seq(tx.session, message.place_id)
    message.changed_seq, message.version = place.last_seq, message.version + 1
    author = await tx.session.get_one(Account, message.author_id)
    parent = await tx.session.get(Message, message.parent_id) if message.parent_id else None
    shown = await _shown(tx.session, message, author, parent)
    tx.record(MessageChanged(place.id, place.kind, shown, place.last_seq))
    return place.last_seq


async def take_seq(session: AsyncSession, place_id: UUID, now: datetime | None = None) -> Place:
    """Return the place with its next seq taken: a row lock orders everybody who publishes here."""
    taking, asked = (
        (TAKING, {"place": place_id}) if now is None else (SPEAKING, {"place": place_id, "now": now})
    )
    place: Place = (await session.exec(taking, params=asked)).scalar_one()
    return place


async def withdraw_earlier(tx: Transaction, profile: Message, state: State, now: datetime) -> None:
    """A new profile takes the place of what stood there, or still waited; words newer than it stay."""
    earlier = (col(Message.place_id) == profile.place_id, col(Message.id) < profile.id)
    gone = {"state": State.WITHDRAWN, "text": "", "html": render(""), "version": col(Message.version) + 1}
    erasing = update(Message).where(*earlier, col(Message.state) == state).values(**gone)
    for earlier_id in (await tx.session.exec(erasing.returning(col(Message.id)))).scalars().all():
        tx.record(WordsWithdrawn(earlier_id, now))


async def _supersede(session: AsyncSession, message: Message) -> None:
    """A new version of a page takes the place of the one it was made on, which keeps its words."""
    await check_newest(session, message)
    earlier = (col(Message.place_id) == message.place_id, col(Message.id) != message.id)
    past = {"state": State.SUPERSEDED, "version": col(Message.version) + 1}
    await session.exec(update(Message).where(*earlier, col(Message.state) == State.PUBLISHED).values(**past))


async def _whom_it_answers(
    session: AsyncSession, message: Message, parent: Message | None, place: Place
) -> UUID | None:
    if parent is not None:
        return parent.author_id
    if message.is_opening or place.kind != PlaceKind.THREAD:
        return None
    opening = select(Message.author_id).where(Message.place_id == message.place_id, col(Message.is_opening))
    return (await session.exec(opening)).first()
