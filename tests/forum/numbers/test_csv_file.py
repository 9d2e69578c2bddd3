"""The files tell what the page tells, and no spreadsheet takes them for formulas."""

import csv
from io import StringIO

from forum.language import Words
from forum.numbers.csv_file import DATES, NUMBERS, dates_csv, numbers_csv
from tests.forum.numbers.test_showing import FEW, MANY


def say(words: Words) -> str:
    """Return the English, as a formula."""
    return f"={words.msgid}"


def rows(file: str) -> list[list[str]]:
    """Return the rows below the header."""
    return list(csv.reader(StringIO(file)))[1:]


def test_numbers_are_told_month_by_month_and_small_ones_are_not() -> None:
    file = numbers_csv((FEW, MANY), say)
    told = {(row[0], row[1], row[2]): row[4] for row in rows(file)}

    assert file.splitlines()[0] == ",".join(NUMBERS)
    assert {key: value for key, value in told.items() if key[0] == "2026-09"} == {
        ("2026-09", "gatherings", "games"): "1",
        ("2026-09", "signed-up", "all"): "<5",
        ("2026-09", "came", "all"): "",
        ("2026-09", "returning", "all"): "<5",
    }
    assert told["2026-10", "came", "support"] == "16"
    assert told["2026-10", "came", "games social"] == "9"
    assert told["2026-10", "returning", "all"] == "8"
    assert (told["2026-10", "useful", "yes"], told["2026-10", "useful", "all-others"]) == ("9", "6")
    assert {row[3][:2] for row in rows(file) if row[3]} == {"'="}


def test_dates_that_are_told_together_are_one_row_with_all_their_days() -> None:
    file = dates_csv((FEW, MANY), say)

    assert file.splitlines()[0] == ",".join(DATES)
    assert [(row[0], row[1], row[2], *row[4:]) for row in rows(file)] == [
        ("2026-09", "2026-10-02", "games", "<5", "", "", ""),
        ("2026-10", "2026-10-02", "support", "7", "7", "7", "0"),
        ("2026-10", "2026-10-03", "support", "9", "9", "9", "0"),
        ("2026-10", "2026-10-04 2026-10-05", "games social", "9", "9", "9", "0"),
    ]
