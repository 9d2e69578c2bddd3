"""How long the calendar takes with 5,000 gatherings: the month and the list, as a member asks for them."""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from sqlalchemy import insert
from sqlmodel import SQLModel
from uuid_utils.compat import uuid7

from forum.calendar.kinds import Kind, Pathway
from forum.calendar.tables import Coming, Gathering, Occurrence, SignUp, Stage
from forum.logs import configure_logs
from forum.messages.tables import Message, State
from forum.serving import run, settle
from forum.spaces.tables import Place, PlaceKind
from moderation.markup import render
from tests.bench.thread_page import requesting
from tests.bench.timing import WARM_UPS, on_one_core, quantile
from tests.builders import Community, Member, opened_community, prepare_database
from tests.forum.talk import statements

GATHERINGS = 5_000
DAYS = 730
"""They are spread over two years, half of them past."""
WEEKLY = 20
"""One in so many is held every week, for half a year."""
WEEKS = 26
ANSWERED = 50
"""One date in so many is one that the member comes to."""
VIEWS = ("list", "week", "month")


def main(
    runs: Annotated[int, typer.Option(min=100, help="Requests of each kind.")] = 300,
) -> None:
    """Print a line for each view."""
    configure_logs("ERROR")
    core = "on one core" if on_one_core() else "on all cores: this system cannot keep a process on one"
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.db"
        asyncio.run(prepare_database(f"sqlite+aiosqlite:///{prepared}"))
        run(_measure(prepared, Path(folder), runs, core))


async def _measure(prepared: Path, folder: Path, runs: int, core: str) -> None:
    async with opened_community(prepared, folder) as community:
        reader = await community.member()
        dates = await _plan_all(community, reader)
        typer.echo(
            f"The calendar with {GATHERINGS:,} gatherings on {dates:,} dates in two years, on SQLite, "
            f"{core}; {runs} requests each"
        )
        settle()
        for view in VIEWS:
            ask = requesting(community, f"/gatherings?view={view}", reader)
            await _page(community, view, ask, runs)


async def _page(community: Community, name: str, ask: Callable[[], Awaitable[int]], runs: int) -> None:
    for _ in range(WARM_UPS):
        await ask()
    with statements(community.services) as said:
        size = await ask()
    times, cpu = list[float](), time.process_time()
    for _ in range(runs):
        before = time.perf_counter()
        await ask()
        times.append(1_000 * (time.perf_counter() - before))
    cpu = 1_000 * (time.process_time() - cpu) / runs
    typer.echo(
        f"{name:<6} p50 {quantile(times, 0.5):>5.1f} ms, p99 {quantile(times, 0.99):>5.1f} ms, "
        f"{cpu:.1f} ms of CPU, {len(said)} statements, {size:,} bytes"
    )


async def _plan_all(community: Community, reader: Member) -> int:
    """Write the gatherings as rows: through the one door, 5,000 would take an hour."""
    chance, space = random.Random(7), await community.space()  # noqa: S311 - the same calendar every time
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rows: dict[type[SQLModel], list[SQLModel]] = {
        kind: [] for kind in (Place, Message, Gathering, Occurrence, SignUp)
    }
    for number in range(GATHERINGS):
        start = now + timedelta(days=chance.randrange(DAYS) - DAYS // 2, hours=chance.randrange(24))
        for row in _rows(number, space.id, reader.id, start):
            rows[type(row)].append(row)
    async with community.services.database.transaction() as tx:
        for kind, some in rows.items():
            values: Sequence[dict[str, Any]] = [row.model_dump() for row in some]
            await (await tx.session.connection()).execute(insert(kind), values)
    return len(rows[Occurrence])


def _rows(number: int, space_id: UUID, author_id: UUID, start: datetime) -> Iterator[SQLModel]:
    place = Place(kind=PlaceKind.GATHERING, space_id=space_id, last_seq=1, last_at=start, created_at=start)
    text = f"We sit together, and whoever likes says how the week was. Number {number}."
    gathering = Gathering(
        place_id=place.id,
        made_by_id=author_id,
        stage=Stage.SCHEDULED,
        kind=list(Kind)[number % len(Kind)],
        pathway=list(Pathway)[number % len(Pathway)],
        created_at=start,
        changed_at=start,
    )
    yield from (place, gathering)
    yield Message(
        place_id=place.id,
        author_id=author_id,
        nonce=uuid7(),
        seq=1,
        changed_seq=1,
        title=f"Evening number {number}",
        text=text,
        html=render(text),
        state=State.PUBLISHED,
        created_at=start,
        published_at=start,
    )
    for week in range(1 if number % WEEKLY else WEEKS):
        yield from _date(gathering, start + timedelta(weeks=week), author_id, answered=number % ANSWERED == 1)


def _date(gathering: Gathering, start: datetime, reader_id: UUID, *, answered: bool) -> Iterator[SQLModel]:
    date = Occurrence(
        gathering_id=gathering.id,
        recurs_local=f"{start:%Y-%m-%dT%H:%M}",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        changed_at=start,
        coming=int(answered),
    )
    yield date
    if answered:
        yield SignUp(occurrence_id=date.id, account_id=reader_id, reply=Coming.YES, at=start, seated_at=start)


if __name__ == "__main__":
    typer.run(main)
