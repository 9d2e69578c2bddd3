"""Notices that are due, as what they are about is now: a date that comes, one that is over, thanks."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.calendar.feeds.dates import owner_of
from forum.errors import NotFound
from forum.feedback.dates import find_past
from forum.feedback.thanking import thanked_in
from forum.mailing.tables import Outgoing
from forum.messages.leaves import current_in
from forum.messages.tables import Message, State
from forum.notifications.noticing import ASKED, SOON, THANKED
from forum.notifications.tables import Notice
from forum.reminders.dates import still


async def remind_of(session: AsyncSession, row: Outgoing) -> Notice | None:
    """Return the notice that a reminder becomes, or None where it need not be told any more."""
    told = await still(session, row)
    return _notice(row, told.message_id, told.date.id) if told else None


async def ask_about(session: AsyncSession, row: Outgoing) -> Notice | None:
    """Return the notice that asks a guest how it was, or None where there is nothing to ask any more."""
    account = await session.get_one(Account, row.account_id)
    with suppress(NotFound):
        date = await find_past(session, row.about_id or row.id, owner_of(account))
        words = await current_in(session, date.gathering.place_id)
        if words is not None and date.guest and date.is_open(row.due_at):
            return _notice(row, words.id, date.occurrence.id)
    return None


async def tell_of_thanks(session: AsyncSession, row: Outgoing) -> Notice | None:
    """Return the notice that tells a host of thanks, or None where these do not stand any more."""
    message = await session.get(Message, row.about_id or row.id)
    if message is None or message.state != State.PUBLISHED:
        return None
    thanked = await thanked_in(session, message.place_id)
    if thanked is None or row.account_id not in thanked.hosts:
        return None
    return _notice(row, message.id, thanked.occurrence_id)


NOTICES: Mapping[str, Callable[[AsyncSession, Outgoing], Awaitable[Notice | None]]] = {
    SOON: remind_of,
    ASKED: ask_about,
    THANKED: tell_of_thanks,
}
"""What becomes of each kind of row that goes to the page."""


def _notice(row: Outgoing, message_id: UUID, occurrence_id: UUID) -> Notice:
    return Notice(
        account_id=row.account_id,
        message_id=message_id,
        kind=row.kind,
        occurrence_id=occurrence_id,
        at=row.due_at,
    )
