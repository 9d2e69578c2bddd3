"""Two sites: one process on SQLite, and two on PostgreSQL and Redis, as the README sets them up."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.builders import prepare_database
from tests.journeys.site import ROOT
from tests.journeys.web import Web
from tests.postgres import Server
from tests.servers import redis_url

PROCESSES = {"small": 1, "at scale": 2}


@dataclass(frozen=True, slots=True)
class Whole:
    """A site that is served."""

    webs: tuple[Web, ...]
    environment: dict[str, str]

    @property
    def ports(self) -> tuple[int, ...]:
        """Where it is reached."""
        return tuple(web.port for web in self.webs)

    def appoint(self, handle: str, role: str) -> None:
        """Give a member a role, as an operator does in a shell."""
        command = [sys.executable, "-m", "forum", "appoint", handle, role]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)  # noqa: S603


@contextmanager
def whole_site(kind: str, folder: Path, postgresql: Server) -> Iterator[Whole]:
    """Serve one of the kinds until the end."""
    with ExitStack() as stack:
        if kind == "small":
            database, backplane = f"sqlite+aiosqlite:///{folder / 'site.db'}", "memory://"
        else:
            database, backplane = (
                stack.enter_context(postgresql.database()),
                stack.enter_context(redis_url()),
            )
        asyncio.run(prepare_database(database))
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "BACKPLANE_URL": backplane,
            "SCORER_URL": "lexicon:",
            "WAYPOST_DEMO": "0",
        }
        webs = tuple(Web(environment, folder / f"web-{number}.log") for number in range(PROCESSES[kind]))
        for web in webs:
            stack.callback(web.stop)
            web.launch()
        for web in webs:
            web.wait()
        yield Whole(webs, environment)
