"""Taking words back: by their author, or by a moderator."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, update
from sqlmodel.sql.expression import SelectOfScalar

from forum.database import Transaction
from forum.errors import NotFound
from forum.facts import WordsWithdrawn
from forum.messages.placing import record_change
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.tables import AMONG_MEMBERS, Place
from moderation.markup import render

WITHDRAWABLE = frozenset({State.PUBLISHED, State.HELD, State.REFUSED})


async def withdraw(services: Services, author_id: UUID, message_id: UUID) -> Message:
    """Erase the words of one's own message, wherever it stands; NotFound for anybody else's.

    A published message leaves a place without words, so that answers to it keep theirs.
    """
    async with services.database.transaction() as tx:
        message = await tx.session.get(Message, message_id)
        if message is None or message.author_id != author_id or message.state not in WITHDRAWABLE:
            raise NotFound
        place = await tx.session.get_one(Place, message.place_id)
        if place.kind not in AMONG_MEMBERS:
            raise NotFound  # a letter, once sent, belongs to what was decided
        was, now = message.state, services.clock()
        erase(message, State.WITHDRAWN)
        tx.record(WordsWithdrawn(message.id, now))
        await _erase_waiting_edits(tx, message, now)
        if was == State.PUBLISHED:
            await record_change(tx, message)
        return message


async def unsend(tx: Transaction, letter_id: UUID) -> None:
    """Erase a letter of the team's whose decision did not come about: it would tell what is not so.

    One that is erased already is left as it is.
    """
    letter = await tx.session.get_one(Message, letter_id, with_for_update=True, populate_existing=True)
    if letter.state == State.WITHDRAWN:
        return
    erase(letter, State.WITHDRAWN)
    await record_change(tx, letter)


async def take_down(tx: Transaction, message: Message, now: datetime) -> int:
    """Hide a published message and return the seq of the change; its words stay for the author's appeal."""
    message.state, message.refused_at = State.REMOVED, now
    return await record_change(tx, message)


def refuse_held(message: Message, now: datetime) -> None:
    """A moderator does not let a held message, or a held edit, be published; its author keeps the words."""
    message.state, message.refused_at, message.version = State.REFUSED, now, message.version + 1


def erase(message: Message, state: State) -> None:
    """Leave no word of a message; its row stays, in this state."""
    message.state, message.text, message.title, message.html = state, "", "", render("")
    message.version += 1


async def _erase_waiting_edits(tx: Transaction, message: Message, now: datetime) -> None:
    waiting = (col(Message.revises_id) == message.id, col(Message.state).in_([State.HELD, State.REFUSED]))
    gone = {"state": State.WITHDRAWN, "text": "", "title": "", "html": render("")}
    erasing = update(Message).where(*waiting).values(**gone, version=col(Message.version) + 1)
    for edit_id in (await tx.session.exec(erasing.returning(col(Message.id)))).scalars().all():
        tx.record(WordsWithdrawn(edit_id, now))


async def erase_spoken(tx: Transaction, place_id: UUID, spared: SelectOfScalar[UUID], now: datetime) -> int:
    """Erase what was said in a place and not decided against, but for what is spared; returns how many.

    Nobody reads there any more, so nobody is told, and the place's seq stays.
    """
    gone = {"state": State.WITHDRAWN, "text": "", "title": "", "html": render("")}
    said = (col(Message.place_id) == place_id, col(Message.state).in_([State.PUBLISHED, State.HELD]))
    erasing = update(Message).where(*said, col(Message.id).not_in(spared))
    erasing = erasing.values(**gone, version=col(Message.version) + 1)
    ids = (await tx.session.exec(erasing.returning(col(Message.id)))).scalars().all()
    for message_id in ids:
        tx.record(WordsWithdrawn(message_id, now))
    return len(ids)


async def erase_refused_before(
    tx: Transaction, moment: datetime, spared: SelectOfScalar[UUID] | None = None
) -> int:
    """Erase the words of messages refused before the moment, but for those spared; returns how many.

    What is kept aside of a spared message is spared with it.
    """
    old = [
        col(Message.state).in_([State.REFUSED, State.REMOVED]),
        col(Message.refused_at) < moment,
        col(Message.text) != "",
    ]
    if spared is not None:
        aside = or_(col(Message.revises_id).is_(None), col(Message.revises_id).not_in(spared))
        old += [col(Message.id).not_in(spared), aside]
    result = await tx.session.exec(update(Message).where(*old).values(text="", title="", html=render("")))
    return result.rowcount
