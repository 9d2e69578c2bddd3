"""Turns of speech."""

import pytest

from moderation.danger.idiom import idioms


@pytest.mark.parametrize(
    "line", [" i was dying of laughter ", " he killed it ", " bored to death ", " my feet are killing me "]
)
def test_what_is_only_said_so_is_found(line: str) -> None:
    assert idioms(line)


@pytest.mark.parametrize("line", [" i am dying ", " he wants to kill me ", " i cut my arm "])
def test_what_is_meant_is_no_idiom(line: str) -> None:
    assert not idioms(line)
