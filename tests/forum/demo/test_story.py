"""The story holds together: whoever speaks is somebody, and answers have something to answer."""

from forum.accounts.handles import check_shape
from forum.accounts.roles import Role
from forum.demo.story import HELD, MODERATOR, PEOPLE, REPORTED, ROOMS, SPACES, THREADS
from forum.notes.notes import note_of

HANDLES = {person.handle for person in PEOPLE}


def test_everybody_who_speaks_is_somebody_with_a_possible_handle() -> None:
    speaking = {said.who for story in (*THREADS, *ROOMS, *HELD) for said in story.said}

    assert speaking <= HANDLES
    assert {check_shape(handle) for handle in HANDLES} == HANDLES


def test_nobody_speaks_before_they_joined() -> None:
    joined = {person.handle: person.days * 24 * 60 for person in PEOPLE if person.days}
    for story in (*THREADS, *ROOMS, *HELD):
        for said in story.said:
            assert said.minutes_ago <= joined.get(said.who, 24 * 60), said.text


def test_threads_run_forward_and_answers_answer_what_was_said() -> None:
    for thread in THREADS:
        times = [said.minutes_ago for said in thread.said]

        assert times == sorted(times, reverse=True)
        assert all(said.answers is None or said.answers < n for n, said in enumerate(thread.said))


def test_everything_happens_in_a_place_that_is_opened() -> None:
    slugs, titles = {space.slug for space in SPACES}, {thread.title for thread in THREADS}

    assert {story.space for story in (*THREADS, *ROOMS)} <= slugs
    assert {thread.title for thread in HELD} | {REPORTED[0]} <= titles
    assert REPORTED[2] in HANDLES


def test_a_moderator_released_what_has_a_note() -> None:
    noted = [said for thread in THREADS for said in thread.said if said.note]

    assert [note_of(said.note) is not None for said in noted] == [True]
    assert [person.role for person in PEOPLE if person.handle == MODERATOR] == [Role.MODERATOR]
    assert MODERATOR not in {said.who for said in noted}
