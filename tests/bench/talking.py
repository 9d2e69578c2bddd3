"""How many messages a second one process takes in, judged and stored, and how long each takes."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import event

from forum.logs import configure_logs
from forum.serving import run, settle
from tests.bench.talk_load import Rooms, Talked, full_rooms, talk
from tests.bench.timing import quantile
from tests.builders import Prepared, prepare_database
from tests.forum.talk import statements
from tests.postgres import DURABLE, Template, server_of

WARM_UP = 50


class Kind(StrEnum):
    """What the messages are stored in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def main(  # noqa: PLR0913, PLR0917 - the options of a command
    databases: Annotated[list[Kind], typer.Option("--database")] = [Kind.SQLITE, Kind.POSTGRESQL],  # noqa: B006 - typer's
    rate: Annotated[list[float], typer.Option(help="Messages a second.")] = [20.0, 100.0],  # noqa: B006 - typer's
    seconds: Annotated[int, typer.Option(min=1, max=600)] = 20,
    rooms: Annotated[int, typer.Option(min=1)] = 5,
    members: Annotated[int, typer.Option(min=1, help="In each room.")] = 100,
    scorer: Annotated[str, typer.Option(help="As SCORER_URL.")] = "onnx:",
) -> None:
    """Print a line for each database and rate."""
    configure_logs("ERROR")
    typer.echo(f"{rooms} rooms of {members} members, 30-word messages, {seconds} s each, scored by {scorer}")
    for database in databases:
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            prepared = prepare(database, folder, stack)
            run(_measure(prepared, folder, (rooms, members, scorer), [(one, seconds) for one in rate]))


def prepare(database: Kind, folder: Path, stack: ExitStack) -> Prepared:
    """Return an empty, migrated database to be copied, on a server that survives a power cut."""
    if database is Kind.SQLITE:
        path = folder / "prepared.db"
        asyncio.run(prepare_database(f"sqlite+aiosqlite:///{path}"))
        return path
    server = server_of(folder, DURABLE)
    url = stack.enter_context(server.database())
    asyncio.run(prepare_database(url))
    return Template(server, url)


async def _measure(
    prepared: Prepared, folder: Path, sizes: tuple[int, int, str], loads: list[tuple[float, int]]
) -> None:
    async with full_rooms(prepared, folder, *sizes) as rooms:
        await talk(rooms, WARM_UP, WARM_UP)
        settle()
        for rate, seconds in loads:
            await _load(rooms, rate, int(rate * seconds))


async def _load(rooms: Rooms, rate: float, count: int) -> None:
    commits, cpu = [0], time.process_time()
    with _counted(rooms, commits), statements(rooms.services) as said:
        talked = await talk(rooms, rate, count)
    cpu = 1_000 * (time.process_time() - cpu) / count
    kind = rooms.services.database.engine.dialect.name
    typer.echo(f"{kind:<11}{rate:>5.0f}/s: " + _told(talked))
    typer.echo(
        f"{'':<11}{cpu:.1f} ms of CPU, {len(said) / count:.1f} statements, {commits[0] / count:.2f} commits"
    )


def _told(talked: Talked) -> str:
    took = talked.took
    accepted = len(took) / talked.seconds
    kinds = ", ".join(f"{count} {kind.lower()}" for kind, count in talked.answers.most_common())
    times = f"p50 {quantile(took, 0.5):.1f} ms, p99 {quantile(took, 0.99):.1f} ms, max {max(took):.1f} ms"
    return f"{accepted:.1f} accepted/s, {times}; {kinds}"


@contextlib.contextmanager
def _counted(rooms: Rooms, commits: list[int]) -> Iterator[None]:
    def note(_connection: object) -> None:
        commits[0] += 1

    engine = rooms.services.database.engine.sync_engine
    event.listen(engine, "commit", note)
    try:
        yield
    finally:
        event.remove(engine, "commit", note)


if __name__ == "__main__":
    typer.run(main)
