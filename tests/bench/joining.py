"""What it costs a web process to let one member back in: `python -m tests.bench.joining [--database sqlite]`.

Members in a process of their own connect, join a room, read what they missed and leave, twenty at a time.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from websockets.asyncio.client import connect

from forum.logs import configure_logs
from forum.serving import run, settle
from tests.bench.talking import Kind, prepare
from tests.builders import Prepared, opened_community, serving
from tests.forum.talk import say_many, statements
from tests.journeys.chaos.storm import spelt
from tests.servers import running_valkey

AT_ONCE, ROOMS, MISSED = 20, 4, 15
WARM_UPS = 40
Comer = tuple[str, str]
"""A session's token, and the room."""


def main(
    database: Annotated[Kind, typer.Option()] = Kind.POSTGRESQL,
    members: Annotated[int, typer.Option(min=50)] = 200,
    members_of: Annotated[str, typer.Option(hidden=True, help="Be the members of this host.")] = "",
) -> None:
    """Print statements and milliseconds of processor for each who comes."""
    if members_of:
        asyncio.run(_come(members_of, json.loads(sys.stdin.read())))
        sys.stdout.write(str(time.process_time()))
        return
    configure_logs("ERROR")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        valkey = stack.enter_context(running_valkey())
        backplane = valkey.url if database is Kind.POSTGRESQL else "memory://"
        run(_measure(prepare(database, folder, stack), folder, backplane, members))


async def _measure(prepared: Prepared, folder: Path, backplane: str, count: int) -> None:
    async with opened_community(prepared, folder, backplane_url=backplane) as community:
        community.clock.now = datetime.now(UTC)
        rooms = [await community.room(name=f"Room {number}") for number in range(ROOMS)]
        members = [await community.member(f"Reader-{spelt(number)}") for number in range(count)]
        for room in rooms:
            await say_many(community, members[0], room.id, MISSED)
        comers = [(one.token, str(rooms[number % ROOMS].id)) for number, one in enumerate(members)]
        settle()
        async with serving(community.services) as host:
            await _from_elsewhere(host, comers[:WARM_UPS])
            cpu = time.process_time()
            with statements(community.services) as said:
                theirs = await _from_elsewhere(host, comers)
            cpu = time.process_time() - cpu
    typer.echo(
        f"{prepared_name(prepared)}: {len(said) / count:.1f} statements and {1_000 * cpu / count:.1f} ms of "
        f"processor for each who comes, joins and leaves; {1_000 * theirs / count:.1f} ms of the member's own"
    )


def prepared_name(prepared: Prepared) -> str:
    """Return what it is stored in."""
    return "SQLite, in one process" if isinstance(prepared, Path) else "PostgreSQL and Redis"


async def _from_elsewhere(host: str, comers: Sequence[Comer]) -> float:
    """Let them come from another process; return the seconds of processor that it used."""
    command = (sys.executable, "-m", "tests.bench.joining", "--members-of", host)
    process = await asyncio.create_subprocess_exec(*command, stdin=-1, stdout=-1)
    told, _ = await process.communicate(json.dumps(comers).encode())
    return float(told)


async def _come(host: str, comers: Sequence[Comer]) -> None:
    left = list(comers)

    async def one_by_one() -> None:
        while left:
            await _join(host, *left.pop())

    await asyncio.gather(*(one_by_one() for _ in range(AT_ONCE)))


async def _join(host: str, token: str, room: str) -> None:
    cookie = {"cookie": f"waypost-session={token}"}
    async with connect(f"ws://{host}/live", additional_headers=cookie, compression=None) as socket:
        async for frame in socket:
            told = json.loads(frame)
            if told["type"] == "welcome":
                await socket.send(json.dumps({"type": "join", "place": room, "since": 0}))
            elif told["type"] == "missed":
                return


if __name__ == "__main__":
    typer.run(main)
