"""Builds what comes before feedback: a gathering with a date, and who signed up for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from forum.accounts.roles import Role
from forum.calendar.kinds import ForWhom, Kind
from forum.calendar.tables import Coming, Gathering, Host, Occurrence, SignUp, Stage
from forum.messages.publishing import submit
from forum.messages.submission import Leaf, Submission
from forum.spaces.tables import Place, PlaceKind, Space
from tests.builders import Community, Member, published

TITLE = "Sunday tea"


@dataclass(frozen=True, slots=True)
class Evening:
    """What a test wants of a gathering; it starts two hours ago and lasts one, unless told otherwise."""

    ago: timedelta = timedelta(hours=2)
    kind: Kind = Kind.SUPPORT
    stage: Stage = Stage.SCHEDULED
    for_whom: ForWhom = ForWhom.EVERYBODY
    cancelled: bool = False


async def manager_of(community: Community) -> Member:
    """Return a new community manager."""
    return await community.member("Marlow", Role.MANAGER)


async def evening(
    community: Community,
    manager: Member,
    *hosts: Member,
    wanted: Evening | None = None,
    space: Space | None = None,
) -> Occurrence:
    """Plan a gathering of one date, its words through the one door; returns the date."""
    wish, now = wanted or Evening(), community.clock()
    starts = now - wish.ago
    where = space or await community.space()
    place = Place(kind=PlaceKind.GATHERING, space_id=where.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
    leaf = Submission(Leaf(place.id, TITLE), manager.id, "Bring a cup.")
    published(await submit(community.services, leaf))
    gathering = _gathering(place.id, manager.id, wish, starts)
    date = Occurrence(
        gathering_id=gathering.id,
        recurs_local=f"{starts:%Y-%m-%dT%H:%M}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        changed_at=now,
        cancelled_at=now if wish.cancelled else None,
    )
    async with community.services.database.transaction() as tx:
        tx.session.add(gathering)
        await tx.session.flush()
        tx.session.add(date)
        tx.session.add_all(Host(gathering_id=gathering.id, account_id=one.id) for one in hosts)
    return date


def _gathering(place_id: UUID, manager_id: UUID, wish: Evening, starts: datetime) -> Gathering:
    return Gathering(
        place_id=place_id,
        made_by_id=manager_id,
        stage=wish.stage,
        kind=wish.kind,
        for_whom=wish.for_whom,
        starts_local=f"{starts:%Y-%m-%dT%H:%M}",
        created_at=starts,
        changed_at=starts,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about coming, their number on the waiting list, and whether they came."""

    reply: Coming = Coming.YES
    queue: int | None = None
    came: bool = False


SEATED = Said()


async def sign_up(community: Community, date: Occurrence, account_id: UUID, said: Said = SEATED) -> None:
    """Let somebody say whether they come; with a seat, unless they wait or said something else than yes."""
    seated = said.reply is Coming.YES and said.queue is None
    row = SignUp(
        occurrence_id=date.id,
        account_id=account_id,
        reply=said.reply,
        queue_number=said.queue,
        at=date.starts_at,
        seated_at=date.starts_at if seated else None,
        came_at=date.starts_at if said.came else None,
    )
    async with community.services.database.transaction() as tx:
        tx.session.add(row)
