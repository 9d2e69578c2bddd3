"""How many pages of a thread with 20 posts one process makes in a second: no network, no client."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Annotated, Any

import typer

from forum.logs import configure_logs
from forum.serving import run, settle
from forum.spaces.tables import Audience
from tests.bench.timing import WARM_UPS, on_one_core, quantile
from tests.builders import Community, Member, opened_community, prepare_database, published
from tests.forum.talk import say_many, statements

POSTS = 20


def main(
    runs: Annotated[int, typer.Option(min=100, help="Requests of each kind.")] = 500,
) -> None:
    """Print a line for members and one for visitors."""
    configure_logs("ERROR")
    core = "on one core" if on_one_core() else "on all cores: this system cannot keep a process on one"
    typer.echo(f"A page of a thread with {POSTS} posts on SQLite, {core}; {runs} requests each")
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.db"
        asyncio.run(prepare_database(f"sqlite+aiosqlite:///{prepared}"))
        run(_measure(prepared, Path(folder), runs))


async def _measure(prepared: Path, folder: Path, runs: int) -> None:
    async with opened_community(prepared, folder) as community:
        author, reader = await community.member(), await community.member("Wren")
        space = await community.space(Audience.PUBLIC)
        opening = published(await community.thread(author, space=space))
        await say_many(community, author, opening.place_id, POSTS - 1)
        settle()
        path = f"/threads/{opening.place_id}"
        for name, member in (("signed in", reader), ("anonymous", None)):
            await _page(community, name, requesting(community, path, member), runs)


async def _page(community: Community, name: str, ask: Callable[[], Awaitable[int]], runs: int) -> None:
    for _ in range(WARM_UPS):
        await ask()
    with statements(community.services) as said:
        size = await ask()
    times = list[float]()
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(runs):
        before = time.perf_counter()
        await ask()
        times.append(1_000 * (time.perf_counter() - before))
    rate, cpu = runs / (time.perf_counter() - start), 1_000 * (time.process_time() - cpu) / runs
    typer.echo(
        f"{name:<11}{rate:>6.0f}/s, p50 {quantile(times, 0.5):.2f} ms, p99 {quantile(times, 0.99):.2f} ms, "
        f"{cpu:.2f} ms of CPU, {len(said)} statements, {size:,} bytes"
    )


def requesting(community: Community, path: str, member: Member | None) -> Callable[[], Awaitable[int]]:
    """Return what asks the application for a page, as the server does, and gives its size in bytes."""
    headers = [(b"host", b"127.0.0.1:8000"), (b"accept-encoding", b"gzip, br, zstd")]
    if member is not None:
        headers.append((b"cookie", f"waypost-session={member.token}".encode()))

    async def ask() -> int:
        told = list[MutableMapping[str, Any]]()

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            told.append(message)

        where, _, query = path.partition("?")
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": where,
            "raw_path": where.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": list(headers),
            "client": ("192.0.2.7", 4242),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }
        await community.app(scope, receive, send)
        if told[0]["status"] != 200:
            raise RuntimeError(f"{path} answered {told[0]['status']}")
        return sum(len(one.get("body", b"")) for one in told)

    return ask


if __name__ == "__main__":
    typer.run(main)
