"""Where the bars and lines of a chart stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.transparency.charts import HEIGHT, LEFT, TOP, lines, nice, nice_seconds, sideways, upright

VALUES = st.lists(st.tuples(st.just("Oct"), st.none() | st.integers(0, 10**7)), min_size=1, max_size=12)


@given(VALUES)
def test_every_bar_stands_within_its_chart_and_beside_the_others(
    values: list[tuple[str, float | None]],
) -> None:
    bars = upright(values).bars

    assert len(bars) == len(values)
    assert all(one.x >= LEFT and one.x + one.width <= 100.01 for one in bars)
    assert all(one.y >= TOP and one.y + one.height == pytest.approx(TOP + HEIGHT) for one in bars)
    assert all(one.x + one.width <= after.x for one, after in pairwise(bars))


def test_the_last_month_is_named_and_one_in_four_before_it() -> None:
    bars = upright([(str(month), 5) for month in range(10)]).bars

    assert [bar.label for bar in bars if bar.named] == ["1", "5", "9"]


def test_a_sideways_bar_is_as_wide_as_its_share_of_the_greatest() -> None:
    chart = sideways([("a", 20), ("b", 5)])

    assert [bar.width for bar in chart.bars] == [88, 22]
    assert chart.height == 2 * (chart.bars[1].y - chart.bars[0].y)


def test_nothing_to_draw_is_drawn_without_a_fault() -> None:
    assert sideways([]).bars == upright([]).bars == ()
    assert lines(["Oct"], [[None], [None]]).lines[0].dots == ()


def test_a_line_is_open_where_a_month_has_no_value() -> None:
    (line,) = lines(["a", "b", "c", "d"], [[60, None, 120, 60]]).lines

    assert len(line.dots) == 3
    assert line.stretches == ((line.dots[1], line.dots[2]),)
    assert line.dots[1].y == TOP


@pytest.mark.parametrize(("most", "top"), [(0, 10), (10, 10), (11, 20), (214, 500), (500, 500), (501, 1000)])
def test_a_scale_of_counts_ends_at_a_round_number(most: float, top: float) -> None:
    assert nice(most) == top


@pytest.mark.parametrize(("most", "top"), [(0, 120), (540, 600), (86_400, 86_400), (86_401, 172_800)])
def test_a_scale_of_times_ends_at_a_round_time(most: float, top: float) -> None:
    assert nice_seconds(most) == top
