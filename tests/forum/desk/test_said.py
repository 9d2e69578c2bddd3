"""Everything that can stand at the desk has a name."""

from forum.desk.said import HOURS, KINDS, MEASURES, QUESTIONS, SEVERITIES, STAGES, named
from forum.review.claiming import HANDED_OVER, NEW, SECOND_OPINION
from forum.review.decisions import LONGEST_HOURS
from forum.review.items import Kind
from forum.review.outcomes import Measure
from forum.review.severity import WORST
from tests.builders import shared_renderer


def test_nothing_is_without_a_name() -> None:
    assert set(KINDS) == set(QUESTIONS) == set(Kind)
    assert set(SEVERITIES) == set(range(WORST + 1))
    assert set(STAGES) == {NEW, SECOND_OPINION, HANDED_OVER}
    assert set(MEASURES) == set(Measure)
    assert all(1 <= int(hours) <= LONGEST_HOURS for hours in HOURS if hours)


def test_a_name_from_an_older_version_stands_for_itself() -> None:
    renderer = shared_renderer("en", "UTC")

    assert renderer.say(named(KINDS, "petition")) == "petition"
    assert renderer.say(named(KINDS, "held")) == "Held message"
