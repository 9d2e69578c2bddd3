"""Where the processor's time goes, by layer: `python -m tests.bench.layers page|talk`.

cProfile counts each call, so that what is many small calls looks dearer than it is: the shares are a guide.
"""

import asyncio
import cProfile
import pstats
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from forum.logs import configure_logs
from forum.serving import run, settle
from forum.spaces.tables import Audience
from tests.bench.talk_load import full_rooms, talk
from tests.bench.talking import Kind, prepare
from tests.bench.thread_page import POSTS, requesting
from tests.builders import Prepared, opened_community, published
from tests.forum.talk import say_many

LAYERS: Mapping[str, tuple[str, ...]] = {
    "rows to objects (SQLAlchemy's ORM, SQLModel)": ("sqlalchemy/orm/", "sqlmodel/", "pydantic"),
    "statements (SQLAlchemy's core)": ("sqlalchemy/",),
    "the driver and SQLite, PostgreSQL": ("sqlite3", "aiosqlite", "psycopg", "one_trip"),
    "templates (jinja2, markupsafe)": ("jinja2/", "markupsafe", "/templates/", "<template>", "rendering.py"),
    "moderation without the model": ("/moderation/", "bleach", "html5lib", "markdown_it"),
    "the web (starlette, compression)": ("starlette", "compress", "httptools", "uvicorn"),
    "the carrier": ("/realtime/", "websockets/"),
    "the forum's own code": ("/forum/",),
    "the event loop": ("asyncio", "uvloop", "selectors"),
}
OTHER = "all else (uuid, re, json, time zones)"
Function = tuple[str, int, str]


def main(
    what: Annotated[str, typer.Argument(help="page, or talk")] = "page",
    database: Annotated[Kind, typer.Option()] = Kind.SQLITE,
    runs: Annotated[int, typer.Option(min=50)] = 300,
) -> None:
    """Print each layer's share of a page of a thread, or of a message that is taken in."""
    configure_logs("ERROR")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        prepared = prepare(database, folder, stack)
        run((_page if what == "page" else _talk)(prepared, folder, runs))


async def _page(prepared: Prepared, folder: Path, runs: int) -> None:
    async with opened_community(prepared, folder) as community:
        author, reader = await community.member(), await community.member("Wren")
        space = await community.space(Audience.PUBLIC)
        opening = published(await community.thread(author, space=space))
        await say_many(community, author, opening.place_id, POSTS - 1)
        ask = requesting(community, f"/threads/{opening.place_id}", reader)

        async def many() -> None:
            for _ in range(runs):
                await ask()

        await _profiled(many, runs, "a page of a thread, signed in")


async def _talk(prepared: Prepared, folder: Path, runs: int) -> None:
    async with full_rooms(prepared, folder, 5, 20, "lexicon:") as rooms:

        async def many() -> None:
            await talk(rooms, 25, runs)

        await _profiled(many, runs, "a message that is taken in, but for the model")


async def _profiled(work: Callable[[], Awaitable[None]], runs: int, name: str) -> None:
    await work()
    settle()
    cpu = time.process_time()
    await work()
    cpu = time.process_time() - cpu
    profile = cProfile.Profile()
    profile.enable()
    await work()
    profile.disable()
    await asyncio.sleep(0)
    shares = layered(pstats.Stats(profile).stats)  # type: ignore[attr-defined]
    whole = shares.total()
    typer.echo(f"{name}: {1_000 * cpu / runs:.1f} ms of processor, of which")
    for layer, seconds in shares.most_common():
        typer.echo(
            f"{100 * seconds / whole:>5.0f} %  {1_000 * cpu / runs * seconds / whole:>5.2f} ms  {layer}"
        )


def layered(stats: Mapping[Function, Any]) -> Counter[str]:
    """Return the seconds of each layer; what is written in C belongs to whoever called it."""
    shares = Counter[str]()
    for function, (_, _, own, _, callers) in stats.items():
        if function[0] != "~" or _layer_of(function) != OTHER:
            shares[_layer_of(function)] += own
            continue
        for caller, (_, _, part, _) in callers.items():
            shares[_layer_of(caller)] += part
    return shares


def _layer_of(function: Function) -> str:
    where = f"{function[0]} {function[2]}" if function[0] == "~" else function[0]
    for layer, marks in LAYERS.items():
        if any(mark in where for mark in marks):
            return layer
    return OTHER


if __name__ == "__main__":
    typer.run(main)
