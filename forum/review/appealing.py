"""Appealing: an author asks that another moderator look again at what was decided about their words."""

from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession
from uuid_utils.compat import uuid7

from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.errors import Conflict, ForumError, Invalid, NotFound
from forum.facts import AppealMade
from forum.language import N_
from forum.messages.answering import refusal
from forum.messages.publishing import submit
from forum.messages.submission import Asked, Choice, Held, Published, Refused, Reply, Submission
from forum.messages.tables import Message
from forum.review.cases import EMPTY, place_of
from forum.review.decided import Decided, appeal_against, rulings_about, stands_against
from forum.review.items import PERSON, Kind
from forum.review.severity import APPEALS
from forum.review.tables import Appeal, ReviewItem
from forum.services import Services
from forum.spaces.tables import AMONG_MEMBERS, Place, PlaceKind

LATE = N_(
    "This was decided more than six months ago, so it cannot be appealed any more. "
    "Thank you for caring about it. What you write today is judged afresh."
)
NOTHING = N_(
    "There is nothing to appeal here: it waits for a person, or the decision was taken back already."
)
ONCE = N_("You have asked for this to be looked at again already. The answer comes here.")


@dataclass(frozen=True, slots=True)
class Plea:
    """Why an author thinks that a decision about their message was not right."""

    about_id: UUID
    author_id: UUID
    text: str = field(repr=False)


async def appeal(services: Services, plea: Plea) -> Appeal:
    """Keep the author's words in their case, and let the decision wait for another moderator.

    The same words again are the same appeal. Raises NotFound for anybody but the author; Conflict where
    nothing can be appealed (any more) or it was already, and Invalid("text") for words that cannot be kept:
    what was typed is in the error's `kept`.
    """
    try:
        return await _appeal(services, plea)
    except ForumError as error:
        error.kept = error.kept or plea.text
        raise


async def _appeal(services: Services, plea: Plea) -> Appeal:
    if not plea.text.strip():
        raise Invalid({"text": EMPTY})
    async with services.database.transaction() as tx:
        decided = await _appealable(services, tx.session, plea)
        earlier = await appeal_against(tx.session, decided)
        if earlier is not None:
            return await _the_same(tx.session, earlier, _nonce(decided, plea))
        about = (decided.about_id, plea.author_id)
        place_id = await place_of(tx, *about, PlaceKind.CASE, services.clock())
    letter_id = await _say(services, decided, plea, place_id)
    try:
        async with services.database.transaction() as tx:
            decided = await _appealable(services, tx.session, plea)
            return await _open(services, tx, decided, letter_id)
    except IntegrityError:
        # The same author was faster, somewhere else; the words of both are in the case.
        async with services.database.reading() as session:
            earlier = await appeal_against(session, decided)
        if earlier is None:
            raise
        return earlier


async def _appealable(services: Services, session: AsyncSession, plea: Plea) -> Decided:
    message = await session.get(Message, plea.about_id)
    if message is None or message.author_id != plea.author_id:
        raise NotFound
    place = await session.get_one(Place, message.place_id)
    if place.kind not in AMONG_MEMBERS:
        raise NotFound
    decided = stands_against(message, await rulings_about(session, message.id))
    if decided is None:
        raise Conflict(NOTHING)
    if services.clock() > decided.until:
        raise Conflict(LATE)
    return decided


async def _the_same(session: AsyncSession, earlier: Appeal, nonce: UUID) -> Appeal:
    """A form that was sent twice is answered with what became of the first."""
    words = await session.get_one(Message, earlier.letter_id)
    if words.nonce != nonce:
        raise Conflict(ONCE)
    return earlier


def _nonce(decided: Decided, plea: Plea) -> UUID:
    """The same words about the same decision are one letter; other words are never lost for it."""
    return uuid5(decided.key, sha256(plea.text.strip().encode(errors="replace")).hexdigest())


async def _say(services: Services, decided: Decided, plea: Plea, place_id: UUID) -> UUID:
    submission = Submission(
        Reply(place_id), plea.author_id, plea.text, _nonce(decided, plea), choice=Choice.ASK
    )
    answer = await submit(services, submission)
    match answer:
        case Published(message_id=message_id) | Held(message_id=message_id):
            return message_id
        case Refused():
            raise Invalid({"text": refusal(answer)})
        case Asked():
            raise AssertionError("whoever asks for a person is not asked anything")


async def _open(services: Services, tx: Transaction, decided: Decided, letter_id: UUID) -> Appeal:
    now = services.clock()
    message = await tx.session.get_one(Message, decided.about_id)
    place = await tx.session.get_one(Place, message.place_id)
    item = ReviewItem(
        id=uuid7(),
        kind=Kind.APPEAL,
        message_id=message.id,
        account_id=message.author_id,
        place_id=place.id,
        space_id=place.space_id,
        severity=APPEALS,
        found_by=PERSON,
        opened_at=now,
    )
    tx.session.add(item)
    await tx.session.flush()
    made = Appeal(
        about_id=message.id,
        ruling_id=decided.ruling_id,
        account_id=message.author_id,
        item_id=item.id,
        letter_id=letter_id,
        made_at=now,
    )
    tx.session.add(made)
    await tx.session.flush()
    tx.record(AppealMade(made.id, item.id, message.id, message.author_id, now))
    details = {"against": decided.by, "ruling": str(made.ruling_id) if made.ruling_id else None}
    await record(tx, Act(now, message.author_id, "appeal-made", f"message:{message.id}", details))
    return made
