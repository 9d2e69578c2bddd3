"""The private address of a member's feed: made, shown once, renewed and ended; only a hash is kept."""

import secrets
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.credentials import hashed_token
from forum.accounts.tables import Account
from forum.calendar.feeds.tables import CalendarChoice
from forum.database import Transaction
from forum.errors import NotFound
from forum.naming import screen_name
from forum.services import Services

TOKEN_BYTES = 32
"""256 bits: nobody finds an address by trying."""


async def make_address(services: Services, account_id: UUID) -> str:
    """Return the path of a new feed; the one before, if there was one, ends with it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with services.database.transaction() as tx:
        choice = await _own(tx, account_id)
        choice.token_hash, choice.made_at = hashed_token(token), services.clock()
    return f"/calendar/{token}.ics"


async def end_address(services: Services, account_id: UUID) -> None:
    """Let the feed be found no more."""
    async with services.database.transaction() as tx:
        choice = await _own(tx, account_id)
        choice.token_hash = choice.made_at = None


async def choose_look(services: Services, account_id: UUID, title: str, *, with_link: bool) -> None:
    """Keep what entries and letters are called; NameNotPossible where the pipeline does not let it pass."""
    shown = await screen_name(services, title) if title.strip() else ""
    async with services.database.transaction() as tx:
        choice = await _own(tx, account_id)
        choice.title, choice.with_link = shown, with_link


async def choice_of(session: AsyncSession, account_id: UUID) -> CalendarChoice:
    """Return what a member chose, or what counts until they do."""
    return await session.get(CalendarChoice, account_id) or CalendarChoice(account_id=account_id)


async def whose(session: AsyncSession, token: str) -> tuple[Account, CalendarChoice]:
    """Return the member whose feed it is; NotFound for an address that never was, or is no more."""
    query = (
        select(Account, CalendarChoice)
        .join(CalendarChoice, col(CalendarChoice.account_id) == col(Account.id))
        .where(CalendarChoice.token_hash == hashed_token(token))
    )
    found = (await session.exec(query)).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


async def _own(tx: Transaction, account_id: UUID) -> CalendarChoice:
    choice = await choice_of(tx.session, account_id)
    tx.session.add(choice)
    return choice
