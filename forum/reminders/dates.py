"""What a reminder is about, as it is now: who comes to which date, and may see it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.calendar.expecting import EXPECTED
from forum.calendar.feeds.dates import open_to
from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.mailing.tables import Outgoing
from forum.messages.leaves import current_in
from forum.notifications.noticing import CANCELLED, SOON
from forum.spaces.tables import Place, Space


@dataclass(frozen=True, slots=True)
class Told:
    """A date, and the gathering's words."""

    date: Occurrence
    message_id: UUID


async def still(session: AsyncSession, row: Outgoing) -> Told | None:
    """Return what a row of the outbox is about, or None where it need not be told any more.

    What has moved, was cancelled, closed to the member or given up by them since needs no reminder.
    """
    account = await session.get_one(Account, row.account_id)
    found = await _date_of(session, account, row.about_id)
    if found is None:
        return None
    date, gathering, number = found
    is_off = date.cancelled_at is not None or gathering.stage == Stage.CANCELLED
    words = await current_in(session, gathering.place_id)
    if words is None or is_off is not (row.kind == CANCELLED) or date.starts_at != row.expires_at:
        return None
    return None if row.kind == SOON and number is not None else Told(date, words.id)


async def _date_of(
    session: AsyncSession, account: Account, date_id: UUID | None
) -> tuple[Occurrence, Gathering, int | None] | None:
    query = (
        select(Occurrence, Gathering, EXPECTED.c.queue_number)
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Place, col(Place.id) == col(Gathering.place_id))
        .join(Space, col(Space.id) == col(Place.space_id))
        .join(EXPECTED, EXPECTED.c.occurrence_id == col(Occurrence.id))
        .where(EXPECTED.c.occurrence_id == date_id, EXPECTED.c.account_id == account.id, open_to(account))
    )
    return (await session.exec(query)).first()
