"""A served site: starts `waypost serve` on a free port, and can stop, kill and start it again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.demonstrated import Demo

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 90


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """One site on one database file, perhaps with a demo in it; its address stays the same over restarts."""

    def __init__(self, database: Path, demo: Demo | None = None) -> None:
        self._credentials = demo.credentials if demo else []
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = database.with_suffix(".log")
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "WAYPOST_ORIGIN": self.url,
            "WAYPOST_PORT": str(self.port),
            "WAYPOST_DEMO": "0",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve; return when the site answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "forum", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process, by default as politely as an init system would."""
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(PATIENCE_SECONDS)

    def appoint(self, handle: str, role: str) -> None:
        """Give a member a role, as an administrator does in a shell."""
        command = [sys.executable, "-m", "forum", "appoint", handle, role]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)  # noqa: S603

    def password_of(self, handle: str) -> str:
        """Return the password that the demo printed."""
        [password] = [one.password for one in self._credentials if one.handle == handle]
        return password

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
