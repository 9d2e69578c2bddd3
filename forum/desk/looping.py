"""Deciding on what is in the care lane: nothing there is closed without a word of how it ended."""

from uuid import UUID

from forum.errors import Invalid
from forum.language import N_
from forum.messages.withdrawing import unsend
from forum.review.cases import Remark, remark
from forum.review.decisions import Decision, check
from forum.review.items import URGENT
from forum.review.outcomes import Action
from forum.review.ruling import rule
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services

HOW_IT_ENDED = N_("Write how it ended, for the team: who answered, and what comes next.")


async def decide(services: Services, item: ReviewItem, decision: Decision, closing: str) -> Ruling:
    """Carry the decision out; where somebody may be in danger, with the closing words in the team's notes.

    Raises what `rule` raises, and Invalid("closing") without words that the team can read; then nothing is
    kept. No transaction may be open.
    """
    if item.lane != URGENT or item.message_id is None or decision.action == Action.ESCALATE:
        return await rule(services, decision)
    check(decision)
    note_id = await _note(services, item, decision, closing)
    try:
        return await rule(services, decision)
    except BaseException:
        async with services.database.transaction() as tx:
            await unsend(tx, note_id)
        raise


async def _note(services: Services, item: ReviewItem, decision: Decision, closing: str) -> UUID:
    if not closing.strip():
        raise Invalid({"closing": HOW_IT_ENDED})
    try:
        return await remark(
            services, Remark(item.message_id, item.account_id, decision.moderator_id, closing)
        )
    except Invalid as invalid:
        raise Invalid({"closing": invalid.fields.get("why", HOW_IT_ENDED)}) from None
