"""A month as a CSV file, as RFC 4180 describes it, that no spreadsheet takes for formulas."""

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from math import ceil

from forum.language import N_, Words
from forum.transparency.figures import TABLES, Figures, Times
from forum.transparency.words import APPEALS, OTHER, RULES

HEADER = ("month", "state", "table", "item", "words", "value", "unit")
FEWER = "<5"
"""What stands for a count from 1 to 4."""
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet may run (OWASP, CSV Injection)."""

Say = Callable[[Words], str]
Row = tuple[str, str, str, str, str]

DECISIONS, TOGETHER = N_("Decisions"), N_("All others together")
APPEALED = N_("Appeals that were decided")
HALF, MOST = N_("Half were done within"), N_("Nine in ten were done within")
RATE = N_("Held by the machine and published by a person as it was written, of all it held")


def csv_of(figures: Figures, say: Say) -> str:
    """Return the file: a row for every number, with its key, its words and its unit."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    begin = (str(figures.headline.month), "so-far" if figures.running else "final")
    for row in _rows(figures, say):
        writer.writerow([harmless(cell) for cell in (*begin, *row)])
    return file.getvalue()


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _rows(figures: Figures, say: Say) -> Iterator[Row]:
    line = figures.headline
    yield "decisions", "all", say(DECISIONS), _count(line.total), "count"
    yield from _times("decisions", "all", line.times, say)
    if figures.running:
        return
    for name in TABLES:
        yield from _table(figures, name, say)
    for kind, times in figures.times.items():
        yield from _times("kind", kind, times, say)
    if figures.error_rate is not None:
        yield "holds", "error-rate", say(RATE), f"{figures.error_rate:.2f}", "share"
    yield "appeals", "all", say(APPEALED), _count(figures.appeals), "count"
    yield from _table(figures, "appeals", say)
    yield from _times("appeals", "all", figures.answered, say)


def _table(figures: Figures, name: str, say: Say) -> Iterator[Row]:
    told = figures.tables[name]
    words = APPEALS if name == "appeals" else TABLES[name].words
    for key, count in told.rows:
        yield name, key, say(words.get(key, RULES[OTHER])), str(count), "count"
    if told.rows and told.others:
        yield name, "all-others", say(TOGETHER), str(told.others), "count"


def _times(table: str, item: str, times: Times, say: Say) -> Iterator[Row]:
    for key, words, seconds in (("half", HALF, times.half), ("nine-in-ten", MOST, times.most)):
        if seconds is not None:
            yield table, f"{item}-{key}", say(words), str(max(1, ceil(seconds / 60))), "minutes"


def _count(count: int | None) -> str:
    return FEWER if count is None else str(count)
