"""The demo's gatherings hold together: real people, one of each that a visitor should see."""

from datetime import UTC, datetime

from forum.calendar.kinds import Format, Kind
from forum.demo.gathering_days import starts_in
from forum.demo.gatherings_story import ANSWERS, GATHERINGS, THANKS, GatheringStory
from forum.demo.story import PEOPLE, SPACES
from forum.feedback.questions import Question

HANDLES = {person.handle for person in PEOPLE}
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)


def test_everybody_who_holds_or_comes_is_somebody_and_no_host_is_a_guest_of_their_own() -> None:
    for story in GATHERINGS:
        coming = (*story.crowd.guests, *story.crowd.maybe)

        assert {*story.hosts, *coming, story.planned_by} <= HANDLES, story.title
        assert len(set(coming)) == len(coming), story.title
        assert story.hosts, story.title


def test_there_is_one_of_everything_that_gatherings_can_be() -> None:
    assert {story.kind for story in GATHERINGS} == set(Kind)
    assert {story.where.format for story in GATHERINGS} == set(Format)
    assert sum(bool(story.called_off) for story in GATHERINGS) == 1
    assert any(len(one.crowd.guests) > (one.crowd.capacity or 99) for one in GATHERINGS)
    assert any(story.slots for story in GATHERINGS)
    assert any(story.partner for story in GATHERINGS)
    assert any(story.public for story in GATHERINGS)
    assert any(story.questions for story in GATHERINGS)


def test_some_gatherings_are_past_and_to_come_and_what_was_cancelled_is_to_come() -> None:
    both = [story.title for story in GATHERINGS if _days(story)[0] < 0 < _days(story)[-1]]

    assert {"Tuesday circle", "Quiet game night", "Family evening"} <= set(both)
    assert all(_days(story)[0] > 0 for story in GATHERINGS if story.called_off)


def _days(story: GatheringStory) -> list[int]:
    return [(start.date() - NOW.date()).days for start in starts_in(story.when, NOW)]


def test_thanks_are_by_guests_and_every_question_has_an_answer() -> None:
    guests = {story.title: story.crowd.guests for story in GATHERINGS}

    assert all(guest in guests[title] for title, guest, _ in THANKS)
    assert {len(one) for one in ANSWERS} == {len(Question)}
    assert {space.slug for space in SPACES} >= {story.space for story in GATHERINGS}
