"""Erasing what was said in a meeting, where it was announced that nothing is kept."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from forum.calendar.kinds import Transcript
from forum.meetings.finding import locked
from forum.meetings.tables import Meeting, Phase
from forum.messages.tables import Message
from forum.messages.withdrawing import erase_spoken
from forum.services import Services

SETTLES = timedelta(minutes=5)
"""Words that were on their way when it ended are looked for so long."""


async def to_be_erased(session: AsyncSession) -> Sequence[UUID]:
    """Return the places of meetings that are over, keep nothing, and may still have words."""
    query = select(Meeting.place_id).where(
        Meeting.phase == Phase.CLOSED,
        Meeting.transcript == Transcript.DROP,
        col(Meeting.erased_at).is_(None),
    )
    return (await session.exec(query)).all()


async def erase_words(services: Services, place_id: UUID, spared: SelectOfScalar[UUID]) -> int:
    """Erase the words of one meeting but for what is spared; done once nothing in it has words any more.

    What was refused or taken down keeps its words for as many days as elsewhere, for its author's appeal.
    """
    async with services.database.transaction() as tx:
        held, now = await locked(tx, place_id), services.clock()
        erased = await erase_spoken(tx, place_id, spared, now)
        settled = held.meeting.closed_at is not None and now - held.meeting.closed_at > SETTLES
        left = select(Message.id).where(Message.place_id == place_id, Message.text != "").limit(1)
        if settled and (await tx.session.exec(left)).first() is None:
            held.meeting.erased_at = now
        return erased
