"""What is over."""

from moderation.danger.past import is_now, is_over, is_told


def test_another_time_is_told_unless_the_present_is_in_it() -> None:
    assert is_told(" five years ago i wanted to die ")
    assert not is_told(" last year it was the same and it is back now ")
    assert not is_told(" i want to die ")


def test_it_is_over_when_it_was_another_time_and_is_well_since() -> None:
    assert is_over(" five years ago i wanted to die | i am glad i called ")
    assert not is_over(" five years ago i wanted to die | and today ")


def test_today_is_heard() -> None:
    assert is_now(" i want to tonight ")
    assert not is_now(" i wanted to once ")
