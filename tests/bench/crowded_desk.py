"""A community whose desk has thousands of open items, written straight into its tables: in bulk, by SQL."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import SQLModel, insert

from forum.accounts.roles import Role
from forum.messages.tables import Message, RecordedFinding, State
from forum.review.items import AFTER, MACHINE, PERSON, URGENT, Kind
from forum.review.severity import OF_REASON, OF_RULE
from forum.review.tables import CareAlert, Report, ReviewItem
from forum.spaces.tables import Place
from forum.wellbeing.shifts import start_shift
from moderation.markup import render
from moderation.verdict import Lane, Outcome
from tests.builders import Community, Member, opened_community, prepare_database

AUTHORS = 200
IN_DANGER = 8
"""Items where somebody may be in danger: they stand first, and others fill the page after them."""
CLAIMED = 20
"""One item in so many is looked at by somebody."""
AT_ONCE = 1_000
RULES = ("toxicity", "claim", "others-details", "own-details", "links", "repeats", "threat", "spam")
REASONS = ("worried", "unkind", "private", "health-claim", "other")
KINDS = (Kind.HELD, Kind.HELD, Kind.HELD, Kind.EDIT, Kind.REPORTED)
TEXT = (
    "My bus stop moved, and now I walk past the place where I used to drink. Every evening, twenty past six. "
    "Last night I stood there for a full minute. I went home. But I am tired of it being that close, and I "
    "do not know whom to tell. Number {number}."
)
HTML = render(TEXT)
DAY = 86_400
TABLES: tuple[type[SQLModel], ...] = (Message, RecordedFinding, Report, CareAlert, ReviewItem)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who waits where: the authors, the rooms, and the moderators who look at some of it."""

    community: Community
    authors: tuple[Member, ...]
    rooms: tuple[Place, ...]
    team: tuple[Member, ...]


@asynccontextmanager
async def crowded_desk(folder: Path, count: int) -> AsyncIterator[Crowd]:
    """Open a community on a new SQLite file, with so many open items of every kind but appeals."""
    prepared = folder / "prepared.db"
    await prepare_database(f"sqlite+aiosqlite:///{prepared}")
    async with opened_community(prepared, folder) as community:
        crowd = await _people(community)
        dice = random.Random(count)  # noqa: S311 - the same desk each time
        for start in range(0, count, AT_ONCE):
            await _write(crowd, range(start, min(start + AT_ONCE, count)), dice)
        yield crowd


async def _people(community: Community) -> Crowd:
    team = [await community.member(handle, Role.MODERATOR) for handle in ("Linnet", "Teasel", "Wren")]
    for one in team:
        await start_shift(community.services, one.id)
    authors = [await community.member(f"Member{number}") for number in range(AUTHORS)]
    spaces = [await community.space() for _ in range(5)]
    rooms = [await community.room(space=space, name=f"Room {n}") for space in spaces for n in range(4)]
    return Crowd(community, tuple(authors), tuple(rooms), tuple(team))


async def _write(crowd: Crowd, numbers: range, dice: random.Random) -> None:
    rows: dict[type[SQLModel], list[dict[str, object]]] = {table: [] for table in TABLES}
    for number in numbers:
        for row in _item(crowd, number, dice):
            rows[type(row)].append(row.model_dump())
    async with crowd.community.services.database.transaction() as tx:
        connection = await tx.session.connection()
        for table in TABLES:
            if rows[table]:
                await connection.execute(insert(table), rows[table])


def _item(crowd: Crowd, number: int, dice: random.Random) -> Iterator[SQLModel]:
    """Yield the rows of one item: its message, what was found or reported, and the item itself."""
    kind = Kind.CARE if number < IN_DANGER else dice.choice(KINDS)
    reported = kind is Kind.REPORTED
    rule = "care" if kind is Kind.CARE else dice.choice(REASONS if reported else RULES)
    ago = timedelta(seconds=dice.randrange(60, 30 * DAY))
    message = _message(crowd, number, crowd.community.clock() - ago)
    yield message
    if reported:
        yield Report(
            message_id=message.id,
            reporter_id=crowd.authors[number % AUTHORS - 1].id,
            reason=rule,
            text=message.text,
            created_at=message.created_at,
        )
    else:
        yield _finding(message.id, rule)
    if kind is Kind.CARE:
        yield CareAlert(message_id=message.id, opened_at=message.created_at)
    yield _waiting(crowd, number, message, (kind, rule))


def _waiting(crowd: Crowd, number: int, message: Message, why: tuple[Kind, str]) -> ReviewItem:
    (kind, rule), claimed = why, number % CLAIMED == 0
    reported = kind is Kind.REPORTED
    return ReviewItem(
        kind=kind,
        message_id=message.id,
        account_id=message.author_id,
        place_id=message.place_id,
        space_id=crowd.rooms[number % len(crowd.rooms)].space_id,
        lane=URGENT if kind is Kind.CARE else AFTER,
        severity=(OF_REASON if reported else OF_RULE)[rule],
        found_by=PERSON if reported else MACHINE,
        rule=rule,
        opened_at=message.created_at,
        claimed_by=crowd.team[number % len(crowd.team)].id if claimed else None,
        claimed_until=crowd.community.clock() + timedelta(hours=1) if claimed else None,
    )


def _message(crowd: Crowd, number: int, at: datetime) -> Message:
    text = TEXT.format(number=number)
    return Message(
        place_id=crowd.rooms[number % len(crowd.rooms)].id,
        author_id=crowd.authors[number % AUTHORS].id,
        nonce=uuid4(),
        text=text,
        html=HTML,
        state=State.HELD,
        created_at=at,
    )


def _finding(message_id: UUID, rule: str) -> RecordedFinding:
    care = rule == "care"
    return RecordedFinding(
        message_id=message_id,
        rule=rule,
        outcome=Outcome.HOLD,
        lane=Lane.CARE if care else Lane.CONDUCT,
        detail="",
        kind="passive" if care else "",
        spans="0-11",
    )
