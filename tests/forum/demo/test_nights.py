"""Last month's nights: enough of them, no two alike, and each that is not fine names its guideline."""

from collections import Counter

from forum.demo.nights import NIGHTS, SPEAKERS
from forum.demo.story import PEOPLE
from forum.guidelines import BY_SLUG


def test_there_are_enough_decisions_for_a_month_to_be_told() -> None:
    reasons = Counter(one.guideline for one in NIGHTS)

    assert len(NIGHTS) >= 40
    assert len({one.text for one in NIGHTS}) == len(NIGHTS)
    assert min(reasons.values()) >= 5


def test_what_is_not_fine_names_a_guideline() -> None:
    assert all(one.fine == (one.guideline == "") for one in NIGHTS)
    assert {one.guideline for one in NIGHTS if not one.fine} <= BY_SLUG.keys()


def test_whoever_is_awake_was_here_already() -> None:
    longest = 62 + 31

    days = {person.handle: person.days for person in PEOPLE}
    assert all(days[handle] > longest for handle in SPEAKERS)
