"""What the clock asks for: reminders, and erasing refused words, ended sessions, old notices."""

from datetime import timedelta

from sqlmodel import col, delete, or_, select, update

from forum.accounts.tables import Session
from forum.feedback.forgetting import FORGET
from forum.jobs import Job
from forum.meetings.erasing import erase_words, to_be_erased
from forum.meetings.ticking import JOBS as MEETINGS
from forum.messages.tables import Message
from forum.messages.withdrawing import erase_refused_before
from forum.notifications.tables import Notice
from forum.reminders.work import JOBS as REMINDERS
from forum.review.tables import Appeal, Report, ReviewItem
from forum.services import Services

MINUTE, HOUR = 60.0, 3_600.0
NOTICES_KEPT = timedelta(days=180)
ENDED_KEPT = timedelta(days=7)
"""Ended sessions stay visible to nobody; a week is enough to look into a complaint."""


async def erase_refused(services: Services) -> int:
    """Erase the words of refused and taken-down messages, and of closed reports, after the days set.

    While an appeal about them waits, they stay: whoever looks again has to read them.
    """
    moment = services.clock() - timedelta(days=services.settings.refused_days)
    appealed = select(Appeal.about_id).where(col(Appeal.decided_at).is_(None))
    async with services.database.transaction() as tx:
        erased = await erase_refused_before(tx, moment, appealed)
        old = (col(Report.closed_at) < moment, col(Report.text) != "")
        closed = await tx.session.exec(update(Report).where(*old).values(text=""))
        return erased + closed.rowcount


async def drop_sessions(services: Services) -> int:
    """Delete sessions that ended, or that nobody came back to."""
    now = services.clock()
    stale = now - timedelta(days=services.settings.session_days) - ENDED_KEPT
    gone = or_(col(Session.ended_at) < now - ENDED_KEPT, col(Session.last_seen_at) < stale)
    async with services.database.transaction() as tx:
        return (await tx.session.exec(delete(Session).where(gone))).rowcount


async def drop_notices(services: Services) -> int:
    """Delete notices of half a year ago."""
    old = col(Notice.at) < services.clock() - NOTICES_KEPT
    async with services.database.transaction() as tx:
        return (await tx.session.exec(delete(Notice).where(old))).rowcount


async def erase_transcripts(services: Services) -> int:
    """Erase what was said in meetings that are over and keep nothing; what waits at the desk waits on."""
    about = col(Message.id) == col(ReviewItem.message_id)
    waits = select(Message.id).join(ReviewItem, about).where(col(ReviewItem.closed_at).is_(None))
    async with services.database.reading() as session:
        places = await to_be_erased(session)
    erased = [await erase_words(services, place_id, waits) for place_id in places]
    return sum(erased)


JOBS = (
    *REMINDERS,
    *MEETINGS,
    Job("erase-transcripts", MINUTE, erase_transcripts),
    Job("erase-refused", HOUR, erase_refused),
    Job("drop-sessions", HOUR, drop_sessions),
    Job("drop-notices", 24 * HOUR, drop_notices),
    FORGET,
)
