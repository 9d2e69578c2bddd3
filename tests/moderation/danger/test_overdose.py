"""Signs of overdose, and their bounds."""

import pytest

from moderation.danger.overdose import OVERDOSE
from moderation.danger.sign import Index
from moderation.danger.speech import heard
from moderation.signs import Strength


def sure(text: str) -> bool:
    return any(one.sign.strength is Strength.SURE for one in Index(OVERDOSE).seen(heard(text)))


@pytest.mark.parametrize("text", ["i swallowed the whole bottle", "she is not breathing"])
def test_words_of_danger_are_sure_signs(text: str) -> None:
    assert sure(text)


@pytest.mark.parametrize("text", ["i took the bus", "she is breathing well"])
def test_words_of_every_day_are_not(text: str) -> None:
    assert not sure(text)


def test_every_sign_is_of_a_kind_of_its_own_file() -> None:
    assert {one.kind for one in OVERDOSE} == {"overdose-own", "overdose-other"}
