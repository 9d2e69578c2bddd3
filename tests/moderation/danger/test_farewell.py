"""Signs of farewell, and their bounds."""

import pytest

from moderation.danger.farewell import FAREWELL
from moderation.danger.sign import Index
from moderation.danger.speech import heard
from moderation.signs import Strength


def sure(text: str) -> bool:
    return any(one.sign.strength is Strength.SURE for one in Index(FAREWELL).seen(heard(text)))


@pytest.mark.parametrize("text", ["whoever finds me , i am sorry", "i will be gone by then"])
def test_words_of_danger_are_sure_signs(text: str) -> None:
    assert sure(text)


@pytest.mark.parametrize("text", ["see you on monday", "he wrote a song"])
def test_words_of_every_day_are_not(text: str) -> None:
    assert not sure(text)


def test_every_sign_is_of_a_kind_of_its_own_file() -> None:
    assert {one.kind for one in FAREWELL} == {"planned", "goodbye"}
