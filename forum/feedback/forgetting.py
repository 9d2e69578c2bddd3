"""Forgets who has answered, when answers are taken no more."""

from sqlmodel import col, delete, select

from forum.calendar.tables import Occurrence
from forum.feedback.dates import OPEN_FOR
from forum.feedback.tables import FeedbackGiven
from forum.jobs import Job
from forum.services import Services

HOUR = 3_600.0


async def forget_who_answered(services: Services) -> int:
    """Delete the marks of dates that are asked about no more; returns how many."""
    over = select(Occurrence.id).where(col(Occurrence.ends_at) <= services.clock() - OPEN_FOR)
    async with services.database.transaction() as tx:
        gone = delete(FeedbackGiven).where(col(FeedbackGiven.occurrence_id).in_(over))
        return (await tx.session.exec(gone)).rowcount


FORGET = Job("forget-who-answered", HOUR, forget_who_answered)
