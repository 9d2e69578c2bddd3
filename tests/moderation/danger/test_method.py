"""Words that could show another how."""

import pytest

from moderation.danger.method import shows_how


@pytest.mark.parametrize(
    "line", [" i have 40 paracetamol here ", " the rope is on the beam ", " cut deeper this time "]
)
def test_means_with_an_amount_a_place_or_a_way_show_how(line: str) -> None:
    place = shows_how(line)

    assert place is not None
    assert 0 < place[0] < place[1] <= len(line)


@pytest.mark.parametrize("line", [" i want to die ", " i took tablets ", " forty days sober "])
def test_words_without_a_detail_do_not(line: str) -> None:
    assert shows_how(line) is None
