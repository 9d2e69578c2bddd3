"""Answering the three questions: once each, and without a trace of who answered how."""

from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.errors import Conflict
from forum.feedback.dates import check_asked, find_past
from forum.feedback.questions import Answers, counter
from forum.feedback.tables import Feedback, FeedbackGiven
from forum.language import N_
from forum.services import Services

ALREADY = N_("You have answered already. Your first answer counts, and nobody can tell which one it is.")


async def answer(services: Services, viewer: Viewer, occurrence_id: UUID, answers: Answers) -> None:
    """Count a guest's answers; Conflict for who has answered, and what `check_asked` raises.

    The date is locked first, so of two who answer at once each is counted, and of one who answers twice the
    first: nothing but the counts tells what was said (see `tables.py`).
    """
    async with services.database.transaction() as tx:
        date = await find_past(tx.session, occurrence_id, viewer, locked=True)
        check_asked(date, services.clock())
        if await has_answered(tx.session, occurrence_id, viewer.id):
            raise Conflict(ALREADY)
        tx.session.add(FeedbackGiven(occurrence_id=occurrence_id, account_id=viewer.id))
        if await tx.session.get(Feedback, occurrence_id) is None:
            tx.session.add(Feedback(occurrence_id=occurrence_id))
        await tx.session.flush()
        counters = [counter(question, choice) for question, choice in answers.items()]
        counted = {name: getattr(Feedback, name) + 1 for name in counters}
        row = update(Feedback).where(col(Feedback.occurrence_id) == occurrence_id).values(**counted)
        await tx.session.exec(row.execution_options(synchronize_session=False))


async def has_answered(session: AsyncSession, occurrence_id: UUID, account_id: UUID) -> bool:
    """Whether somebody has answered about this date; known only while it is asked."""
    return await session.get(FeedbackGiven, (occurrence_id, account_id)) is not None
