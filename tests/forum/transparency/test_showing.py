"""What the page shows of a month, in words."""

from forum.language import Language
from forum.transparency.figures import figures, headline
from forum.transparency.months import Month
from forum.transparency.reading import Reading
from forum.transparency.showing import TITLES, Shown
from forum.transparency.tally import Seen, tally
from tests.forum.transparency.logs import Said, an_evening, ruling

MONTH = Month(2026, 10)


def shown(entries: list[Seen], *, months: int = 1, running: bool = False) -> Shown:
    """Return a month, after some months alike."""
    counted = tally(MONTH, entries)
    names = tuple(MONTH.before(back) for back in range(months))
    lines = [headline(counted, running=running)] * months
    return Shown(Reading(figures(counted, running=running), lines, names), Language.load("en"))


def test_every_table_that_tells_something_is_shown_in_words() -> None:
    tables = {table.key: table for table in shown(an_evening()).tables()}

    assert list(tables) == list(TITLES)
    assert [(row.words, row.count, row.share) for row in tables["found-by"].rows] == [
        ("The machine noticed it", "60", "86%"),
        ("A person reported it", "10", "14%"),
    ]
    half = tables["kind"].rows[0].within
    assert half is not None
    assert half.half is not None
    assert half.half.said == "9 minutes"


def test_the_bars_by_guideline_leave_out_what_was_held_against_nobody() -> None:
    chart = next(table.chart for table in shown(an_evening()).tables() if table.key == "reason")

    assert chart is not None
    assert [bar.label for bar in chart.bars] == [
        "Speak to people as people",
        "What is said here stays here",
    ]


def test_what_is_put_together_has_a_row_of_its_own() -> None:
    few = [ruling(Said("care", "seen", rule="care")) for _ in range(3)]

    rows = next(table.rows for table in shown(an_evening() + few).tables() if table.key == "kind")

    assert rows[-1].words == "All others together"


def test_without_numbers_there_are_no_tables_and_no_appeals() -> None:
    nothing = shown([])

    assert (list(nothing.tables()), nothing.appeals()) == ([], None)
    assert nothing.within.half is None


def test_charts_over_months_need_two_months_that_are_over() -> None:
    assert shown(an_evening()).by_month() is None
    assert shown(an_evening()).by_time() is None
    assert len(getattr(shown(an_evening(), months=3).by_month(), "bars", ())) == 3
    assert len(getattr(shown(an_evening(), months=3).by_time(), "lines", ())) == 2
    assert shown(an_evening(), months=3, running=True).by_month() is None


def test_all_months_are_listed_by_year() -> None:
    years = shown(an_evening(), months=12).others()

    assert [(year, len(months)) for year, months in years] == [(2026, 10), (2025, 2)]
    assert years[0][1][0].name == "October 2026"


def test_the_months_of_a_year_say_which_one_is_running() -> None:
    (row,) = shown(an_evening(), running=True).year()

    assert (row.running, row.total, row.named.short) == (True, "70", "Oct 2026")


def test_appeals_are_told_with_how_many_were_right() -> None:
    assert shown(an_evening()).appeals() == (12, 5)
    assert getattr(shown(an_evening()).answered.half, "said", "") == "60 minutes"
