"""Cards and bank accounts."""

import pytest

from moderation.details.payments import payments


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in payments(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("my visa is 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("take it off 5105105105105100", "5105105105105100"),
        ("amex 3782 822463 10005", "3782 822463 10005"),
        ("card 4111111111111111 exp 09/31", "09/31"),
        ("DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00"),
        ("GB29NWBK60161331926819", "GB29NWBK60161331926819"),
        ("sort code 20-45-33", "20-45-33"),
    ],
)
def test_a_card_or_an_account_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "tracking 4111111111111111 says it is here",
        "IBAN has 22 characters",
        "I have 1,234 days and 5 hours",
        "0000 0000 0000 0000",
        "a card for my 9 months",
    ],
)
def test_any_other_long_number_is_none(text: str) -> None:
    assert found(text) == []
