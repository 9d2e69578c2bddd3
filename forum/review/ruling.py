"""Ruling: a moderator decides on what waits, and all that follows is one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from forum.accounts.tables import Account
from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.facts import ItemChanged, MessageRuled
from forum.messages.masking import without_details
from forum.messages.withdrawing import unsend
from forum.review.before import Before
from forum.review.cases import Letter, letter
from forum.review.closing import close, close_alerts, close_reports
from forum.review.decisions import Decision, check
from forum.review.effects import Deed, Effect, carry_out, check_possible
from forum.review.matters import Matter, read_matter
from forum.review.measures import Measured, check_room, impose
from forum.review.outcomes import OPEN_STILL, Action
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services


async def rule(services: Services, decision: Decision) -> Ruling:
    """Carry the decision out, with all that follows from it, in one transaction.

    Raises Invalid for fields to mend (a letter that the pipeline does not pass among them), Conflict when
    somebody was faster, claims it, or the words changed, Forbidden for what is about oneself, NotFound for
    whoever is no moderator (any more).
    """
    check(decision)
    matter = await _read(services, decision)
    masked = None
    if decision.action == Action.RELEASE_MASKED and matter.message is not None:
        masked = await without_details(services, matter.message.id)
    async with _letter(services, decision, matter) as letter_id:
        deed = Deed(decision, services.clock(), masked)
        async with services.database.transaction() as tx:
            return await _write(tx, deed, letter_id)


async def _read(services: Services, decision: Decision) -> Matter:
    """Ask before anything is screened or sent; it is asked again in the transaction."""
    async with services.database.reading() as session:
        matter = await read_matter(session, decision, services.clock())
        check_possible(matter, decision.action)
        await check_room(session, _measured(matter, decision, services.clock()))
    return matter


@asynccontextmanager
async def _letter(services: Services, decision: Decision, matter: Matter) -> AsyncIterator[UUID | None]:
    """Send the letter, and take it back where the decision did not come about."""
    if not decision.letter.strip():
        yield None
        return
    about, member = matter.item.message_id, matter.item.account_id
    letter_id = await letter(services, Letter(about, member, decision.moderator_id, decision.letter))
    try:
        yield letter_id
    except BaseException:
        async with services.database.transaction() as tx:
            await unsend(tx, letter_id)
        raise


def _measured(matter: Matter, decision: Decision, now: datetime) -> Measured:
    return Measured(decision.measure, decision.hours, matter.item.place_id, now)


async def _write(tx: Transaction, deed: Deed, letter_id: UUID | None) -> Ruling:
    decision, now = deed.decision, deed.now
    matter = await read_matter(tx.session, decision, now, lock=True)
    check_possible(matter, decision.action)
    item, measured = matter.item, _measured(matter, decision, now)
    effect = await carry_out(tx, matter, deed)
    before = await _with_measure(tx, item, measured, await _closed(tx, matter, deed, effect))
    ruling = Ruling(
        item_id=item.id,
        message_id=item.message_id,
        account_id=item.account_id,
        moderator_id=decision.moderator_id,
        outcome=effect.outcome,
        reason=decision.reason or ("privacy" if effect.outcome == "released-masked" else ""),
        measure=decision.measure,
        until=measured.until,
        letter_id=letter_id,
        found_by=item.found_by,
        before=before.written(),
        made_at=now,
    )
    tx.session.add(ruling)
    await tx.session.flush()
    await _tell(tx, matter, ruling, decision.action)
    return ruling


async def _with_measure(tx: Transaction, item: ReviewItem, measured: Measured, before: Before) -> Before:
    account = await tx.session.get_one(Account, item.account_id)
    until = account.suspended_until
    return replace(before, suspended_until=until, removal=await impose(tx, account.id, measured))


async def _closed(tx: Transaction, matter: Matter, deed: Deed, effect: Effect) -> Before:
    item, now, by = matter.item, deed.now, deed.decision.moderator_id
    if effect.outcome in OPEN_STILL:
        tx.record(ItemChanged(item.id, item.kind, item.lane, "let-go", by))
        return effect.before
    reports, alerts = await close_reports(tx, item, now), await close_alerts(tx, item, by, now)
    await close(tx, item, now, by)
    return replace(effect.before, reports=reports, alerts=alerts)


async def _tell(tx: Transaction, matter: Matter, ruling: Ruling, action: str) -> None:
    """Record the fact for the member, then the act: whoever appends to the log holds up everybody else."""
    about = ruling.message_id or ruling.letter_id
    if about is not None:
        told = (ruling.outcome, ruling.reason, ruling.made_at, ruling.measure)
        tx.record(MessageRuled(about, matter.item.account_id, *told))
    details = _details(matter.item, ruling) | {"action": action}
    await record(tx, Act(ruling.made_at, ruling.moderator_id, "ruling", matter.subject, details))


def _details(item: ReviewItem, ruling: Ruling) -> dict[str, str | float]:
    return {
        "ruling": str(ruling.id),
        "item": str(item.id),
        "kind": item.kind,
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "rule": item.rule,
        "found_by": item.found_by,
        "measure": ruling.measure,
        "seconds": (ruling.made_at - item.opened_at).total_seconds(),
        "opened": item.opened_at.isoformat(),
    }
