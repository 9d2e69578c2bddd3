"""The playbook of care: the steps for a message by somebody who may be in danger, and who did which when.

The steps follow what crisis lines ask of each other: answer, connect, do not stay alone with it, follow up
(988 Lifeline 2023, Suicide Safety Policy; Motto and Bostrom 2001, Psychiatric Services 52:828, on keeping in
touch). That one looks again within a day is our own choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict, Invalid, NotFound
from forum.language import N_, Words
from forum.review.closing import CLOSED
from forum.review.eligibility import objection
from forum.review.tables import CareAlert, CareStep, ReviewItem
from forum.review.who import who_is
from forum.services import Services

STEPS: Mapping[str, Words] = {
    "read": N_("Read it now, with what came before"),
    "answer": N_("Answer: in the thread, or by letter with the wording “We read you”"),
    "reach": N_("See that they are shown people they can reach now"),
    "second": N_("Tell a second moderator, so that nobody is alone with it"),
    "again": N_("Look again within 24 hours: how are they?"),
}
LAST_STEP = N_("Close the loop: write how it ended")
AGAIN_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Done:
    """Who did a step, and when."""

    handle: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and by whom it was done so far."""

    key: str
    words: Words
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """The steps for one alert; `again_by` is when somebody should have looked again."""

    alert_id: UUID
    steps: tuple[Step, ...]
    closed: tuple[Done, ...]
    again_by: datetime


async def playbook_of(session: AsyncSession, message_id: UUID) -> Playbook | None:
    """Return the playbook of a message's latest alert; None where it has none. Two queries."""
    alert = await _alert(session, message_id)
    if alert is None:
        return None
    query = (
        select(CareStep, Account.handle)
        .join(Account, col(Account.id) == col(CareStep.moderator_id))
        .where(CareStep.alert_id == alert.id)
        .order_by(col(CareStep.at), col(CareStep.id))
    )
    done: dict[str, list[Done]] = {}
    for row, handle in (await session.exec(query)).all():
        done.setdefault(row.step, []).append(Done(handle, row.at))
    return Playbook(
        alert.id,
        tuple(Step(key, words, tuple(done.get(key, ()))) for key, words in STEPS.items()),
        tuple(done.get(CLOSED, ())),
        alert.opened_at + AGAIN_WITHIN,
    )


async def take_step(services: Services, moderator_id: UUID, item_id: UUID, step: str) -> None:
    """Note that this moderator did a step; the same again changes nothing.

    Raises Invalid for a step that is not on the list, NotFound without an alert or the role, and Forbidden
    for whoever may not decide on it.
    """
    if step not in STEPS:
        raise Invalid({"step": N_("Choose a step from the list.")})
    async with services.database.transaction() as tx:
        now = services.clock()
        item = await tx.session.get(ReviewItem, item_id)
        if item is None or item.message_id is None:
            raise NotFound
        error = objection(await who_is(tx.session, moderator_id, item), item, item.version, now)
        if error is not None and not isinstance(error, Conflict):
            raise error
        await _note_step(tx, item.message_id, _Taken(moderator_id, step, now))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step that is being taken: by whom, which, when."""

    moderator_id: UUID
    step: str
    at: datetime


async def _note_step(tx: Transaction, message_id: UUID, taken: _Taken) -> None:
    """Write the step beside the message's latest alert; NotFound where it has none."""
    alert = await _alert(tx.session, message_id)
    if alert is None:
        raise NotFound
    same = (
        CareStep.alert_id == alert.id,
        CareStep.moderator_id == taken.moderator_id,
        CareStep.step == taken.step,
    )
    if (await tx.session.exec(select(CareStep.id).where(*same).limit(1))).first() is None:
        tx.session.add(
            CareStep(alert_id=alert.id, moderator_id=taken.moderator_id, step=taken.step, at=taken.at)
        )


async def _alert(session: AsyncSession, message_id: UUID) -> CareAlert | None:
    query = select(CareAlert).where(CareAlert.message_id == message_id)
    return (await session.exec(query.order_by(col(CareAlert.opened_at).desc()).limit(1))).first()
