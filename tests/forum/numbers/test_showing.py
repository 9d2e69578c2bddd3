"""The manager's tables in words: a number where one may be told, and the reason where not."""

from collections import Counter
from dataclasses import replace

from forum.feedback.questions import Question
from forum.language import Language
from forum.numbers.pooling import pool
from forum.numbers.reading import MonthNumbers
from forum.numbers.returning import Returning
from forum.numbers.showing import Shown
from forum.transparency.months import Month
from forum.transparency.told import Told
from tests.forum.numbers.seasons import counted

FEW = MonthNumbers(
    Month(2026, 9),
    Counter(games=1),
    pool([counted(1, "games", came=2)]),
    Returning(None, Told(())),
    dict.fromkeys(Question, Told(())),
)
MANY = MonthNumbers(
    Month(2026, 10),
    Counter(support=2, games=1, social=1),
    pool([counted(1, came=7), counted(2, came=9), counted(3, "games", came=3), counted(4, "social", came=6)]),
    Returning(8, Told((("support", 8),))),
    dict.fromkeys(Question, Told((("yes", 9),), 6)),
)
SHOWN = Shown((FEW, MANY), Language.load("en"))


def test_every_month_has_a_row_that_says_where_there_are_too_few() -> None:
    rows = [(one.short, one.held, one.signed_up, one.came, one.returning) for one in SHOWN.by_month()]

    assert rows == [
        ("Sep 2026", "1", "fewer than 5", "too few to tell", "fewer than 5"),
        ("Oct 2026", "4", "25", "25", "8"),
    ]


def test_kinds_that_are_told_together_have_one_row() -> None:
    rows = [(one.words, one.held, one.came, one.returning) for one in SHOWN.by_kind()]

    assert rows == [
        ("Support meeting", "2", "16", "8"),
        ("Game night", "2", "with others", "0"),
        ("Social", "1", "with others", "0"),
        ("All others together", "", "9", "0"),
    ]


def test_a_kind_that_some_months_tell_with_others_says_that_it_is_at_least_so_many() -> None:
    alone = replace(MANY, month=Month(2026, 11), pooled=pool([counted(1, "games", came=12)]))
    rows = {one.words: one.came for one in Shown((MANY, alone), Language.load("en")).by_kind()}

    assert rows["Game night"] == "at least 12"


def test_charts_have_a_bar_for_what_is_told_only() -> None:
    assert [bar.value for bar in SHOWN.came_by_month().bars] == [None, 25]
    assert [bar.value for bar in SHOWN.returning_by_month().bars] == [None, 8]
    assert [bar.label for bar in SHOWN.came_by_kind().bars] == ["Support meeting", "All others together"]


def test_an_answer_that_is_not_told_apart_says_so() -> None:
    key, words, rows = next(SHOWN.feedback())

    assert (key, words) == ("welcome", "Did you feel welcome?")
    assert [row.counts for row in rows] == [("too few to tell", "9")] + [("too few to tell",) * 2] * 2


def test_nothing_is_shown_of_no_months() -> None:
    nothing = Shown((), Language.load("en"))

    assert (nothing.by_month(), nothing.by_kind()) == ([], [])
