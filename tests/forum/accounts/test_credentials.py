"""Claims about passwords and codes: what is too easy, and how a code may be typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.credentials import (
    CODES,
    LONGEST,
    SHORTEST,
    PasswordNotPossible,
    check_password,
    hashed_code,
    hashed_token,
    new_codes,
)


@pytest.mark.parametrize("password", ["four quiet herons", "x9!kQ2#mP0", "пароль-из-слов", "a b c d e f g"])
def test_a_password_may_hold_anything_that_can_be_typed(password: str) -> None:
    assert check_password(password, "Rowan") == password


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 10"),
        ("x9!kQ2#m", "at least 10"),
        ("aaaaaaaaaaaaaaaaaaaa", "at least 10"),
        ("abcabcabcabcabc", "at least 10"),
        ("my-ROWAN-password", "your handle"),
        ("x9" * LONGEST, "at least 10"),
        ("four" * LONGEST, "too long"),
    ],
)
def test_a_password_that_would_be_guessed_early_is_refused(password: str, words: str) -> None:
    with pytest.raises(PasswordNotPossible) as refused:
        check_password(password, "Rowan")

    assert words in refused.value.words.msgid


def test_the_limits_themselves_are_allowed() -> None:
    shortest, longest = "abcdefghij"[:SHORTEST], ("abcdefghij" * 26)[:LONGEST]

    assert (check_password(shortest, "Rowan"), check_password(longest, "Rowan")) == (shortest, longest)


def test_while_there_is_no_handle_yet_none_is_looked_for() -> None:
    assert check_password("four quiet herons", "") == "four quiet herons"


def test_codes_are_eight_all_different_and_without_letters_that_are_mistaken_for_digits() -> None:
    codes = new_codes()

    assert len(set(codes)) == CODES == 8
    for code in codes:
        assert re.fullmatch(r"[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}", code)


def test_a_code_may_be_typed_with_other_spaces_dashes_and_case() -> None:
    code = "7GQM-A2KX-9TPW-HD4C"

    assert hashed_code(" 7gqm a2kx\t9tpwhd4c ") == hashed_code(code)
    assert hashed_code("7GQM-A2KX-9TPW-HD4D") != hashed_code(code)


@given(typed=st.text())
def test_whatever_is_typed_as_a_code_or_sent_as_a_token_can_be_looked_up(typed: str) -> None:
    assert len(hashed_code(typed)) == len(hashed_token(typed)) == 64
