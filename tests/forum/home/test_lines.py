"""The people one can reach now: every line has a source, a number and the day it was checked."""

import pytest

from forum.home.lines import LINES, Line


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_line_names_its_source_and_can_be_dialled(line: Line) -> None:
    assert line.source.startswith("https://")
    assert set(line.number) <= set("+0123456789 -")
    assert line.hours.msgid
    assert line.how.msgid


def test_no_line_is_listed_twice() -> None:
    assert len({(line.country.msgid, line.name) for line in LINES}) == len(LINES)
