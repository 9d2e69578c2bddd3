"""Lines that begin with a number: an agenda by its minutes, and what is needed by how many people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moderation.markup import tidy

MOST_LINES = 30
LONGEST_LINE = 100
MOST = 999
COUNTED = re.compile(r"(\d{1,3})\s+(\S.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Counted:
    """One line: how much, and of what."""

    number: int
    words: str

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"{self.number} {self.words}"


class NotCounted(ValueError):
    """A line that is none, too long, or one too many; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def counted(typed: str, otherwise: int | None = None) -> tuple[Counted, ...]:
    """Return the lines that say something; one without a number counts `otherwise`, if that is said.

    NotCounted names the line that cannot be read, is longer than 100 characters, or comes after the 30th.
    """
    return tuple(_read(typed, otherwise))


def _read(typed: str, otherwise: int | None) -> Iterator[Counted]:
    lines = [line for line in map(tidy, tidy(typed).split("\n")) if line]
    for place, line in enumerate(lines, start=1):
        found = COUNTED.fullmatch(line)
        if found is None and (otherwise is None or line.isdecimal()):
            raise NotCounted(place)
        number, words = (int(found[1]), found[2]) if found else (otherwise or 1, line)
        if place > MOST_LINES or len(words) > LONGEST_LINE or number < 1:
            raise NotCounted(place)
        yield Counted(number, words)


def as_lines(counted_lines: Sequence[Counted]) -> str:
    """Return lines as they are typed into a form, and kept."""
    return "\n".join(map(str, counted_lines))
