"""A month as a CSV file."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.language import Language, Words
from forum.transparency.csv_file import HEADER, csv_of, harmless
from forum.transparency.figures import Figures, figures
from forum.transparency.months import Month
from forum.transparency.tally import tally
from tests.forum.transparency.logs import an_evening, ruling

MONTH = Month(2026, 10)
SAY = Language.load("en").say


def rows(shown: Figures) -> list[list[str]]:
    """Read the file as anybody would."""
    return list(csv.reader(StringIO(csv_of(shown, SAY), newline="")))


def test_every_number_of_the_page_is_in_the_file() -> None:
    header, *told = rows(figures(tally(MONTH, an_evening())))

    numbers = {(row[2], row[3]): row[5] for row in told}
    assert tuple(header) == HEADER
    assert {(row[0], row[1]) for row in told} == {("2026-10", "final")}
    assert numbers["decisions", "all"] == "70"
    assert numbers["reason", "kindness"] == "12"
    assert numbers["holds", "error-rate"] == "0.67"
    assert numbers["decisions", "all-half"] == "9"
    assert numbers["appeals", "upheld"] == "5"


def test_a_running_month_says_so_and_tells_its_total_only() -> None:
    told = rows(figures(tally(MONTH, an_evening()), running=True))[1:]

    assert {row[1] for row in told} == {"so-far"}
    assert {row[2] for row in told} == {"decisions"}


def test_fewer_than_five_stay_so() -> None:
    told = rows(figures(tally(MONTH, [ruling()])))[1:]

    assert [row[5] for row in told] == ["<5", "0"]


def test_lines_end_as_the_standard_says() -> None:
    file = csv_of(figures(tally(MONTH, an_evening())), SAY)

    assert file.endswith("\r\n")
    assert file.count("\n") == file.count("\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.text())
def test_whatever_a_translation_says_stays_one_harmless_cell(said: str) -> None:
    def translated(_words: Words) -> str:
        return said

    file = csv_of(figures(tally(MONTH, an_evening())), translated)

    assert {row[4] for row in csv.reader(StringIO(file, newline=""))} == {HEADER[4], harmless(said)}
