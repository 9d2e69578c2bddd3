"""What the worker does: letters, notices, mending what a reaction missed, asking when a date is over."""

from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Host, Occurrence, SignUp
from forum.jobs import Job
from forum.mailing.delivering import deliver
from forum.mailing.outbox import drop_old, waiting
from forum.mailing.tables import Channel, Outgoing
from forum.notifications.noticing import post
from forum.reminders.afterwards import ask_afterwards
from forum.reminders.letters import KINDS
from forum.reminders.notices import NOTICES
from forum.reminders.planning import AHEAD, REMINDER, About, differences, replan
from forum.services import Services

OFTEN, NOW_AND_THEN, DAILY = 15.0, 600.0, 86_400.0
AT_ONCE = 100


async def send_letters(services: Services) -> int:
    """Hand over the letters that are due; how many were taken."""
    return await deliver(services, KINDS)


async def notice_due(services: Services) -> int:
    """Write the notices that are due; how many. Each is written, and noted as sent, in one commit."""
    done = 0
    while await _is_due(services):
        done += await _notice_some(services)
    return done


async def _is_due(services: Services) -> bool:
    query = select(Outgoing.id).where(waiting(Channel.PAGE, services.clock())).limit(1)
    async with services.database.glancing() as session:
        return (await session.exec(query)).first() is not None


async def _notice_some(services: Services) -> int:
    now = services.clock()
    query = select(Outgoing).where(waiting(Channel.PAGE, now)).order_by(col(Outgoing.due_at)).limit(AT_ONCE)
    async with services.database.transaction() as tx:
        notices = []
        for row in (await tx.session.exec(query.with_for_update(skip_locked=True))).all():
            if (told := await NOTICES[row.kind](tx.session, row)) is None:
                row.given_up_at, row.why = now, "unwanted"
            else:
                row.sent_at = now
                notices.append(told)
        await post(tx, notices)
    return len(notices)


async def sweep(services: Services) -> int:
    """Put right what reactions missed; how many rows. Nothing is written where nothing has to be."""
    done, now = 0, services.clock()
    async with services.database.reading() as session:
        dates = await _dates_ahead(session, services)
    for start in range(0, len(dates), AT_ONCE):
        about = About(dates[start : start + AT_ONCE])
        async with services.database.reading() as session:
            amiss = await differences(session, about, now)
        if amiss:
            async with services.database.transaction() as tx:
                done += await replan(tx, about, now)
    return done


async def _dates_ahead(session: AsyncSession, services: Services) -> list[UUID]:
    now = services.clock()
    signed, held = select(SignUp.occurrence_id), select(Host.gathering_id)
    planned = select(Outgoing.about_id).where(
        Outgoing.kind == REMINDER, col(Outgoing.sent_at).is_(None), col(Outgoing.given_up_at).is_(None)
    )
    query = select(Occurrence.id).where(
        col(Occurrence.starts_at) > now,
        col(Occurrence.starts_at) < now + AHEAD,
        or_(
            col(Occurrence.id).in_(signed),
            col(Occurrence.gathering_id).in_(held),
            col(Occurrence.id).in_(planned),
        ),
    )
    return list((await session.exec(query)).all())


JOBS = (
    Job("letters", OFTEN, send_letters),
    Job("notices", OFTEN, notice_due),
    Job("plan-reminders", NOW_AND_THEN, sweep),
    Job("ask-afterwards", NOW_AND_THEN, ask_afterwards),
    Job("drop-outgoing", DAILY, drop_old),
)
