"""Taking words back: by their author, or by a moderator."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, update

from forum.database import Transaction
from forum.errors import NotFound
from forum.messages.publishing import record_change
from forum.messages.tables import Message, State
from forum.services import Services
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
        was = message.state
        _erase(message, State.WITHDRAWN)
        await _erase_waiting_edits(tx, message)
        if was == State.PUBLISHED:
            await record_change(tx, message)
        return message


async def take_down(tx: Transaction, message: Message, now: datetime) -> int:
    """Hide a published message and return the seq of the change; its words stay for the author's appeal."""
    message.state, message.refused_at = State.REMOVED, now
    return await record_change(tx, message)


def refuse_held(message: Message, now: datetime) -> None:
    """A moderator does not let a held message, or a held edit, be published; its author keeps the words."""
    message.state, message.refused_at, message.version = State.REFUSED, now, message.version + 1


def _erase(message: Message, state: State) -> None:
    message.state, message.text, message.title, message.html = state, "", "", render("")
    message.version += 1


async def _erase_waiting_edits(tx: Transaction, message: Message) -> None:
    waiting = (col(Message.revises_id) == message.id, col(Message.state).in_([State.HELD, State.REFUSED]))
    gone = {"state": State.WITHDRAWN, "text": "", "title": "", "html": render("")}
    erasing = update(Message).where(*waiting).values(**gone, version=col(Message.version) + 1)
    await tx.session.exec(erasing)


async def erase_refused_before(tx: Transaction, moment: datetime) -> int:
    """Erase the words of messages that were refused before the moment; returns how many."""
    old = (
        col(Message.state).in_([State.REFUSED, State.REMOVED]),
        col(Message.refused_at) < moment,
        col(Message.text) != "",
    )
    result = await tx.session.exec(update(Message).where(*old).values(text="", title="", html=render("")))
    return result.rowcount
