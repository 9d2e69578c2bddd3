"""What everybody in a meeting sees of it, and how they are told that it went on."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.database import Transaction
from forum.facts import MeetingChanged, MeetingTold
from forum.meetings.finding import Held, held_at
from forum.meetings.tables import Phase, Question, QuestionVote, Sharing, Turn
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.tables import Place
from realtime import frames
from realtime.frames import Asked, MeetingState, Speaking

REACTIONS = ("with_you", "thank_you", "heard")
"""What others may send to who shares: a few words, counted on the turn's row."""
QUESTIONS_MOST = 200


async def tell(tx: Transaction, held: Held, what: str, now: datetime) -> None:
    """Record that the meeting, which is locked, went on, and what everybody in it sees of it now."""
    held.meeting.version += 1
    await tx.session.flush()
    tx.record(MeetingChanged(held.id, what, now))
    tx.record(MeetingTold(held.id, await state_of_meeting(tx.session, held)))


async def told_now(services: Services, place: Place) -> frames.Payload:
    """Return the frame that tells somebody who comes in how far the meeting is."""
    async with services.database.reading() as session:
        held = await held_at(session, place)
        state = await state_of_meeting(session, held)
    return frames.meeting(place.id, state, stamp(services.clock()))


async def state_of_meeting(session: AsyncSession, held: Held) -> MeetingState:
    """Return how far the meeting is, for everybody in it."""
    turns = await open_turns(session, held.id) if held.meeting.phase == Phase.OPEN else ()
    sharing = next((_speaking(*one) for one in turns if one[0].state == Sharing.SHARING), None)
    hands = tuple((str(t.account_id), handle) for t, handle in turns if t.state == Sharing.WAITING)
    return MeetingState(
        version=held.meeting.version,
        phase=held.meeting.phase,
        starts_at=stamp(held.hours.starts_at),
        closes_at=stamp(held.hours.closes_at),
        transcript=held.transcript,
        step=held.meeting.step,
        step_ends_at=stamp(held.step_ends_at) if held.step_ends_at else None,
        sharing=sharing,
        hands=hands,
        questions=await asked_in(session, held.id) if held.gathering.takes_questions else (),
    )


def _speaking(turn: Turn, handle: str) -> Speaking:
    counts = {name: getattr(turn, name) for name in REACTIONS}
    return Speaking(str(turn.id), str(turn.account_id), handle, stamp(turn.ends_at), turn.from_seq, counts)


async def open_turns(session: AsyncSession, place_id: UUID) -> Sequence[tuple[Turn, str]]:
    """Return the turns that wait or are taken, in order, each with the member's handle."""
    query = (
        select(Turn, Account.handle)
        .join(Account, col(Account.id) == col(Turn.account_id))
        .where(Turn.place_id == place_id, Turn.state != Sharing.OVER)
        .order_by(col(Turn.number))
    )
    return (await session.exec(query)).all()


async def asked_in(session: AsyncSession, place_id: UUID) -> tuple[Asked, ...]:
    """Return the questions that everybody can read: open ones first, then by votes, then in order."""
    votes = (
        select(func.count())
        .select_from(QuestionVote)
        .where(col(QuestionVote.message_id) == col(Question.message_id))
        .scalar_subquery()
    )
    answered = col(Question.answered_at).is_not(None)
    query = (
        select(Question.message_id, Question.answered_at, votes)
        .join(Message, col(Message.id) == col(Question.message_id))
        .where(Question.place_id == place_id, Message.state == State.PUBLISHED)
        .order_by(answered, votes.desc(), col(Message.seq))
        .limit(QUESTIONS_MOST)
    )
    return tuple(Asked(str(found), count, at is not None) for found, at, count in await session.exec(query))


def stamp(moment: datetime | None) -> str:
    """Return a moment as scripts read it; the empty string for none."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else ""
