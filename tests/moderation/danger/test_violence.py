"""Signs of violence, and their bounds."""

import pytest

from moderation.danger.sign import Index
from moderation.danger.speech import heard
from moderation.danger.violence import VIOLENCE
from moderation.signs import Strength


def sure(text: str) -> bool:
    return any(one.sign.strength is Strength.SURE for one in Index(VIOLENCE).seen(heard(text)))


@pytest.mark.parametrize("text", ["he punched me in the face", "i hide from him"])
def test_words_of_danger_are_sure_signs(text: str) -> None:
    assert sure(text)


@pytest.mark.parametrize("text", ["he handed me a cup", "the cat bit the dog"])
def test_words_of_every_day_are_not(text: str) -> None:
    assert not sure(text)


def test_every_sign_is_of_a_kind_of_its_own_file() -> None:
    assert {one.kind for one in VIOLENCE} == {"violence"}
