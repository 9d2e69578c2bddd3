"""Delivers letters that are due: claimed, worded now, handed over once, and written down."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

import structlog

from forum.accounts.tables import Account
from forum.mail.letters import Letter, Refused, TryLater, Unsure
from forum.mailing.outbox import anything_waits, attempt, claim, give_up, postpone, sent, settle
from forum.mailing.tables import Outgoing
from forum.services import Services

Word = Callable[[Services, Outgoing, Account, str], Awaitable[Letter | None]]
"""Words a letter of one kind, with the token of its links; None where it is not wanted any more."""
TOKEN_BYTES = 32

log = structlog.get_logger()


async def deliver(services: Services, kinds: Mapping[str, Word]) -> int:
    """Hand over every letter that is due, and return how many were taken.

    A letter is handed over at most once: one too few is better than the same one twice. Whoever is killed
    before `attempt` leaves the letter to the next worker; whoever is killed after it leaves it given up.
    """
    done = 0
    if not await anything_waits(services):
        return 0
    await settle(services)
    claim_id = uuid4()
    while rows := await claim(services, claim_id):
        for row in rows:
            done += await _deliver(services, kinds[row.kind], row)
    return done


async def _deliver(services: Services, word: Word, row: Outgoing) -> int:
    async with services.database.reading() as session:
        account = await session.get_one(Account, row.account_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    try:
        letter = await word(services, row, account, token)
    except Exception as error:  # noqa: BLE001 - one letter's failure must not keep back the others
        log.error("mail.not-worded", kind=row.kind, error=type(error).__name__)
        await postpone(services, row)
        return 0
    if letter is None:
        await give_up(services, row, "unwanted")
        return 0
    if not await attempt(services, row, token):
        return 0
    return await _hand_over(services, row, letter)


async def _hand_over(services: Services, row: Outgoing, letter: Letter) -> int:
    try:
        await services.mailer.send(letter)
    except TryLater as fault:
        log.warning("mail.later", kind=row.kind, tries=row.tries + 1, fault=str(fault))
        await postpone(services, row)
        return 0
    except (Refused, Unsure) as fault:
        why = "refused" if isinstance(fault, Refused) else "unknown"
        log.warning("mail.given-up", kind=row.kind, why=why, fault=str(fault))
        await give_up(services, row, why)
        return 0
    except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have gone
        log.error("mail.failed", kind=row.kind, error=type(error).__name__)
        await give_up(services, row, "unknown")
        return 0
    await sent(services, row)
    return 1
