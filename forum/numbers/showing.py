"""What the manager's pages show: tables in words, and the bars of their charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forum.calendar.kinds import Kind
from forum.feedback.questions import CHOICES, Choice, Question
from forum.language import N_, Language, Words
from forum.numbers.attending import CAME, SIGNED_UP, Ways
from forum.numbers.pooling import Block
from forum.numbers.reading import MonthNumbers
from forum.transparency.charts import Bars, sideways, upright
from forum.transparency.csv_file import TOGETHER
from forum.transparency.months import Month
from forum.transparency.spelling import Spelling

FEWER, NOT_TOLD = N_("fewer than 5"), N_("too few to tell")
WITH_OTHERS = N_("with others")
NONE_TOLD = ""
"""The key of what is told together."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the table, in words."""

    month: Month
    name: str
    short: str
    held: str
    signed_up: str
    came: str
    returning: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of gathering over all months, in words; `bar` is how many came in the months that tell it."""

    words: str
    held: str
    signed_up: str
    came: str
    returning: str
    bar: int | None


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An answer, with how often it was given in each month."""

    words: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Writes the numbers out in one language."""

    months: Sequence[MonthNumbers]
    language: Language

    @property
    def spelling(self) -> Spelling:
        """How numbers are written."""
        return Spelling(self.language.locale)

    def short(self) -> list[tuple[Month, str]]:
        """Return the months with their short names."""
        return [(one.month, self.spelling.short(one.month)) for one in self.months]

    def by_month(self) -> list[MonthRow]:
        """Return a row for every month."""
        return [
            MonthRow(
                one.month,
                self.spelling.month(one.month),
                self.spelling.short(one.month),
                self.spelling.number(one.held.total()),
                self.number(one.pooled.told(SIGNED_UP), FEWER),
                self.number(one.pooled.told(CAME)),
                self.number(one.returning.total, FEWER),
            )
            for one in self.months
        ]

    def by_kind(self) -> list[KindRow]:
        """Return a row for every kind that there was, and one for what is told together."""
        kinds = [kind for kind in Kind if any(one.held.get(kind) for one in self.months)]
        rows = [self._kind(str(kind), self.language.say(kind.words)) for kind in kinds]
        together = self._kind(NONE_TOLD, self.language.say(TOGETHER))
        return [*rows, together] if together.bar is not None else rows

    def came_by_month(self) -> Bars:
        """Return a bar for every month: how many came."""
        return upright([(name, one.pooled.told(CAME)) for one, (_, name) in self._named()])

    def returning_by_month(self) -> Bars:
        """Return a bar for every month: how many returned."""
        return upright([(name, one.returning.total) for one, (_, name) in self._named()])

    def came_by_kind(self) -> Bars:
        """Return a bar for every kind: how many came."""
        return sideways([(row.words, row.bar) for row in self.by_kind() if row.bar is not None])

    def feedback(self) -> Iterator[tuple[str, str, list[ChoiceRow]]]:
        """Yield every question with its answers, month by month."""
        for question in Question:
            rows = [
                ChoiceRow(
                    self.language.say(words),
                    tuple(self.number(self._given(one, question, choice)) for one in self.months),
                )
                for choice, words in CHOICES[question].items()
            ]
            yield str(question), self.language.say(question.words), rows

    def number(self, count: int | None, few: Words = NOT_TOLD) -> str:
        """Write a count, or that there are too few to tell it."""
        return self.language.say(few) if count is None else self.spelling.number(count)

    def _named(self) -> list[tuple[MonthNumbers, tuple[Month, str]]]:
        return list(zip(self.months, self.short(), strict=True))

    def _given(self, one: MonthNumbers, question: Question, choice: Choice) -> int | None:
        told = one.feedback[question]
        return told.count(choice) if told.rows else None

    def _kind(self, key: str, words: str) -> KindRow:
        held = sum(one.held[key] for one in self.months)
        signed_up, came = (self._over_months(key, ways) for ways in (SIGNED_UP, CAME))
        back = self._back(key)
        return KindRow(
            words,
            self.spelling.number(held) if key else "",
            self._so_far(*signed_up),
            self._so_far(*came),
            self.language.say(WITH_OTHERS) if back is None else self.spelling.number(back),
            came[0],
        )

    def _over_months(self, key: str, ways: Ways) -> tuple[int | None, bool]:
        """Return the sum of the months that tell it (None where none does), and whether all do."""
        told: list[int | None] = []
        for one in self.months:
            ours = [block for block in one.pooled.blocks if _key(block) == key]
            if ours:
                told.append(one.pooled.told(ways, ours))
            elif one.held[key]:
                told.append(None)
        known = [count for count in told if count is not None]
        return sum(known) if known else None, len(known) == len(told)

    def _so_far(self, count: int | None, whole: bool) -> str:
        if count is None:
            return self.language.say(WITH_OTHERS)
        said = self.spelling.number(count)
        return said if whole else self.language.say(N_("at least %(count)s", count=said))

    def _back(self, key: str) -> int | None:
        if not self.months or not self.months[-1].returning.told.rows:
            return None
        told = self.months[-1].returning.told
        return told.count(key) if key else told.others


def _key(block: Block) -> str:
    return next(iter(block.kinds)) if len(block.kinds) == 1 else NONE_TOLD
