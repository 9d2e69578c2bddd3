"""One web process of a site, as a Procfile starts several; it can be ended, killed and started again."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.journeys.site import ROOT, free_port

PATIENCE_SECONDS = 90.0


class Web:
    """One web process, `waypost web`, on a port that stays the same over restarts."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.log = log
        origin = f"http://127.0.0.1:{self.port}"
        self._environment = {**environment, "WAYPOST_PORT": str(self.port), "WAYPOST_ORIGIN": origin}
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it, without waiting."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "forum", "web"]
            self._process = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Return when it answers."""
        assert self._process is not None
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it serves."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def end(self, how: signal.Signals) -> float:
        """End it; return how many seconds that took."""
        assert self._process is not None
        started = time.monotonic()
        self._process.send_signal(how)
        self._process.wait(PATIENCE_SECONDS)
        return time.monotonic() - started

    def stop(self) -> None:
        """End it, if it is there."""
        if self._process is not None and self._process.poll() is None:
            self.end(signal.SIGKILL)
