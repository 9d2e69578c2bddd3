"""Letters that look like others: skeletons of names, and Latin letters borrowed elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.lookalikes import latin_letters, prototypes, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paypal", "раураl"),
        ("paypal", "paypaI"),
        ("paypal", "pаypal"),
        ("scope", "ѕсоре"),
        ("soberl", "sober1"),
        ("m00n", "mOOn"),
        ("caf\u00e9", "cafe\u0301"),
        ("anna", "an\u200bna"),
        ("anna", "\U0001d41a\U0001d427\U0001d427\U0001d41a"),
    ],
)
def test_names_that_look_the_same_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("anna", "hanna"), ("ann", "anna"), ("cafe", "café"), ("Bob", "bob"), ("марина", "marina")],
)
def test_names_that_look_different_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_without_case_a_borrowed_small_letter_meets_a_capital() -> None:
    assert skeleton("Paypal").casefold() == skeleton("раураl").casefold()


@given(st.text())
def test_a_skeleton_is_its_own_skeleton_whatever_the_name(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)


@given(st.text(alphabet=st.characters(codec=None, categories=["Cs", "Mn", "Lu", "Cf"])))
def test_no_text_is_too_odd_to_have_a_skeleton(name: str) -> None:
    assert isinstance(skeleton(name), str)


def test_no_original_looks_like_yet_another() -> None:
    known = prototypes()

    assert [one for one, original in known.items() if original in known] == []


@pytest.mark.parametrize(
    ("letters", "taken_for"),
    [
        ("аеорсухіѕ", "aeopcyxis"),
        ("внктм", "bhktm"),
        ("АВЕНІ", "abehi"),
        ("ΗΝΡαν", "hnpav"),
        ("ꜱᴛᴜᴘɪᴅ", "stupid"),
    ],
)
def test_letters_of_other_alphabets_are_taken_for_latin_ones(letters: str, taken_for: str) -> None:
    assert "".join(latin_letters()[letter] for letter in letters) == taken_for


def test_only_letters_are_taken_for_a_small_letter_or_a_digit() -> None:
    known = latin_letters()

    assert all(len(one) == 1 and one.isalpha() and not one.isascii() for one in known)
    assert all(len(taken) == 1 and taken.isascii() and taken.isalnum() for taken in known.values())
    assert not known.keys() & set("éüñжшλω\u05d5\u0627\u4e00")
