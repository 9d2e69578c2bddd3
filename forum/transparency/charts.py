"""Where the bars and lines of a chart stand: numbers for the template that draws it as SVG.

Sideways everything is a percentage and downwards a pixel, so that a chart is as wide as its column and its
words are as large as those around it, on a telephone as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

HEIGHT = 160
"""Pixels that the highest value has."""
TOP, BOTTOM = 24, 28
"""Pixels above and below, for what is written there."""
LEFT = 17.0
"""Percent of the width for what is written beside the axis."""
ROW = 48
"""Pixels a sideways bar takes, with its words above it."""
EVERY = 4
"""One in so many months is named below, so that their names have room on a phone."""
STEPS = (120, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400)
"""Seconds where a scale of times may end, each with a plain half; above the last, an even number of days."""
TWO_DAYS = 172_800
LEAST_TOP = 10.0
"""Where a scale of counts ends at the least."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An upright bar, or a sideways one, from its upper left corner; `value` None has no bar."""

    label: str
    value: float | None
    x: float
    y: float
    width: float
    height: float
    named: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, with the value that it stands for."""

    value: float
    y: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars, with its height in pixels."""

    bars: tuple[Bar, ...]
    height: int
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a line."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its dots, and the stretches between neighbours that both have a value."""

    dots: tuple[Dot, ...]
    stretches: tuple[tuple[Dot, Dot], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A chart of lines over the same months; `names` are those written below, with their places."""

    lines: tuple[Line, ...]
    names: tuple[Bar, ...]
    height: int
    ticks: tuple[Tick, ...]


def upright(values: Sequence[tuple[str, float | None]]) -> Bars:
    """Return a bar for every value, from left to right."""
    top = nice(max((value or 0 for _, value in values), default=0))
    bars = tuple(_column(values, number, top) for number in range(len(values)))
    return Bars(bars, TOP + HEIGHT + BOTTOM, _ticks(top))


def sideways(values: Sequence[tuple[str, float]]) -> Bars:
    """Return a bar for every value, one below the other; the greatest is as wide as there is room."""
    most = max((value for _, value in values), default=0) or 1
    bars = (
        Bar(label, value, 0, number * ROW + 22, round(88 * value / most, 2), 14)
        for number, (label, value) in enumerate(values)
    )
    return Bars(tuple(bars), len(values) * ROW)


def lines(labels: Sequence[str], series: Sequence[Sequence[float | None]]) -> Lines:
    """Return a line for every series of seconds, one value a label; where one is missing, it is open."""
    top = nice_seconds(max((value or 0 for values in series for value in values), default=0))
    drawn = tuple(_line(values, top) for values in series)
    return Lines(drawn, upright([(label, None) for label in labels]).bars, TOP + HEIGHT + BOTTOM, _ticks(top))


def nice(most: float) -> float:
    """Return the round number where a scale of counts ends: 1, 2 or 5 times a power of ten, at least 10."""
    if most <= LEAST_TOP:
        return LEAST_TOP
    power = 10 ** floor(log10(most))
    return next(float(step * power) for step in (1, 2, 5, 10) if step * power >= most)


def nice_seconds(most: float) -> float:
    """Return the time where a scale of times ends."""
    days = ceil(most / TWO_DAYS) * TWO_DAYS
    return float(next((step for step in STEPS if step >= most), days))


def _column(values: Sequence[tuple[str, float | None]], number: int, top: float) -> Bar:
    label, value = values[number]
    room = (100 - LEFT) / len(values)
    tall = round(HEIGHT * (value or 0) / top, 2)
    named = (len(values) - 1 - number) % EVERY == 0
    x = round(LEFT + room * (number + 0.2), 2)
    return Bar(label, value, x, TOP + HEIGHT - tall, round(room * 0.6, 2), tall, named)


def _line(values: Sequence[float | None], top: float) -> Line:
    dots = [
        None if value is None else _dot(number, len(values), value / top)
        for number, value in enumerate(values)
    ]
    pairs = tuple((one, after) for one, after in pairwise(dots) if one and after)
    return Line(tuple(dot for dot in dots if dot), pairs)


def _dot(number: int, count: int, part: float) -> Dot:
    return Dot(round(LEFT + (100 - LEFT) * (number + 0.5) / count, 2), round(TOP + HEIGHT * (1 - part), 2))


def _ticks(top: float) -> tuple[Tick, ...]:
    return tuple(Tick(top * part, TOP + HEIGHT * (1 - part)) for part in (0, 0.5, 1))
