"""Builds gatherings for these tests: their words published, their dates written, people signed up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.calendar.hosting import keep_hosts
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.facts import Fact, GatheringChanged, SeatChanged
from forum.mailing.tables import Channel, Outgoing
from forum.messages.publishing import submit
from forum.messages.submission import Leaf, Submission
from forum.notifications.tables import Notice
from forum.reminders.tables import ReminderChoice
from forum.spaces.tables import Place, PlaceKind, Space
from tests.builders import Community, Member, published

ADDRESS = "rowan@heather.example"


@dataclass(frozen=True, slots=True)
class Planned:
    """A gathering with its dates, the earliest first."""

    gathering: Gathering
    dates: tuple[Occurrence, ...]
    manager: Member

    @property
    def date(self) -> Occurrence:
        """The first date."""
        return self.dates[0]


async def plan(community: Community, *starts: datetime, space: Space | None = None, **more: Any) -> Planned:
    """Schedule a gathering of an hour on these dates; by default, one in a week."""
    manager = await community.member("Dipper", Role.MANAGER)
    where, now = space or await community.space(), community.clock()
    place = Place(kind=PlaceKind.GATHERING, space_id=where.id, last_at=now, created_at=now)
    told: dict[str, Any] = {
        "stage": Stage.SCHEDULED,
        "zone": "Europe/Berlin",
        "created_at": now,
        "changed_at": now,
    }
    gathering = Gathering(place_id=place.id, made_by_id=manager.id, **told | more)
    dates = tuple(
        Occurrence(
            gathering_id=gathering.id,
            recurs_local=f"{start:%Y-%m-%dT%H:%M}",
            starts_at=start,
            ends_at=start + timedelta(hours=1),
            changed_at=now,
        )
        for start in starts or [now + timedelta(days=7)]
    )
    async with community.services.database.transaction() as tx:
        for rows in ([place], [gathering], dates):
            tx.session.add_all(rows)
            await tx.session.flush()
    words = Submission(Leaf(place.id, "Heather tea"), manager.id, "We talk about how the week was.")
    published(await submit(community.services, words))
    return Planned(gathering, dates, manager)


async def coming(
    community: Community,
    member: Member,
    date: Occurrence,
    reply: str = Coming.YES,
    queue: int | None = None,
) -> None:
    """Sign a member up, and record it."""
    now = community.clock()
    row = SignUp(occurrence_id=date.id, account_id=member.id, reply=reply, queue_number=queue, at=now)
    async with community.services.database.transaction() as tx:
        await tx.session.merge(row)
        what = "declined" if reply == Coming.NO else "queued" if queue else "seated"
        tx.record(SeatChanged(date.id, member.id, what, now))


async def record(community: Community, fact: Fact) -> None:
    """Let something have happened."""
    async with community.services.database.transaction() as tx:
        tx.record(fact)


async def record_change(community: Community, planned: Planned, what: str) -> None:
    """Let all dates of a gathering have been scheduled, changed, moved or cancelled by its manager."""
    dates = tuple(date.id for date in planned.dates)
    now = community.clock()
    await record(community, GatheringChanged(planned.gathering.id, dates, what, planned.manager.id, now))


async def change(community: Community, row: Occurrence | Gathering, **values: Any) -> None:
    """Change a date, or a gathering, without telling anybody."""
    async with community.services.database.transaction() as tx:
        kept = await tx.session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(kept, name, value)


async def wants_letters(community: Community, member: Member, **choice: Any) -> None:
    """Confirm an address for the member, and let them want letters; without quiet hours, unless chosen."""
    told: dict[str, Any] = {"by_mail": True, "quiet_from": 0, "quiet_until": 0} | choice
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, member.id)
        account.email, account.email_confirmed_at = ADDRESS, community.clock()
        await tx.session.merge(ReminderChoice(account_id=member.id, **told))


async def outbox(community: Community, channel: Channel | None = None) -> list[Outgoing]:
    """Return what is in the outbox, what is due first, first."""
    query = select(Outgoing).order_by(col(Outgoing.due_at), col(Outgoing.channel))
    if channel is not None:
        query = query.where(Outgoing.channel == channel)
    async with community.services.database.reading() as session:
        return list((await session.exec(query)).all())


async def notices(community: Community, account_id: UUID) -> list[Notice]:
    """Return a member's notices, the first first."""
    query = select(Notice).where(Notice.account_id == account_id).order_by(col(Notice.id))
    async with community.services.database.reading() as session:
        return list((await session.exec(query)).all())


async def holding(community: Community, planned: Planned, *members: Member) -> None:
    """Let these hold the gathering, and nobody else, without telling anybody."""
    async with community.services.database.transaction() as tx:
        await keep_hosts(tx.session, planned.gathering.id, dict.fromkeys([one.id for one in members], False))
