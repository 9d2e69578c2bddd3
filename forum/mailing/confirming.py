"""Confirms e-mail addresses: until its owner has said yes, an address gets one letter and nothing else."""

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.credentials import hashed_token
from forum.accounts.tables import Account
from forum.errors import NotFound
from forum.language import N_
from forum.mail.letters import Letter
from forum.mailing.outbox import enqueue
from forum.mailing.tables import Channel, ClosedAddress, Outgoing
from forum.services import Services

CONFIRM = "confirm-email"
GOOD_FOR = timedelta(hours=48)
MOST_LETTERS = 3
SUBJECT = N_("Please confirm this address")
TEXT = N_(
    "Somebody, most likely you, gave this address to get reminders of appointments.\n\n"
    "If that was you, open this within 48 hours:\n%(yes)s\n\n"
    "If it was not, you need not do anything: nothing else will be sent here. "
    "To make sure that nobody can ask for such a letter again:\n%(stop)s\n"
)


def address_hash(address: str) -> str:
    """Return the form in which an address is compared, and remembered when its owner wants no letters."""
    return hashlib.sha256(f"address:{address.strip().casefold()}".encode()).hexdigest()


async def ask_for_letter(services: Services, account_id: UUID) -> None:
    """Write down that a member's address is to be asked.

    One letter in 48 hours, and three in all, whoever asks; none to an address that is closed. The answer
    is the same every time: it must not tell who else gave the address.
    """
    now = services.clock()
    async with services.database.transaction() as tx:
        account = await tx.session.get_one(Account, account_id)
        if account.email is None or account.email_confirmed_at is not None:
            return
        hashed = address_hash(account.email)
        query = select(Outgoing).where(Outgoing.address_hash == hashed, Outgoing.kind == CONFIRM)
        asked = (await tx.session.exec(query)).all()
        fresh = any(row.due_at > now - GOOD_FOR for row in asked)
        if fresh or len(asked) >= MOST_LETTERS or await _is_closed(tx.session, hashed):
            return
        row = Outgoing(
            key=f"{CONFIRM}:{hashed}:{len(asked)}",
            account_id=account_id,
            channel=Channel.MAIL,
            kind=CONFIRM,
            due_at=now,
            expires_at=now + GOOD_FOR,
            address_hash=hashed,
        )
        await enqueue(tx, row)


async def _is_closed(session: AsyncSession, hashed: str) -> bool:
    return await session.get(ClosedAddress, hashed) is not None


async def word_confirmation(services: Services, row: Outgoing, account: Account, token: str) -> Letter | None:
    """Word the letter that asks; None where the address is gone, confirmed or closed by now."""
    if account.email is None or account.email_confirmed_at or address_hash(account.email) != row.address_hash:
        return None
    async with services.database.reading() as session:
        if await _is_closed(session, row.address_hash):
            return None
    own = f"{services.settings.origin}/settings/email"
    stop = f"{own}/stop/{token}"
    text = services.renderer.say(N_(TEXT.msgid, yes=f"{own}/confirm/{token}", stop=stop))
    return Letter(account.email, services.renderer.say(SUBJECT), text, row.key, row.kind, stop)


async def find_letter(session: AsyncSession, token: str) -> Outgoing:
    """Return the letter that asked, by the token of its links; NotFound where there is none."""
    query = select(Outgoing).where(Outgoing.token_hash == hashed_token(token), Outgoing.kind == CONFIRM)
    row = (await session.exec(query)).first()
    if row is None:
        raise NotFound
    return row


async def confirm(services: Services, token: str) -> bool:
    """Confirm the address; False where the letter is older than 48 hours, or the address has changed."""
    now = services.clock()
    async with services.database.transaction() as tx:
        row = await find_letter(tx.session, token)
        account = await tx.session.get_one(Account, row.account_id)
        fresh = row.attempted_at is not None and row.attempted_at > now - GOOD_FOR
        if not fresh or account.email is None or address_hash(account.email) != row.address_hash:
            return False
        account.email_confirmed_at = account.email_confirmed_at or now
        return True


async def close_address(services: Services, token: str) -> None:
    """Send nothing to the address any more, and forget it wherever a member gave it."""
    async with services.database.transaction() as tx:
        row = await find_letter(tx.session, token)
        if row.address_hash is None or await _is_closed(tx.session, row.address_hash):
            return
        tx.session.add(ClosedAddress(address_hash=row.address_hash, at=services.clock()))
        account = await tx.session.get_one(Account, row.account_id)
        if account.email is not None and address_hash(account.email) == row.address_hash:
            gone = {"email": None, "email_confirmed_at": None}
            await tx.session.exec(update(Account).where(col(Account.id) == account.id).values(**gone))


async def open_address(services: Services, token: str) -> None:
    """Let the address be given again, as its owner changed their mind."""
    async with services.database.transaction() as tx:
        row = await find_letter(tx.session, token)
        closed = await tx.session.get(ClosedAddress, row.address_hash)
        if closed is not None:
            await tx.session.delete(closed)
