"""Members as their rows: what signing up leaves behind, without the time it takes."""

from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from forum.accounts.credentials import CODES, hashed_code
from forum.accounts.handles import handle_key, handle_look
from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer, open_session, viewer_of
from forum.accounts.tables import Account, RecoveryCode
from forum.database import Transaction
from forum.guidelines import VERSION

CHEAP = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes with the least that Argon2 allows: tests need the shape, not the cost."""
hashed_once = cache(CHEAP.hash)
"""The same hash for everybody with the same password."""


def newcomer(handle: str, role: Role, password: str, at: datetime) -> Account:
    """Return the row of somebody who signed up then."""
    return Account(
        handle=handle,
        handle_key=handle_key(handle),
        handle_look=handle_look(handle),
        password_hash=hashed_once(password),
        role=role,
        guidelines_version=VERSION,
        created_at=at,
    )


async def settle(tx: Transaction, account: Account, now: datetime) -> tuple[Viewer, str]:
    """Write an account that was seen just now, with its codes and a session; and return the token of that."""
    tx.session.add(account)
    row, token = await open_session(tx, account.id, "Test", account.created_at)
    row.last_seen_at = now
    codes = [_code(account.id) for _ in range(CODES)]
    await (await tx.session.connection()).execute(insert(RecoveryCode), codes)
    return viewer_of(account, row.id), token


def _code(account_id: UUID) -> dict[str, object]:
    return {"id": uuid7(), "account_id": account_id, "code_hash": hashed_code(uuid4().hex)}
