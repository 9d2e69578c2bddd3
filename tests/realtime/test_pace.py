"""How fast one connection may speak."""

from hypothesis import given
from hypothesis import strategies as st

from realtime.pace import Pace
from tests.realtime.twins import Clock


def test_a_burst_is_fine_and_what_follows_waits() -> None:
    pace = Pace(20, 5.0, Clock())
    burst = [pace.take() for _ in range(20)]

    assert burst == [0.0] * 20
    assert pace.take() == 0.5


def test_waiting_as_told_is_enough() -> None:
    clock = Clock()
    pace = Pace(20, 5.0, clock)
    for _ in range(25):
        wait = pace.take()
    clock.now += wait

    assert pace.take() == 0.0


def test_not_waiting_exhausts_it_after_as_many_again() -> None:
    pace = Pace(20, 5.0, Clock())
    exhausted = []
    for _ in range(40):
        pace.take()
        exhausted.append(pace.exhausted)

    assert exhausted == [False] * 39 + [True]


def test_a_clock_that_steps_back_takes_nothing_away() -> None:
    clock = Clock()
    pace = Pace(2, 1.0, clock)
    pace.take()
    clock.now -= 3600.0

    assert pace.take() == 0.0


@given(st.lists(st.floats(min_value=0.25, max_value=100.0), max_size=50))
def test_a_steady_pace_is_never_asked_to_wait(pauses: list[float]) -> None:
    clock = Clock()
    pace = Pace(20, 5.0, clock)

    for pause in pauses:
        clock.now += pause
        assert pace.take() == 0.0
