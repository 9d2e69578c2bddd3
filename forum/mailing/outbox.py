"""The outbox: written in the transaction of what causes it, claimed by any number of workers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select, update

from forum.accounts.credentials import hashed_token
from forum.database import Transaction
from forum.mailing.tables import Channel, Outgoing
from forum.services import Services

BATCH = 20
CLAIM = timedelta(minutes=5)
"""How long a worker has for what it claimed; then another may have it, or it counts as unknown."""
MOST_TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
KEPT = timedelta(days=400)
"""As long as the links in old letters work."""
AT_ONCE = 500
INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


async def enqueue(tx: Transaction, *rows: Outgoing) -> None:
    """Write what is to go out; what is there already, by its key, stays as it is."""
    insert = INSERTS[tx.session.get_bind().dialect.name]
    for start in range(0, len(rows), AT_ONCE):
        told = [row.model_dump() for row in rows[start : start + AT_ONCE]]
        await tx.session.exec(insert(Outgoing).values(told).on_conflict_do_nothing(index_elements=["key"]))


def waiting(channel: Channel, now: datetime) -> ColumnElement[bool]:
    """Return the condition for what is due, in time, and in nobody's hands."""
    return and_(
        col(Outgoing.channel) == channel,
        col(Outgoing.sent_at).is_(None),
        col(Outgoing.given_up_at).is_(None),
        col(Outgoing.attempted_at).is_(None),
        col(Outgoing.due_at) <= now,
        or_(col(Outgoing.expires_at).is_(None), col(Outgoing.expires_at) > now),
        or_(col(Outgoing.claimed_until).is_(None), col(Outgoing.claimed_until) <= now),
    )


async def anything_waits(services: Services) -> bool:
    """Return whether there is anything to do, by a read that nobody waits for."""
    now = services.clock()
    open_still = (col(Outgoing.sent_at).is_(None), col(Outgoing.given_up_at).is_(None))
    query = select(Outgoing.id).where(*open_still, col(Outgoing.due_at) <= now).limit(1)
    async with services.database.glancing() as session:
        return (await session.exec(query)).first() is not None


async def claim(services: Services, claim_id: UUID) -> Sequence[Outgoing]:
    """Take letters that are due, at most BATCH; what another worker is just taking is passed over."""
    now = services.clock()
    due = select(Outgoing).where(waiting(Channel.MAIL, now)).order_by(col(Outgoing.due_at))
    async with services.database.transaction(of=claim_id) as tx:
        rows = (await tx.session.exec(due.limit(BATCH).with_for_update(skip_locked=True))).all()
        for row in rows:
            row.claim_id, row.claimed_until = claim_id, now + CLAIM
    return rows


async def attempt(services: Services, row: Outgoing, token: str) -> bool:
    """Write down that the letter is handed over now; False where it is not this worker's any more."""
    now = services.clock()
    values = {
        "attempted_at": now,
        "claimed_until": now + CLAIM,
        "tries": row.tries + 1,
        "token_hash": hashed_token(token),
    }
    return await _change(services, row, values, col(Outgoing.attempted_at).is_(None))


async def sent(services: Services, row: Outgoing) -> None:
    """Write down that the server has taken the letter."""
    await _change(services, row, {"sent_at": services.clock()})


async def give_up(services: Services, row: Outgoing, why: str) -> None:
    """Write down that it will not go, and why."""
    await _change(services, row, {"given_up_at": services.clock(), "why": why})


async def postpone(services: Services, row: Outgoing) -> None:
    """Let it wait, twice as long each time; too often, or too late, and it is given up."""
    now, tries = services.clock(), row.tries + 1
    due = now + min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    late = row.expires_at is not None and due >= row.expires_at
    if late or tries >= MOST_TRIES:
        await give_up(services, row, "late" if late else "tried")
        return
    free = {"attempted_at": None, "claim_id": None, "claimed_until": None}
    await _change(services, row, {"due_at": due, "tries": tries, **free})


async def _change(
    services: Services, row: Outgoing, values: Mapping[str, object], *also: ColumnElement[bool]
) -> bool:
    own = (col(Outgoing.id) == row.id, col(Outgoing.claim_id) == row.claim_id)
    open_still = (col(Outgoing.sent_at).is_(None), col(Outgoing.given_up_at).is_(None))
    async with services.database.transaction(of=row.claim_id) as tx:
        done = await tx.session.exec(update(Outgoing).where(*own, *open_still, *also).values(**values))
        return done.rowcount == 1


async def settle(services: Services) -> int:
    """Give up what was handed over by a worker that never told what became of it, and what is too late."""
    now = services.clock()
    pending = (col(Outgoing.sent_at).is_(None), col(Outgoing.given_up_at).is_(None))
    lost = (col(Outgoing.attempted_at).is_not(None), col(Outgoing.claimed_until) <= now)
    late = (col(Outgoing.attempted_at).is_(None), col(Outgoing.expires_at) <= now)
    async with services.database.transaction() as tx:
        unknown = update(Outgoing).where(*pending, *lost).values(given_up_at=now, why="unknown")
        missed = update(Outgoing).where(*pending, *late).values(given_up_at=now, why="late")
        return (await tx.session.exec(unknown)).rowcount + (await tx.session.exec(missed)).rowcount


async def drop_old(services: Services) -> int:
    """Delete what is long done."""
    before = services.clock() - KEPT
    old = or_(col(Outgoing.sent_at) < before, col(Outgoing.given_up_at) < before)
    async with services.database.transaction() as tx:
        return (await tx.session.exec(delete(Outgoing).where(old))).rowcount
