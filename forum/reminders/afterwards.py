"""After a date: its guests are asked, once, how it was, and its hosts hear that somebody thanked them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering, Occurrence, SignUp, Stage
from forum.calendar.timing import LONGEST_OUTING_MINUTES
from forum.database import Transaction
from forum.facts import Fact, MessagePublished
from forum.feedback.dates import OPEN_FOR, took_part
from forum.feedback.thanking import thanked_in
from forum.mailing.outbox import enqueue
from forum.mailing.tables import Channel, Outgoing
from forum.notifications.noticing import ASKED, THANKED
from forum.reminders.choosing import wishes
from forum.reminders.times import Quiet, told_at
from forum.services import Services
from forum.spaces.tables import PlaceKind

ASKED_AFTER = timedelta(hours=1)
LATEST = timedelta(days=3)
"""How long after its end one may be asked for the first time: hosts may note later who was there."""
LONGEST = timedelta(minutes=LONGEST_OUTING_MINUTES)


async def ask_afterwards(services: Services) -> int:
    """Put into the outbox whom to ask about what is just over; how many. Who is there already stays."""
    now = services.clock()
    async with services.database.reading() as session:
        guests = await _guests(session, now)
        chosen = await wishes(session, [account_id for account_id, _ in guests])
    rows = [_asking(account_id, date, now, chosen[account_id].quiet) for account_id, date in guests]
    if rows:
        async with services.database.transaction() as tx:
            await enqueue(tx, *rows)
    return len(rows)


async def _guests(session: AsyncSession, now: datetime) -> Sequence[tuple[UUID, Occurrence]]:
    """Return who took part in what is just over and took place, and has no row yet.

    It is not looked at who has answered meanwhile: the outbox would keep that for longer than it is to be
    known (`forum/feedback/tables.py`).
    """
    known = and_(
        col(Outgoing.about_id) == col(Occurrence.id),
        col(Outgoing.account_id) == col(SignUp.account_id),
        col(Outgoing.kind) == ASKED,
    )
    query = (
        select(SignUp, Occurrence)
        .join(Occurrence, col(Occurrence.id) == col(SignUp.occurrence_id))
        .join(Gathering, col(Gathering.id) == col(Occurrence.gathering_id))
        .join(Outgoing, known, isouter=True)
        .where(col(Occurrence.ends_at) <= now, col(Occurrence.ends_at) > now - LATEST)
        .where(col(Occurrence.starts_at) > now - LATEST - LONGEST)  # this has an index
        .where(col(Occurrence.cancelled_at).is_(None), Gathering.stage == Stage.SCHEDULED)
        .where(col(Outgoing.id).is_(None))
    )
    rows = (await session.exec(query)).all()
    return [(sign_up.account_id, date) for sign_up, date in rows if took_part(sign_up)]


def _asking(account_id: UUID, date: Occurrence, now: datetime, quiet: Quiet) -> Outgoing:
    until = date.ends_at + OPEN_FOR
    at = told_at(max(now, date.ends_at + ASKED_AFTER), until, quiet)
    row = _row(ASKED, account_id, date.id, at)
    row.expires_at = until
    return row


async def tell_hosts(tx: Transaction, fact: Fact) -> None:
    """Put into the outbox that somebody thanked the hosts, once the words are published."""
    if not isinstance(fact, MessagePublished) or fact.place_kind != PlaceKind.THANKS:
        return
    thanked, at = await thanked_in(tx.session, fact.place_id), fact.shown.at
    chosen = await wishes(tx.session, thanked.hosts if thanked else ())
    rows = [_row(THANKED, one, fact.shown.id, wish.quiet.ends(at) or at) for one, wish in chosen.items()]
    await enqueue(tx, *rows)


def _row(kind: str, account_id: UUID, about_id: UUID, due_at: datetime) -> Outgoing:
    """Return a notice to come; by its key there is one at most."""
    return Outgoing(
        key=f"{kind}:{account_id}:{about_id}",
        account_id=account_id,
        channel=Channel.PAGE,
        kind=kind,
        about_id=about_id,
        due_at=due_at,
    )
