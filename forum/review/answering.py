"""Answering an appeal: somebody who did not decide looks again, and says in words what comes of it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.errors import ForumError, Invalid, NotFound
from forum.facts import MessageRuled
from forum.language import N_
from forum.messages.restoring import bring_back
from forum.messages.tables import Message, State
from forum.messages.withdrawing import unsend
from forum.review.cases import Letter, letter
from forum.review.closing import close
from forum.review.decided import MACHINE, PERSON, is_followed, refused_by_machine
from forum.review.eligibility import objection
from forum.review.items import Kind
from forum.review.matters import SHARED
from forum.review.measures import lift
from forum.review.outcomes import Action
from forum.review.tables import Appeal, ReviewItem, Ruling
from forum.review.undoing import APPEAL, Taking, take_back
from forum.review.who import who_is
from forum.services import Services
from moderation.markup import tidy

OUTCOMES = {Action.UPHOLD: "upheld", Action.DECLINE: "declined"}
IN_WORDS = N_("Answer in words: the author reads them.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a moderator says to an appeal, on the `version` of the item that they saw.

    `action` is uphold (the author was right) or decline; `reason` is the slug of a guideline, or empty.
    """

    item_id: UUID
    moderator_id: UUID
    version: int
    action: str
    text: str = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The appeal as it was decided; `restored` is False where words could not be brought back."""

    appeal: Appeal
    restored: bool


async def decide_appeal(services: Services, answer: Answer) -> Answered:
    """Send the answer and do what it says, so that neither happens without the other, or twice.

    Raises Invalid("letter") for words that are missing or that the pipeline does not pass, Invalid("action")
    for anything but uphold or decline, NotFound without such an appeal or the role, Forbidden for whoever
    decided what is appealed, is the author or has a conflict with them, Conflict when somebody was faster.
    """
    if answer.action not in OUTCOMES:
        raise Invalid({"action": N_("Choose what is to be done.")})
    if not answer.text.strip():
        raise Invalid({"letter": IN_WORDS})
    async with services.database.reading() as session:
        _, appeal = await _ready(session, answer, services.clock())
    async with _sent(services, appeal, answer) as letter_id, services.database.transaction() as tx:
        return await _decide(tx, answer, letter_id, services.clock())


async def _ready(
    session: AsyncSession, answer: Answer, now: datetime, *, lock: bool = False
) -> tuple[ReviewItem, Appeal]:
    held = True if lock else None
    if lock:
        await session.get(Account, answer.moderator_id, with_for_update=SHARED)
    item = await session.get(ReviewItem, answer.item_id, with_for_update=held)
    if item is None or item.kind != Kind.APPEAL:
        raise NotFound
    error = objection(await who_is(session, answer.moderator_id, item), item, answer.version, now)
    if error is not None:
        raise error
    appeal = (await session.exec(select(Appeal).where(Appeal.item_id == item.id))).one()
    return item, appeal


@asynccontextmanager
async def _sent(services: Services, appeal: Appeal, answer: Answer) -> AsyncIterator[UUID]:
    """Send the answer once, however often it is tried; take it back where the decision did not come about."""
    nonce = await _nonce(services, appeal, answer)
    about = (appeal.about_id, appeal.account_id)
    letter_id = await letter(services, Letter(*about, answer.moderator_id, answer.text, nonce))
    try:
        yield letter_id
    except ForumError:
        # Anything else may be a crash, after which the same answer is tried again.
        async with services.database.transaction() as tx:
            await unsend(tx, letter_id)
        raise


async def _nonce(services: Services, appeal: Appeal, answer: Answer) -> UUID:
    """Return the nonce of this answer, an earlier try's if the words are the same; other words are unsent.

    Only one's own: somebody else's letter may be on its way to being the answer.
    """
    nonce = _first(appeal)
    async with services.database.transaction() as tx:
        while tried := await _tried(tx.session, nonce):
            own = [one for one in tried if one.author_id == answer.moderator_id]
            if own and own[0].state == State.PUBLISHED and own[0].text == tidy(answer.text):
                return nonce
            for letter_of_theirs in own:
                await unsend(tx, letter_of_theirs.id)
            nonce = uuid5(nonce, "again")
    return nonce


def _first(appeal: Appeal) -> UUID:
    return uuid5(appeal.id, "answer")


async def _tried(session: AsyncSession, nonce: UUID) -> Sequence[Message]:
    return (await session.exec(select(Message).where(Message.nonce == nonce))).all()


async def _unsend_others(tx: Transaction, appeal: Appeal, letter_id: UUID) -> None:
    """Take back what else was sent as an answer: by who was slower, or before a crash."""
    nonce = _first(appeal)
    while tried := await _tried(tx.session, nonce):
        for one in tried:
            if one.id != letter_id:
                await unsend(tx, one.id)
        nonce = uuid5(nonce, "again")


async def _decide(tx: Transaction, answer: Answer, letter_id: UUID, now: datetime) -> Answered:
    item, appeal = await _ready(tx.session, answer, now, lock=True)
    await _unsend_others(tx, appeal, letter_id)
    restored = await _restore(tx, appeal, answer, now) if answer.action == Action.UPHOLD else True
    outcome = OUTCOMES[Action(answer.action)]
    appeal.decided_at, appeal.decided_by = now, answer.moderator_id
    appeal.outcome, appeal.answer_id = outcome, letter_id
    ruling = Ruling(
        item_id=item.id,
        message_id=appeal.about_id,
        account_id=appeal.account_id,
        moderator_id=answer.moderator_id,
        outcome=f"appeal-{outcome}",
        reason=answer.reason,
        letter_id=letter_id,
        found_by=item.found_by,
        made_at=now,
    )
    tx.session.add(ruling)
    await close(tx, item, now, answer.moderator_id)
    tx.record(MessageRuled(appeal.about_id, appeal.account_id, ruling.outcome, answer.reason, now))
    details: dict[str, str | float] = {
        "outcome": outcome,
        "reason": answer.reason,
        "by": PERSON if appeal.ruling_id else MACHINE,
        "seconds": (now - item.opened_at).total_seconds(),
    }
    await record(tx, Act(now, answer.moderator_id, "appeal-decided", f"message:{appeal.about_id}", details))
    return Answered(appeal, restored)


async def _restore(tx: Transaction, appeal: Appeal, answer: Answer, now: datetime) -> bool:
    """Take back what was decided; False where the words could not be brought back."""
    message = await tx.session.get_one(Message, appeal.about_id, with_for_update=True)
    if appeal.ruling_id is None:
        if not refused_by_machine(message):
            return message.state == State.PUBLISHED
        return await bring_back(tx, message, now)
    ruling = await tx.session.get_one(Ruling, appeal.ruling_id, with_for_update=True)
    taking = Taking(answer.moderator_id, APPEAL, now)
    if ruling.undone_at is not None:
        return True
    if not await is_followed(tx.session, ruling, by_appeal=True):
        return (await take_back(tx, ruling.id, taking)).restored
    # A later decision about the words stands, and can be appealed by itself.
    ruling.undone_at, ruling.undone_by, ruling.undone_how = now, answer.moderator_id, APPEAL
    await tx.session.flush()
    await lift(tx, ruling, now)
    details = {"ruling": str(ruling.id), "how": APPEAL}
    await record(tx, Act(now, answer.moderator_id, "ruling-undone", f"message:{message.id}", details))
    return False


async def appeal_of(session: AsyncSession, item_id: UUID) -> Appeal | None:
    """Return the appeal that waits, or waited, as this item."""
    return (await session.exec(select(Appeal).where(col(Appeal.item_id) == item_id))).first()
