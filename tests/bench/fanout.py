"""What a delivery costs, beside others' rooms: `python -m tests.bench.fanout [--members 500] [--plot FILE]`.

Each server has one core to itself, and the members another. Messages are due at appointed times, whether or
not the server keeps up. Who is not installed is left out, and said.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from tests.bench.plot import bars
from tests.bench.room_load import Crowd, Heard, Load
from tests.servers import running_valkey

ROOT = Path(__file__).parent.parent.parent
CONTENDERS = Path(__file__).parent / "contenders"
SERVER_CORE, MEMBERS_CORE = 0, 1
NODE = ROOT / "build" / "node"
EVENLY = Load(rate=100, seconds=4)
"""10 ms apart: each frame is a write of its own."""
BUSY = Load(rate=400, seconds=3, at_once=20)
"""All twenty at the same moment, twenty times a second."""
SLOWLY = Load(rate=2, seconds=5)
"""For those who cannot do any of the above."""
GENTLY = Load(rate=20, seconds=5)
"""So few that each delivery is a write of its own, also beside other work."""
LATEST_MS = 250.0
"""What p99 may be, from when a message was due until the last member had it."""
STEP = 1.25
STEPS = 12


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: how it is started, and what it wants to hear."""

    name: str
    command: tuple[str, ...]
    wrap: Callable[[str], str] = str
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of the server's processor for each delivery, and how it was heard."""

    micros: float
    kernel: float
    """Which share of them the kernel took."""
    heard: Heard


@dataclass(frozen=True, slots=True)
class Measured:
    """What one contender costs, and how many messages a second all members had in time."""

    name: str
    evenly: Cost
    busy: Cost | None
    most: float


def said(words: str) -> str:
    """Return words as a member of ours says them."""
    return json.dumps({"type": "say", "place": str(uuid4()), "nonce": str(uuid4()), "text": words})


def contenders(redis: str) -> Iterator[Contender | str]:
    """Yield those that can be measured here, and why others cannot."""
    yield Contender("Waypost", (sys.executable, "-m", "tests.bench.contenders.waypost_room"), said)
    yield Contender("websockets.broadcast", (sys.executable, "-m", "tests.bench.contenders.websockets_room"))
    yield Contender("nothing but send", (sys.executable, "-m", "tests.bench.contenders.bare_room"))
    if _has_ws():
        yield Contender("Node ws", (str(shutil.which("node")), str(CONTENDERS / "node_room.cjs")))
    else:
        yield "Node ws: there is no node here, or npm could not install ws."
    try:
        import channels_redis  # noqa: F401, PLC0415 - measured where somebody has installed it
        import daphne  # noqa: F401, PLC0415
    except ImportError:
        yield "Django Channels: not installed (pip install channels channels_redis daphne)."
    else:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        os.environ["REDIS_URL"] = redis
        yield Contender(
            "Channels", (sys.executable, "-m", "tests.bench.contenders.channels_room", port), slow=True
        )
    yield (
        "ejabberd: not installed." if shutil.which("ejabberdctl") is None else "ejabberd: see its own bench."
    )


def _has_ws() -> bool:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    if not (NODE / "node_modules" / "ws").exists():
        NODE.mkdir(parents=True, exist_ok=True)
        command = [str(shutil.which("npm")), "install", "--silent", "--no-audit", "--no-fund", "ws@8"]
        subprocess.run(command, cwd=NODE, check=False, capture_output=True)  # noqa: S603
    return (NODE / "node_modules" / "ws").exists()


@contextmanager
def served(contender: Contender) -> Iterator[tuple[int, int]]:
    """Start a server on its core; the value is its port and its process."""
    environment = os.environ | {"NODE_PATH": str(NODE / "node_modules")}
    pinned = ["taskset", "-c", str(SERVER_CORE), *contender.command]
    server = subprocess.Popen(pinned, cwd=ROOT, stdout=subprocess.PIPE, env=environment)  # noqa: S603
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        _answers(port)
        yield port, server.pid
    finally:
        server.kill()
        server.communicate()


def _answers(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def processor_seconds(process: int) -> float:
    """Return how long all threads of a process have run."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def kernel_share(process: int, before: tuple[int, int] = (0, 0)) -> tuple[float, tuple[int, int]]:
    """Return how much of a process's time since then the kernel had, and what to ask with the next time."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    now = int(fields[11]), int(fields[12])
    own, kernel = now[0] - before[0], now[1] - before[1]
    return kernel / max(1, own + kernel), now


def cost(crowd: Crowd, load: Load, process: int, members: int) -> Cost:
    """Return what a delivery costs under a load."""
    before, (_, ticks) = processor_seconds(process), kernel_share(process)
    heard = crowd.talk(load)
    micros = (processor_seconds(process) - before) / load.count / members * 1e6
    return Cost(micros, kernel_share(process, ticks)[0], heard)


def most(crowd: Crowd, rate: float) -> float:
    """Return the highest rate of messages, in steps of a quarter, that all members had in time."""
    kept = 0.0
    for _ in range(STEPS):
        heard = crowd.talk(Load(rate, 2, at_once=20 if rate >= 40 else 1))
        if not heard.whole or heard.p99 > LATEST_MS:
            return kept
        kept, rate = rate, rate * STEP
    return kept


def measure(contender: Contender, members: int) -> Measured:
    """Measure one of them."""
    with served(contender) as (port, process):
        crowd = Crowd(port, members, contender.wrap)
        crowd.talk(Load(5, 1))
        evenly = cost(crowd, SLOWLY if contender.slow else EVENLY, process, members)
        busy = None if contender.slow else cost(crowd, BUSY, process, members)
        highest = most(crowd, 1 if contender.slow else 100)
        crowd.close()
    return Measured(contender.name, evenly, busy, highest)


def one_write(contender: Contender, members: int) -> str:
    """Return what a delivery costs that shares its write with no other, and the kernel's part of it."""
    with served(contender) as (port, process):
        crowd = Crowd(port, members, contender.wrap)
        crowd.talk(Load(5, 1))
        told = cost(crowd, SLOWLY if contender.slow else GENTLY, process, members)
        crowd.close()
    kernel = told.micros * told.kernel
    own = f"{told.micros - kernel:.1f} its own, {kernel:.1f} the kernel's"
    return f"{contender.name:22}{told.micros:6.1f} µs a delivery: {own}; p99 {told.heard.p99:.0f} ms"


def main(
    members: Annotated[int, typer.Option(min=20)] = 500,
    plot: Annotated[Path | None, typer.Option(help="Draw the figures into an SVG.")] = None,
    gently: Annotated[bool, typer.Option(help="Only what a single write costs.")] = False,
) -> None:
    """Print a line for each, and how often ours goes into it."""
    os.sched_setaffinity(0, {MEMBERS_CORE})
    typer.echo(
        f"one room, {members} members, 20 of them talking, 30 words a message; one core for the server"
    )
    done: list[Measured] = []
    with running_valkey() as valkey:
        for contender in contenders(valkey.url):
            if isinstance(contender, str):
                typer.echo(f"Left out: {contender}")
                continue
            if gently:
                typer.echo(one_write(contender, members))
                continue
            done.append(measure(contender, members))
            typer.echo(line(done[-1], done[0]))
    if plot is not None and done:
        title = f"Processor time for one delivery, {members} members, a busy room"
        drawn = {one.name: one.busy.micros for one in done if one.busy is not None}
        plot.write_text(bars(title, drawn, "µs"), "utf-8")


def line(one: Measured, ours: Measured) -> str:
    """Return one contender's figures, each with how many times ours it is."""
    busy = (
        f"busy {one.busy.micros:5.1f} µs ({one.busy.micros / ours.busy.micros:.1f} x, "
        f"kernel {one.busy.kernel:.0%})"
        if one.busy and ours.busy
        else "busy: not measured"
    )
    times = one.evenly.micros / ours.evenly.micros
    return (
        f"{one.name:22} evenly {one.evenly.micros:6.1f} µs a delivery ({times:.1f} x, "
        f"kernel {one.evenly.kernel:.0%}), p99 {one.evenly.heard.p99:.0f} ms; {busy}; "
        f"at most {one.most:.0f} messages a second in time"
    )


if __name__ == "__main__":
    typer.run(main)
