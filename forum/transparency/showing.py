"""What the page shows of a month: tables in words, charts, and the way to the other months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from forum.language import N_, Language, Words
from forum.transparency.charts import Bars, Lines, lines, sideways, upright
from forum.transparency.csv_file import TOGETHER
from forum.transparency.figures import TABLES, Figures, Headline, Times
from forum.transparency.months import Month
from forum.transparency.reading import Reading
from forum.transparency.spelling import Duration, Spelling
from forum.transparency.words import APPEALS, NONE, OTHER, RULES

TITLES: dict[str, Words] = {
    "kind": N_("What it was about"),
    "found-by": N_("Who noticed it"),
    "outcome": N_("What was decided"),
    "reason": N_("By which guideline"),
    "measure": N_("What else was done"),
    "rule": N_("What it was noticed for"),
}
"""The tables of the page, in order; what the machine held is told in a sentence."""


@dataclass(frozen=True, slots=True)
class Within:
    """How long half of them took, and nine in ten; None of too few."""

    half: Duration | None
    most: Duration | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, in words."""

    words: str
    count: str
    share: str
    within: Within | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `chart` has a bar for each of its rows, or is None."""

    key: str
    title: str
    rows: tuple[Row, ...]
    chart: Bars | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A month with its name."""

    month: Month
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A month in the table of the year."""

    named: Named
    total: str | None
    within: Within
    running: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Writes a reading out in one language."""

    reading: Reading
    language: Language

    @property
    def figures(self) -> Figures:
        """The month."""
        return self.reading.figures

    @property
    def spelling(self) -> Spelling:
        """How numbers are written."""
        return Spelling(self.language.locale)

    @property
    def named(self) -> Named:
        """The month, with its name."""
        return self.name(self.figures.headline.month)

    @property
    def within(self) -> Within:
        """How long its decisions took."""
        return self.span(self.figures.headline.times)

    @property
    def answered(self) -> Within:
        """How long answers to appeals took."""
        return self.span(self.figures.answered)

    def span(self, times: Times) -> Within:
        """Write times out."""
        half, most = ((one if one is None else self.spelling.within(one)) for one in (times.half, times.most))
        return Within(half, most)

    def name(self, month: Month) -> Named:
        """Write a month out."""
        return Named(month, self.spelling.month(month), self.spelling.short(month))

    def tables(self) -> Iterator[Table]:
        """Yield the tables that tell something."""
        for key, title in TITLES.items():
            told = self.figures.tables.get(key)
            if told is not None and told.rows:
                rows = [(one, self._words(key, one), count) for one, count in told.rows]
                rows += [(OTHER, self.language.say(TOGETHER), told.others)] if told.others else []
                chart = _of_reasons(rows) if key == "reason" else None
                shown = tuple(self._row(key, *row) for row in rows)
                yield Table(key, self.language.say(title), shown, chart)

    def year(self) -> tuple[YearRow, ...]:
        """Return the months of the year before, the latest last."""
        return tuple(self._year_row(one) for one in self.reading.year)

    def by_month(self) -> Bars | None:
        """Return a bar for every month that is over, or None where there is nothing to compare."""
        over = self._over()
        return upright([(self.name(one.month).short, one.total) for one in over]) if len(over) > 1 else None

    def by_time(self) -> Lines | None:
        """Return two lines over those months: within which time half was decided, and nine in ten."""
        over = self._over()
        if sum(one.times.half is not None for one in over) <= 1:
            return None
        series = ([one.times.half for one in over], [one.times.most for one in over])
        return lines([self.name(one.month).short for one in over], series)

    def others(self) -> list[tuple[int, list[Named]]]:
        """Return all months by year, the latest first."""
        years = groupby(self.reading.months, key=lambda month: month.year)
        return [(year, [self.name(month) for month in months]) for year, months in years]

    def appeals(self) -> tuple[int, int] | None:
        """Return how many appeals were decided, and of how many of them the author was right."""
        told = self.figures.tables.get("appeals")
        upheld = told.count("upheld") if told is not None and told.rows else None
        return None if upheld is None or not self.figures.appeals else (self.figures.appeals, upheld)

    def _over(self) -> Sequence[Headline]:
        running = self.figures.headline.month if self.figures.running else None
        return [one for one in self.reading.year if one.month != running]

    def _words(self, key: str, category: str) -> str:
        words = APPEALS if key == "appeals" else TABLES[key].words
        return self.language.say(words.get(category, RULES[OTHER]))

    def _row(self, key: str, category: str, words: str, count: int) -> Row:
        times = self.figures.times.get(category) if key == "kind" else None
        share = self.spelling.share(count / (self.figures.headline.total or count))
        return Row(words, self.spelling.number(count), share, self.span(times) if times else None)

    def _year_row(self, one: Headline) -> YearRow:
        total = None if one.total is None else self.spelling.number(one.total)
        running = self.figures.running and one.month == self.figures.headline.month
        return YearRow(self.name(one.month), total, self.span(one.times), running)


def _of_reasons(rows: Sequence[tuple[str, str, int]]) -> Bars | None:
    bars = [(words, count) for category, words, count in rows if category != NONE]
    return sideways(bars) if len(bars) > 1 else None
