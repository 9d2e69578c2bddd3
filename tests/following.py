"""Follows a document that says how something is done: its files, its changes, its commands."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("forum", "moderation", "realtime", "static", "templates", "tests")
BLOCK = re.compile(
    r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
NEXT_PLACE = "@@\n"
"""Stands in a change between two places of one file."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a document: commands (`sh`), their output (`text`), a change (`diff`), or a new file."""

    file: str
    kind: str
    body: str


def blocks(document: str) -> Iterator[Block]:
    """Yield the blocks; a file's name stands in a line of its own before its block."""
    for found in BLOCK.finditer(document):
        yield Block(found["file"] or "", found["kind"], found["body"])


def copied(folder: Path) -> Path:
    """Return a copy of the project in a folder, with the environment that runs this test as its `.venv`."""
    house = folder / "house"
    for name in FOLDERS:
        # With what is compiled, which takes longer than the steps; but for what is being written just now.
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    shutil.copy(ROOT / "pyproject.toml", house)
    (house / ".venv").symlink_to(sys.prefix)
    return house


async def follow(steps: Iterable[Block], house: Path) -> None:
    """Do what the blocks say, in their order; AssertionError names what turned out otherwise."""
    said = ""
    for step in steps:
        match step.kind:
            case "sh":
                said = await _typed(step.body, house)
            case "text":
                _expect(step.body.splitlines(), said.splitlines())
            case "diff":
                _change(house / step.file, step.body)
            case _:
                assert not (house / step.file).exists(), f"{step.file} is there already"
                (house / step.file).write_text(step.body, "utf-8")


async def _typed(commands: str, house: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        *("sh", "-ec", commands),
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    return said


def _expect(lines: Iterable[str], said: Iterable[str]) -> None:
    """Every line must have been said, in this order; others may stand between them."""
    rest = iter(said)
    for line in lines:
        assert line in rest, f"not said, or not in this place: {line}"


def _change(file: Path, change: str) -> None:
    text = file.read_text("utf-8")
    for place in change.split(NEXT_PLACE):
        lines = place.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] != "+")
        assert text.count(before) == 1, f"{file.name} has not once:\n{before}"
        text = text.replace(before, "".join(line[1:] for line in lines if line[0] != "-"))
    file.write_text(text, "utf-8")
