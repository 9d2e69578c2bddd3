"""From facts to notices, in the transaction that recorded them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import moderators
from forum.database import Transaction
from forum.facts import (
    CareRaised,
    Fact,
    MessagePublished,
    MessageRuled,
    NoticesChanged,
    RulingUndone,
    TalkWanted,
)
from forum.notifications.tables import Notice

SILENT = frozenset({"kept", "seen", "escalated"})
"""The author of a message that was reported and stays, or that moderators look at, is not told so."""
MEASURE, TAKEN_BACK = "measure", "taken-back"
CARE = "care"
"""A moderator is told at once that somebody may be in danger."""
TALK = "talk"
"""A moderator would like to talk to this one after a care item; who it is stands on the page it leads to."""
SOON, CANCELLED, MOVED, SEAT = "gathering-soon", "gathering-cancelled", "gathering-moved", "seat"
"""About a date of a gathering; `message_id` are its words, whoever wrote them."""
ASKED, THANKED = "gathering-feedback", "thanks"
"""After a date: a guest is asked how it was; a host was thanked, and `message_id` are these words."""

UNREAD = select(func.count()).where(
    col(Notice.account_id) == bindparam("account"), col(Notice.read_at).is_(None)
)


async def notice(tx: Transaction, fact: Fact) -> None:
    """Write the notice that follows from a fact, if one does."""
    await post(tx, await _rows(tx.session, fact))


async def post(tx: Transaction, rows: Sequence[Notice]) -> None:
    """Write notices, and tell each member's pages how many they have not seen."""
    tx.session.add_all(rows)
    if rows:
        await tx.session.flush()
        await _one_at_a_time(tx.session, {row.account_id for row in rows})
    for account_id in dict.fromkeys(row.account_id for row in rows):
        tx.record(NoticesChanged(account_id, await unread(tx.session, account_id)))


async def _one_at_a_time(session: AsyncSession, told: set[UUID]) -> None:
    """Wait for others who tell the same members something now, so that each count has what came before it.

    They are locked in one order, and where somebody may be in danger the team comes first: nobody waits for
    somebody who waits for them.
    """
    members = select(Account.id).where(col(Account.id).in_(told)).order_by(col(Account.id))
    await session.exec(members.with_for_update(key_share=True))


async def _rows(session: AsyncSession, fact: Fact) -> list[Notice]:
    match fact:
        case MessagePublished(answers=UUID() as answered) if answered != fact.shown.author.id:
            return [Notice(account_id=answered, message_id=fact.shown.id, kind="reply", at=fact.shown.at)]
        case RulingUndone() if fact.how != "appeal" and (fact.outcome not in SILENT or fact.measure):
            return [
                Notice(account_id=fact.author_id, message_id=fact.message_id, kind=TAKEN_BACK, at=fact.at)
            ]
        case MessageRuled() if fact.outcome not in SILENT or fact.measure:
            return [
                Notice(
                    account_id=fact.author_id,
                    message_id=fact.message_id,
                    kind=MEASURE if fact.outcome in SILENT else fact.outcome,
                    reason=fact.reason,
                    at=fact.at,
                )
            ]
        case CareRaised():
            return [
                Notice(account_id=one, message_id=fact.message_id, kind=CARE, at=fact.at)
                for one in await moderators(session)
                if one != fact.author_id
            ]
        case TalkWanted():
            return [
                Notice(account_id=one, message_id=fact.message_id, kind=TALK, at=fact.at) for one in fact.told
            ]
        case _:
            return []


async def unread(session: AsyncSession, account_id: UUID) -> int:
    """Return how many notices the member has not seen."""
    return (await session.exec(UNREAD, params={"account": account_id})).one()
