"""What the numbering plans say."""

import pytest

from moderation.details.numbering import Line, lines


def test_a_national_form_is_read_in_the_likeliest_country_first() -> None:
    assert lines("0161 496 0274")[0] == Line("441614960274", public=False)
    assert lines("617 555 0191")[0] == Line("16175550191", public=False)


@pytest.mark.parametrize("number", ["0808 2000 247", "0300 123 6600", "1-800-222-1222", "1800 459 459"])
def test_freephone_and_shared_numbers_are_public(number: str) -> None:
    assert lines(number)[0].public


@pytest.mark.parametrize("number", ["", "12", "+999 1", "nothing"])
def test_what_is_no_number_has_no_lines(number: str) -> None:
    assert lines(number) == ()
