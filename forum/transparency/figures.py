"""What is published of a month: counts, times and rates, none of them about fewer than five."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from forum.language import Words
from forum.transparency import words
from forum.transparency.months import Month
from forum.transparency.tally import Cell, Tally
from forum.transparency.told import LEAST, Told

TENTH = 10
"""Of fewer, nine in ten would be all but the very last of them, or all."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds within which half were done, and nine in ten (the nearest rank); None of too few."""

    half: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """A month in one line: how many decisions (None: from 1 to 4), and how long they took."""

    month: Month
    total: int | None
    times: Times


@dataclass(frozen=True, slots=True)
class Figures:
    """A month as it is published.

    Of a month that still runs only the headline is told, its total rounded down to fives: whoever
    compared the tables of two days would see single decisions.
    """

    headline: Headline
    running: bool
    tables: Mapping[str, Told] = field(default_factory=dict)
    times: Mapping[str, Times] = field(default_factory=dict)
    """By kind, for those that are told apart."""
    appeals: int | None = 0
    """None: from 1 to 4."""
    answered: Times = Times()

    @property
    def error_rate(self) -> float | None:
        """Of what the machine held, the part that a person published as it was; None of too few."""
        held = self.held
        released = self.tables["holds"].count(words.RELEASED) if held else None
        return None if not held or released is None else released / held

    @property
    def held(self) -> int | None:
        """How many messages and edits the machine held and a person decided; None where that is not told."""
        told = self.tables.get("holds")
        if told is None or not told.rows:
            return None
        released, stood = told.count(words.RELEASED), told.count(words.STOOD)
        return None if released is None or stood is None else released + stood


@dataclass(frozen=True, slots=True)
class Counted:
    """A table's words by category, the gravest use first, and which category a decision belongs to."""

    words: Mapping[str, Words]
    category: Callable[[Cell], str]


def _holds(cell: Cell) -> str:
    """Tell whether the machine's hold was an error: not where the author had asked for a person."""
    if cell.kind not in ("held", "edit") or cell.found_by != "machine" or cell.rule == "asked-for":
        return words.NOT_HELD
    return words.RELEASED if cell.outcome == "released" else words.STOOD


TABLES: Mapping[str, Counted] = {
    "found-by": Counted(words.FOUND_BY, lambda cell: cell.found_by),
    "holds": Counted(words.HOLDS, _holds),
    "kind": Counted(words.KINDS, lambda cell: cell.kind),
    "outcome": Counted(words.DECIDED, lambda cell: cell.outcome),
    "reason": Counted(words.REASONS, lambda cell: cell.reason or words.NONE),
    "measure": Counted(words.BESIDES, lambda cell: cell.measure or words.NONE),
    "rule": Counted(words.RULES, lambda cell: cell.rule),
}
"""The tables, the most important first: where they give each other away, the later one tells less."""


def headline(counted: Tally, *, running: bool = False) -> Headline:
    """Return the month in one line."""
    total = counted.decisions.total()
    took = sorted(one for kind in counted.seconds.values() for one in kind)
    told = total // LEAST * LEAST if running else total
    return Headline(counted.month, _shown(total) and told, times(took))


def figures(counted: Tally, *, running: bool = False) -> Figures:
    """Return what is published of a month."""
    line = headline(counted, running=running)
    if running:
        return Figures(line, running=True)
    from forum.transparency.suppression import publish  # noqa: PLC0415 - it needs numpy, and few pages do

    tables = publish(counted.decisions, {name: _known(table) for name, table in TABLES.items()})
    answers = publish(counted.appeals, {"appeals": lambda outcome: words.known(outcome, words.APPEALS)})
    kinds = {kind for kind, _ in tables["kind"].rows}
    return Figures(
        line,
        running=False,
        tables={**tables, **answers},
        times={kind: times(took) for kind, took in counted.seconds.items() if kind in kinds},
        appeals=_shown(counted.appeals.total()),
        answered=times(counted.answered),
    )


def times(took: Sequence[float]) -> Times:
    """Return how long it took, of seconds that are sorted."""
    return Times(
        half=median(took) if len(took) >= LEAST else None,
        most=took[ceil(len(took) * 0.9) - 1] if len(took) >= TENTH else None,
    )


def _known(table: Counted) -> Callable[[Cell], str]:
    return lambda cell: words.known(table.category(cell), table.words)


def _shown(count: int) -> int | None:
    return None if 0 < count < LEAST else count
