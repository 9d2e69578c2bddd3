"""A PostgreSQL of one's own, which can be killed and started again, and keeps what it committed."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
from sqlalchemy import URL

from tests.postgres import LOCALE, SMALL, programs_in
from tests.servers import KEEPER

PATIENCE_SECONDS = 40.0
ATTEMPT_SECONDS = 4.0
KEPT = ("listen_addresses=", "fsync=off", "log_min_messages=fatal")
"""A killed server keeps what it committed, also without fsync: the kernel has it."""


class Postgres:
    """A PostgreSQL of one's own, on a unix socket, whose data outlive it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs, self._user = programs_in(folder)
        self._keeper: subprocess.Popen[bytes] | None = None
        data = ("-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        command = [str(self._programs / "initdb"), *data, *LOCALE]
        subprocess.run(command, check=True, user=self._user, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603

    @property
    def url(self) -> str:
        """Where it is, as DATABASE_URL wants it."""
        return self._address("postgresql+psycopg")

    def start(self) -> None:
        """Start it, and return when it answers; after a crash it recovers first."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_up():
            assert time.monotonic() < deadline, "PostgreSQL does not start"

    def kill(self) -> None:
        """End it at once (kill -9); the processes below it go when they see that."""
        assert self._keeper is not None
        self._keeper.communicate()
        self._keeper = None

    def stop(self) -> None:
        """End it, if it is there."""
        if self._keeper is not None:
            self.kill()

    def _is_up(self) -> bool:
        """Launch it; False where what is left of the one before still holds its memory, and it gave up."""
        told = [part for one in (*KEPT, *SMALL) for part in ("-c", one)]
        command = (self._programs / "postgres", "-D", self._folder / "data", "-k", self._folder, *told)
        self._keeper = subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", KEEPER, *map(str, command)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._folder,
            user=self._user,
            start_new_session=True,  # Ctrl-C is for us; the server ends when we do
        )
        until = time.monotonic() + ATTEMPT_SECONDS
        while time.monotonic() < until:
            try:
                psycopg.connect(self._address("postgresql")).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        self.kill()
        return False

    def _address(self, driver: str) -> str:
        where = {"host": str(self._folder)}
        return URL.create(driver, username="postgres", database="postgres", query=where).render_as_string()


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL that one may kill."""
    folder = Path(mkdtemp(prefix="waypost-chaos-"))
    try:
        postgres = Postgres(folder)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        rmtree(folder, ignore_errors=True)
