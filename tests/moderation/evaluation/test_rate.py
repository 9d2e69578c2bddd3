"""Claims about rates: the interval is Wilson's, holds the share, and narrows with more cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.evaluation.rate import Rate, share

rates = st.integers(1, 5_000).flatmap(lambda of: st.builds(Rate, st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("rate", "interval"),
    [
        (Rate(0, 10), (0.0, 0.2775)),
        (Rate(10, 10), (0.7225, 1.0)),
        (Rate(1, 10), (0.0179, 0.4042)),
        (Rate(50, 100), (0.4038, 0.5962)),
        (Rate(81, 263), (0.2553, 0.3662)),
    ],
)
def test_the_interval_is_the_published_one(rate: Rate, interval: tuple[float, float]) -> None:
    """The last is the example of R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I."""
    assert rate.interval == pytest.approx(interval, abs=5e-5)


@given(rates)
def test_the_interval_holds_the_share(rate: Rate) -> None:
    assert rate.value is not None
    assert rate.interval is not None
    low, high = rate.interval

    assert 0 <= low <= rate.value + 1e-12
    assert rate.value - 1e-12 <= high <= 1


@given(rates)
def test_what_is_not_so_has_the_same_interval_from_the_other_side(rate: Rate) -> None:
    other = Rate(rate.of - rate.count, rate.of).interval
    assert rate.interval is not None
    assert other is not None

    assert rate.interval[0] == pytest.approx(1 - other[1], abs=1e-9)


def test_more_cases_make_it_surer() -> None:
    few, many = Rate(5, 10).interval, Rate(500, 1_000).interval
    assert few is not None
    assert many is not None

    assert few[0] < many[0] < many[1] < few[1]


def test_of_nothing_there_is_no_figure() -> None:
    assert Rate(0, 0).as_json() == {"count": 0, "of": 0, "value": None, "interval": None}


def test_a_share_counts_what_is_so() -> None:
    assert share([True, False, True]) == Rate(2, 3)
