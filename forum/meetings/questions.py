"""Questions of a workshop: lines that ask something, votes for them, and which were answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Forbidden, NotFound
from forum.language import N_
from forum.meetings.finding import Held, find_meeting, locked
from forum.meetings.tables import Phase, Question, QuestionVote
from forum.meetings.telling import asked_in, tell
from forum.messages.publishing import submit
from forum.messages.reading import show_rows
from forum.messages.submission import Answer, Asked, Refused, Reply, Submission
from forum.messages.tables import Message, State
from forum.services import Services
from forum.shown import Shown

NO_QUESTIONS = N_("Questions are not collected in this meeting. Say it in the room instead.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A question as one guest sees it."""

    message: Shown
    votes: int
    answered: bool
    mine: bool
    voted: bool


async def ask(services: Services, viewer: Viewer, submission: Submission) -> Answer:
    """Say something through the one door, as a question; a held one is listed once it is published.

    The mark follows in a transaction of its own: whoever sends the same nonce again finds it made good.
    """
    assert isinstance(submission.target, Reply)  # noqa: S101 - made so by the form's handler
    place_id = submission.target.place_id
    async with services.database.reading() as session:
        held = await find_meeting(session, place_id, viewer)
    if not held.gathering.takes_questions:
        raise Forbidden(NO_QUESTIONS, kept=submission.text)
    answer = await submit(services, submission)
    if not isinstance(answer, Asked | Refused):
        async with services.database.transaction() as tx:
            await _mark(tx, place_id, answer.message_id, services)
    return answer


async def _mark(tx: Transaction, place_id: UUID, message_id: UUID, services: Services) -> None:
    held = await locked(tx, place_id)
    if await tx.session.get(Question, message_id) is None:
        tx.session.add(Question(message_id=message_id, place_id=place_id))
        await tell(tx, held, "question", services.clock())


async def vote(tx: Transaction, question: Question, account_id: UUID, *, wanted: bool) -> bool:
    """Vote for a question, once, or take it back."""
    own = await tx.session.get(QuestionVote, (question.message_id, account_id))
    if (own is not None) == wanted:
        return False
    if own is None:
        tx.session.add(QuestionVote(message_id=question.message_id, account_id=account_id))
    else:
        await tx.session.delete(own)
    return True


def answered(question: Question, now: datetime) -> bool:
    """Mark a question as answered."""
    was, question.answered_at = question.answered_at, question.answered_at or now
    return was is None


async def open_question(session: AsyncSession, held: Held, message_id: UUID) -> Question:
    """Return a question that everybody can read, of a meeting that is open; NotFound for any other."""
    query = (
        select(Question)
        .join(Message, col(Message.id) == col(Question.message_id))
        .where(Question.message_id == message_id, Question.place_id == held.id)
        .where(Message.state == State.PUBLISHED)
    )
    question = (await session.exec(query)).first()
    if question is None or held.meeting.phase != Phase.OPEN:
        raise NotFound
    return question


async def listed(session: AsyncSession, held: Held, viewer: Viewer) -> tuple[Listed, ...]:
    """Return the questions as one guest sees them: open ones first, by votes, then in order."""
    asked = {UUID(one.id): one for one in await asked_in(session, held.id)}
    rows = (
        await session.exec(
            select(Message, Account)
            .join(Account, col(Account.id) == col(Message.author_id))
            .where(col(Message.id).in_(asked))
        )
    ).all()
    shown = {one.id: one for one in await show_rows(session, rows)}
    own = select(QuestionVote.message_id).where(
        QuestionVote.account_id == viewer.id, col(QuestionVote.message_id).in_(asked)
    )
    voted = set((await session.exec(own)).all())
    return tuple(
        Listed(shown[key], one.votes, one.answered, shown[key].author.id == viewer.id, key in voted)
        for key, one in asked.items()
        if key in shown
    )
