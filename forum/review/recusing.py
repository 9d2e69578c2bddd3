"""Recusing: a moderator notes a conflict with a member, and from then on decides nothing about them."""

from uuid import UUID

from forum.accounts.tables import Account
from forum.accounts.team import is_moderator
from forum.audit.recording import Act, record
from forum.errors import Forbidden, NotFound
from forum.review.eligibility import OWN
from forum.review.tables import Recusal
from forum.services import Services


async def recuse(services: Services, moderator_id: UUID, account_id: UUID) -> None:
    """Note the conflict; noting it again changes nothing. No reason is asked for.

    Raises Forbidden for oneself, NotFound without such a member, and for whoever is no moderator.
    """
    if moderator_id == account_id:
        raise Forbidden(OWN)
    now = services.clock()
    async with services.database.transaction() as tx:
        # Of two at once, the second waits here and finds what the first has written.
        moderator = await tx.session.get(Account, moderator_id, with_for_update=True)
        able = is_moderator(moderator)
        if not able or await tx.session.get(Account, account_id) is None:
            raise NotFound
        if await tx.session.get(Recusal, (moderator_id, account_id)) is not None:
            return
        tx.session.add(Recusal(moderator_id=moderator_id, account_id=account_id, since=now))
        await tx.session.flush()
        await record(tx, Act(now, moderator_id, "recusal", f"account:{account_id}"))
