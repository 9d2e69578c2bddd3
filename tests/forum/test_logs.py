"""Claims about log lines: ids and outcomes, one JSON object a line, and never what an exception quotes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forum.logs import configure_logs

SECRET = "a text that somebody wrote"
PROGRAM = f"""
import logging, structlog
from forum.logs import configure_logs

configure_logs("debug")
structlog.get_logger().info("request", route="/threads/{{id}}", status=200)
structlog.get_logger().debug("detail")
logging.getLogger("aiosqlite").debug("parameters: %s", {SECRET!r})
logging.getLogger("uvicorn.access").info("GET /members/%s", {SECRET!r})
try:
    try:
        raise KeyError({SECRET!r})
    except KeyError as inner:
        raise RuntimeError({SECRET!r}) from inner
except RuntimeError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
"""


def said() -> list[str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=Path.cwd(), check=True
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_lines_are_json_and_those_of_libraries_carry_no_words() -> None:
    ours, detail, theirs, place = said()

    line = json.loads(ours)
    assert (line["event"], line["status"], line["level"]) == ("request", 200, "info")
    assert line["timestamp"].endswith("Z")
    assert json.loads(detail)["event"] == "detail"
    assert theirs == "ERROR uvicorn.error Exception in ASGI application"
    assert place == "RuntimeError at <string>:14"
    assert SECRET not in f"{ours}{detail}{theirs}{place}"


@pytest.mark.parametrize("level", ["LOUD", "", "10"])
def test_a_level_that_is_none_is_refused_by_the_name_of_its_setting(level: str) -> None:
    with pytest.raises(ValueError, match="WAYPOST_LOG_LEVEL"):
        configure_logs(level)
