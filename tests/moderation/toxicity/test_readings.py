"""Disguises, heard through."""

import pytest

from moderation.toxicity.readings import meant, readings


@pytest.mark.parametrize(
    "text", ["idiot", "IDIOT", "1d1ot and id10t"[9:], "i d i o t", "i.d.i.o.t", "idiooooot", "id!ot"]
)
def test_a_light_disguise_is_heard_through(text: str) -> None:
    assert ("idiot",) in readings(text)


@pytest.mark.parametrize("text", ["2nd step", "day 90", "I have 12 months", "good books"])
def test_a_plain_text_has_one_reading(text: str) -> None:
    assert len(readings(text)) == 1


def test_shortenings_are_spelt_out_and_volume_is_taken_out() -> None:
    assert meant(("ur", "such", "a", "fucking", "liar")) == ("you", "are", "liar")
