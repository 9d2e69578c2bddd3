"""Renaming: a handle that hurts others gives way to a plain one, until its member chooses anew."""

from secrets import randbelow

from sqlmodel import or_, select

from forum.accounts.handles import handle_key, handle_look
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict
from forum.language import N_

PLAIN = "member-{number}"
TRIES = 5


async def give_plain_handle(tx: Transaction, account: Account) -> str:
    """Give the member a plain handle that nobody has; return the one they had."""
    had = account.handle
    for _ in range(TRIES):
        if await give_handle(tx, account, PLAIN.format(number=100_000 + randbelow(900_000))):
            return had
    raise Conflict(N_("No free handle was found. Try again."))


async def give_handle(tx: Transaction, account: Account, handle: str) -> bool:
    """Give the member a handle that was passed before, or is plain; False where somebody else has it."""
    key, look = handle_key(handle), handle_look(handle)
    taken = select(Account.id).where(
        or_(Account.handle_key == key, Account.handle_look == look), Account.id != account.id
    )
    if (await tx.session.exec(taken.limit(1))).first() is not None:
        return False
    account.handle, account.handle_key, account.handle_look = handle, key, look
    await tx.session.flush()
    return True
