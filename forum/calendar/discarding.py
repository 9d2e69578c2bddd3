"""Discarding: a draft that comes to nothing is thrown away, with its words."""

from uuid import UUID

from sqlmodel import col, delete, select

from forum.audit.recording import Act, record
from forum.calendar.managing import CHANGED, check_manager, lock_gathering
from forum.calendar.tables import Gathering, Host, Slot, Stage
from forum.database import Transaction
from forum.errors import Conflict
from forum.facts import WordsWithdrawn
from forum.messages.placing import record_change
from forum.messages.tables import Message, State
from forum.messages.withdrawing import WITHDRAWABLE, erase
from forum.services import Services


async def discard(services: Services, by: UUID, gathering_id: UUID, version: int) -> None:
    """Throw a draft away; Conflict for what is no draft any more, or at another version."""
    async with services.database.transaction() as tx:
        await check_manager(tx.session, by)
        gathering = await lock_gathering(tx.session, gathering_id, version)
        if gathering.stage != Stage.DRAFT:
            raise Conflict(CHANGED)
        for table in (Host, Slot):
            await tx.session.exec(delete(table).where(col(table.gathering_id) == gathering_id))
        await tx.session.delete(gathering)
        await _erase_words(tx, services, gathering)
        act = Act(services.clock(), by, "gathering-discarded", f"gathering:{gathering_id}")
        await record(tx, act)


async def _erase_words(tx: Transaction, services: Services, draft: Gathering) -> None:
    """Leave no word of it: what waited for a person waits no longer."""
    here = (Message.place_id == draft.place_id, col(Message.state).in_({*WITHDRAWABLE, State.SUPERSEDED}))
    for message in (await tx.session.exec(select(Message).where(*here))).all():
        was = message.state
        erase(message, State.WITHDRAWN)
        tx.record(WordsWithdrawn(message.id, services.clock()))
        if was == State.PUBLISHED:
            await record_change(tx, message)
