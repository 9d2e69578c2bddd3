"""A process of one's own, by a shorter way."""

import os
import signal
import sys
from pathlib import Path

from tests.forked import forked


def tell(file: Path) -> None:
    """Write down who does this, and whether the forum was there already."""
    file.write_text(f"{os.getpid()} {'forum.moving.moving' in sys.modules}")


def stumble() -> None:
    """End oddly."""
    os._exit(3)


def be_killed() -> None:
    """End at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_it_is_another_process_that_has_imported_what_takes_long(tmp_path: Path) -> None:
    assert forked(tell, tmp_path / "told") == 0

    who, imported = (tmp_path / "told").read_text().split()
    assert int(who) != os.getpid()
    assert imported == "True"


def test_how_it_ended_is_told() -> None:
    assert (forked(stumble), forked(be_killed)) == (3, -signal.SIGKILL)
