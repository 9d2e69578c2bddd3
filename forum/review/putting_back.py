"""Putting back what a ruling did to words, or to a handle, and letting it wait again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forum.accounts.renaming import give_handle
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.messages.placing import record_change
from forum.messages.restoring import bring_back, hide, let_wait, unapply, unmask
from forum.messages.tables import Message, State
from forum.review.before import Before
from forum.review.closing import reopen, reopen_alerts, reopen_reports
from forum.review.items import Cause, Kind, wait_for_person
from forum.review.outcomes import LEFT_UP, LET_READ
from forum.review.severity import Gravity
from forum.review.tables import ReviewItem, Ruling


@dataclass(frozen=True, slots=True)
class Back:
    """Whether words, or a handle, are back as they were, and whether somebody has to decide anew."""

    restored: bool
    waits: bool


async def put_back(tx: Transaction, ruling: Ruling, how: str, now: datetime) -> Back:
    """Put back what the ruling did.

    `undone` lets it wait as before; otherwise what was kept from others is shown. What others can read waits
    again, out of sight, unless an appeal was right: that never takes anything from its author.
    """
    before, undone = Before.read(ruling.before), how == "undone"
    if ruling.outcome == "renamed":
        account = await tx.session.get_one(Account, ruling.account_id, with_for_update=True)
        return Back(await give_handle(tx, account, before.handle), waits=undone)
    if ruling.message_id is None:
        return Back(True, waits=True)
    message = await tx.session.get_one(Message, ruling.message_id, with_for_update=True)
    if how == "appeal" and ruling.outcome in LET_READ:
        return Back(await _as_typed(tx, message, before), waits=False)
    if ruling.outcome in LEFT_UP:
        return Back(True, waits=bool(before.alerts) or message.state == State.PUBLISHED)
    if ruling.outcome in LET_READ:
        restored = await _take_from_sight(tx, message, before)
    elif undone and before.state in (State.HELD, State.REMOVED):
        restored = await let_wait(tx, message)
    else:
        restored = await bring_back(tx, message, now)
    waits = undone or ruling.outcome in LET_READ
    return Back(restored, waits=waits and (restored or bool(before.alerts)))


async def _as_typed(tx: Transaction, message: Message, before: Before) -> bool:
    """Show the words as they were typed where they were masked; what was not masked stands already."""
    if before.masked_from is None:
        return True
    shown = await tx.session.get_one(Message, message.revises_id or message.id, with_for_update=True)
    if shown.state != State.PUBLISHED or shown.version != before.left_at:
        return False
    restored = await unmask(tx, shown, before.masked_from)
    if restored:
        await record_change(tx, shown)
    return restored


async def _take_from_sight(tx: Transaction, message: Message, before: Before) -> bool:
    if message.revises_id is not None:
        if not await unapply(tx, message, before.replaced):
            return False
        return before.masked_from is None or await unmask(tx, message, before.masked_from)
    if message.state != State.PUBLISHED:
        return False
    unchanged = message.version == before.left_at
    await hide(tx, message)
    if unchanged and before.masked_from is not None:
        return await unmask(tx, message, before.masked_from)
    return True


async def let_wait_again(tx: Transaction, ruling: Ruling, by: UUID, now: datetime) -> ReviewItem:
    """Open the ruling's item again, with the reports and alerts that it had closed."""
    before = Before.read(ruling.before)
    await reopen_reports(tx, before.reports)
    await reopen_alerts(tx, before.alerts)
    item = await tx.session.get(ReviewItem, ruling.item_id, with_for_update=True) if ruling.item_id else None
    if item is not None:
        return await reopen(tx, item, now, by)
    # Rulings from before there were items leave none to open.
    message = await tx.session.get_one(Message, ruling.message_id)
    return await wait_for_person(tx, Cause(Kind.HELD, message.author_id, Gravity(0, ""), now, message.id))
