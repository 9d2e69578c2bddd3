"""The desk's story holds together: whoever is named is somebody, and every step is one of the playbook."""

from forum.accounts.roles import Role
from forum.demo import desk_story as story
from forum.demo.story import MODERATOR, PEOPLE, Said
from forum.desk.playbook import STEPS
from forum.review.reporting import OF_HANDLES

HANDLES = {person.handle: person for person in PEOPLE}
SAID = [one for one in vars(story).values() if isinstance(one, Said)]


def test_everybody_at_the_desk_and_before_it_is_somebody() -> None:
    handle, reporter, reason = story.REPORTED_HANDLE

    assert {one.who for one in SAID} | {story.EDITED[0], handle, reporter} <= HANDLES.keys()
    assert all(one.minutes_ago < HANDLES[one.who].days * 24 * 60 for one in SAID)
    assert reason in OF_HANDLES


def test_two_moderators_share_the_desk() -> None:
    assert HANDLES[story.SECOND].role is HANDLES[MODERATOR].role is Role.MODERATOR
    assert story.SECOND != MODERATOR


def test_care_goes_through_every_step_in_order() -> None:
    minutes = [after for _, after in story.CARE_STEPS]

    assert [step for step, _ in story.CARE_STEPS] == list(STEPS)
    assert minutes == sorted(minutes)
