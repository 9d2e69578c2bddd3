"""Coming back: with a password, or with a recovery code."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select, update

from forum.accounts.credentials import LONGEST, check_password, hashed_code, new_codes
from forum.accounts.handles import handle_key
from forum.accounts.sessions import end_sessions, open_session
from forum.accounts.tables import Account, RecoveryCode
from forum.database import Transaction
from forum.errors import ForumError, Invalid, TooManyRequests
from forum.language import N_
from forum.services import Services
from realtime.backplane import Allowance

PER_BOTH = Allowance(10, 600)
PER_HANDLE = Allowance(100, 600)
PER_ADDRESS = Allowance(40, 600)
"""OWASP ASVS 5.0, 6.3.1 asks for controls against guessing; the figures are ours, to forgive a bad night.

A handle alone allows more, so that nobody can keep its owner out by guessing from somewhere else.
"""


class WrongCredentials(ForumError):
    """The handle or the secret is wrong: which of the two is not told."""

    status = 422
    reason = "credentials"
    words = N_("That handle and password do not belong together. Check both and try again.")


WRONG_CODE = N_("That handle and code do not belong together, or the code was used before.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to come in; `address` is only counted, never kept."""

    handle: str
    secret: str
    address: str
    label: str = "Browser"


async def slow_down(services: Services, handle: str, address: str) -> None:
    """Count a try against the handle and the address; TooManyRequests says how long to wait."""
    for key, allowance in (
        (f"enter:both:{handle_key(handle)}:{address}", PER_BOTH),
        (f"enter:handle:{handle_key(handle)}", PER_HANDLE),
        (f"enter:from:{address}", PER_ADDRESS),
    ):
        wait = await services.backplane.spend(key, allowance)
        if wait:
            raise TooManyRequests(wait, N_("That was a lot of tries. Wait a few minutes, then try again."))


async def sign_in(services: Services, attempt: Attempt) -> str:
    """Return a new session's token; WrongCredentials or TooManyRequests."""
    await slow_down(services, attempt.handle, attempt.address)
    account = await _account(services, attempt.handle)
    secret = attempt.secret[:LONGEST]
    if (
        not await services.passwords.match(secret, account.password_hash if account else None)
        or account is None
    ):
        raise WrongCredentials
    async with services.database.transaction() as tx:
        fresh = await tx.session.get_one(Account, account.id)
        if fresh.password_hash != account.password_hash:
            raise WrongCredentials  # it was changed meanwhile, and every session of the old one ended
        _, token = await open_session(tx, account.id, attempt.label, services.clock())
    return token


async def recover(services: Services, attempt: Attempt, password: str) -> str:
    """Spend a code, set the new password, end every session and return a new one's token.

    Raises Invalid for the code or the password, TooManyRequests after too many tries.
    """
    await slow_down(services, attempt.handle, attempt.address)
    _check_new(password, attempt.handle)
    account = await _account(services, attempt.handle)
    if account is None:
        raise Invalid({"code": WRONG_CODE})
    password_hash, now = await services.passwords.make(password), services.clock()
    async with services.database.transaction() as tx:
        if not await _spend_code(tx, account.id, attempt.secret, services):
            raise Invalid({"code": WRONG_CODE})
        await _set_password(tx, account.id, password_hash)
        await end_sessions(tx, account.id, now)
        _, token = await open_session(tx, account.id, attempt.label, now)
    return token


async def _spend_code(tx: Transaction, account_id: UUID, code: str, services: Services) -> bool:
    unused = (
        col(RecoveryCode.account_id) == account_id,
        col(RecoveryCode.code_hash) == hashed_code(code),
        col(RecoveryCode.used_at).is_(None),
    )
    result = await tx.session.exec(update(RecoveryCode).where(*unused).values(used_at=services.clock()))
    return result.rowcount == 1


async def change_password(services: Services, account_id: UUID, current: str, new: str, kept: UUID) -> None:
    """Set a new password and end every other session; Invalid when the current one is wrong."""
    account = await check_current(services, account_id, current)
    _check_new(new, account.handle)
    password_hash = await services.passwords.make(new)
    async with services.database.transaction() as tx:
        await _set_password(tx, account_id, password_hash)
        await end_sessions(tx, account_id, services.clock(), kept)


async def renew_codes(services: Services, account_id: UUID, current: str) -> list[str]:
    """Return eight new codes; the old ones stop working. Invalid when the password is wrong."""
    await check_current(services, account_id, current)
    codes = new_codes()
    async with services.database.transaction() as tx:
        old = update(RecoveryCode).where(col(RecoveryCode.account_id) == account_id)
        await tx.session.exec(old.where(col(RecoveryCode.used_at).is_(None)).values(used_at=services.clock()))
        tx.session.add_all(RecoveryCode(account_id=account_id, code_hash=hashed_code(code)) for code in codes)
    return codes


async def codes_left(services: Services, account_id: UUID) -> int:
    """Return how many recovery codes still work."""
    async with services.database.reading() as session:
        query = select(func.count()).where(
            col(RecoveryCode.account_id) == account_id, col(RecoveryCode.used_at).is_(None)
        )
        return (await session.exec(query)).one()


async def check_current(services: Services, account_id: UUID, current: str) -> Account:
    """Return the account if this is its password; Invalid at `current`, or TooManyRequests."""
    async with services.database.reading() as session:
        account = await session.get_one(Account, account_id)
    await slow_down(services, account.handle, f"account:{account_id}")
    if not await services.passwords.match(current[:LONGEST], account.password_hash):
        raise Invalid({"current": N_("This is not your current password.")})
    return account


def _check_new(password: str, handle: str) -> None:
    try:
        check_password(password, handle)
    except ForumError as error:
        raise Invalid({"password": error.words}) from None


async def _set_password(tx: Transaction, account_id: UUID, password_hash: str) -> None:
    await tx.session.exec(
        update(Account).where(col(Account.id) == account_id).values(password_hash=password_hash)
    )


async def _account(services: Services, handle: str) -> Account | None:
    async with services.database.reading() as session:
        return (await session.exec(select(Account).where(Account.handle_key == handle_key(handle)))).first()
