"""Putting back: out of sight and in sight again, where it stood; words that were changed are kept aside."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.database import Transaction
from forum.messages.findings import record_findings
from forum.messages.placing import publish, record_change
from forum.messages.tables import Message, RecordedFinding, State
from forum.messages.withdrawing import erase, refuse_held
from forum.spaces.tables import Place, PlaceKind
from moderation.verdict import Verdict

UNPUBLISHED = frozenset({State.REFUSED, State.REMOVED})


def waits(message: Message) -> bool:
    """Whether it waits for a decision: held, or taken out of sight to be decided again."""
    return message.state == State.HELD or (message.state == State.REMOVED and message.refused_at is None)


async def hide(tx: Transaction, message: Message) -> None:
    """Take a published message out of sight until somebody decides again; its words do not age meanwhile."""
    message.state, message.refused_at = State.REMOVED, None
    await record_change(tx, message)


async def let_out(tx: Transaction, message: Message, now: datetime) -> None:
    """Publish what waits: in its old place if it was seen before, else as the place's next."""
    if message.state == State.REMOVED:
        await _show_again(tx, message)
    else:
        await publish(tx, message, now, released=True)


async def bring_back(tx: Transaction, message: Message, now: datetime) -> bool:
    """Let others see what was refused or taken down; False, and nothing changes, where that cannot be.

    It cannot where the words are gone, or newer ones have taken their place.
    """
    if message.state not in UNPUBLISHED or await _is_over(tx.session, message):
        return False
    if message.state == State.REMOVED:
        await _show_again(tx, message)
    else:
        message.state, message.refused_at = State.HELD, None
        await publish(tx, message, now, released=True)
    return True


async def let_wait(tx: Transaction, message: Message) -> bool:
    """Let a refused message wait again, out of sight as before; False where `bring_back` says so."""
    if message.state not in UNPUBLISHED or await _is_over(tx.session, message):
        return False
    if message.state == State.REFUSED:
        message.state = State.HELD
    message.refused_at, message.version = None, message.version + 1
    return True


def leave_out(message: Message, now: datetime) -> None:
    """Decide that what waits is not published; what was seen before stays taken down."""
    if message.state == State.REMOVED:
        message.refused_at, message.version = now, message.version + 1
    else:
        refuse_held(message, now)


async def _show_again(tx: Transaction, message: Message) -> None:
    message.state, message.refused_at = State.PUBLISHED, None
    await record_change(tx, message)


async def _is_over(session: AsyncSession, message: Message) -> bool:
    if not message.text:
        return True
    if message.revises_id is not None:
        revised = await session.get_one(Message, message.revises_id)
        newer = revised.edited_at is not None and revised.edited_at > message.created_at
        return newer or revised.state != State.PUBLISHED
    place = await session.get_one(Place, message.place_id)
    return place.kind == PlaceKind.PROFILE and await _has_newer(session, message)


async def _has_newer(session: AsyncSession, profile: Message) -> bool:
    newer = (col(Message.place_id) == profile.place_id, col(Message.id) > profile.id)
    shown = col(Message.state).in_([State.HELD, State.PUBLISHED])
    return (await session.exec(select(Message.id).where(*newer, shown).limit(1))).first() is not None


# Words kept aside


async def mask(tx: Transaction, message: Message, verdict: Verdict, now: datetime) -> UUID:
    """Put masked words in a message's place; return where those that were typed are kept aside.

    What was found goes with them, because it counts in their characters.
    """
    aside = await keep_aside(tx, message, now)
    await _move_findings(tx.session, message.id, aside)
    record_findings(tx, message.id, verdict.findings)
    message.text, message.title, message.html = verdict.text, verdict.title, verdict.html
    message.version += 1
    return aside


async def keep_aside(tx: Transaction, message: Message, now: datetime) -> UUID:
    """Keep a message's present words apart, as an edit that is not published; return its id.

    So they leave with the message when its author withdraws it, or when the days are over that refused words
    are kept.
    """
    aside = Message(
        place_id=message.place_id,
        author_id=message.author_id,
        nonce=uuid4(),
        revises_id=message.revises_id or message.id,
        title=message.title,
        text=message.text,
        html=message.html,
        state=State.REFUSED,
        created_at=message.edited_at or message.created_at,
        note=message.note,
        refused_at=now,
    )
    tx.session.add(aside)
    await tx.session.flush()
    return aside.id


async def unmask(tx: Transaction, message: Message, aside_id: UUID) -> bool:
    """Put the words that were typed back into a message that nobody sees now; False where they are gone."""
    aside = await tx.session.get_one(Message, aside_id)
    if not aside.text:
        return False
    await tx.session.flush()
    await _drop_findings(tx.session, message.id)
    await _move_findings(tx.session, aside.id, message.id)
    message.text, message.title, message.html = aside.text, aside.title, aside.html
    erase(aside, State.WITHDRAWN)
    message.version += 1
    return True


async def unapply(tx: Transaction, edit: Message, aside_id: UUID | None) -> bool:
    """Give a message its earlier words back and let the edit wait again; False where that cannot be.

    It cannot where the earlier words are gone, or others have come since.
    """
    aside = await tx.session.get(Message, aside_id) if aside_id else None
    message = await tx.session.get_one(Message, edit.revises_id, with_for_update=True)
    if aside is None or not aside.text or edit.state != State.APPLIED or message.state != State.PUBLISHED:
        return False
    if message.edited_at is None or aside.refused_at != message.edited_at:
        return False
    edit.text, edit.html, edit.title, edit.note = message.text, message.html, message.title, message.note
    edit.state, edit.version = State.HELD, edit.version + 1
    message.text, message.html, message.title, message.note = aside.text, aside.html, aside.title, aside.note
    message.edited_at = aside.created_at if aside.created_at != message.created_at else None
    erase(aside, State.WITHDRAWN)
    await record_change(tx, message)
    return True


async def _move_findings(session: AsyncSession, source: UUID, target: UUID) -> None:
    found = update(RecordedFinding).where(col(RecordedFinding.message_id) == source)
    await session.exec(found.values(message_id=target))


async def _drop_findings(session: AsyncSession, message_id: UUID) -> None:
    for row in (
        await session.exec(select(RecordedFinding).where(RecordedFinding.message_id == message_id))
    ).all():
        await session.delete(row)
    await session.flush()
