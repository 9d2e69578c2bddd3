"""What a condition tells."""

from realtime.condition import Condition


def test_what_answers_has_no_fault() -> None:
    assert Condition("memory", answers=True).fault is None
