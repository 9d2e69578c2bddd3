"""Telephone numbers, and numbers that nobody answers."""

import pytest

from moderation.details.phones import MOST, phones, tells_public_line


def found(text: str, *allowed: str) -> list[str]:
    return [text[one.start : one.end] for one in phones(text, frozenset(allowed))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my number is 07911 123456", "07911 123456"),
        ("+1 (416) 555-0199 works", "+1 (416) 555-0199"),
        ("+44 (0)7911 123456", "+44 (0)7911 123456"),
        ("4165550199 after eight", "4165550199"),
        ("(02) 5550 1234, landline", "(02) 5550 1234"),
        ("06 39 98 41 07", "06 39 98 41 07"),
        ("ring 467 3395", "467 3395"),
        ("Phone: 60-56-85-91", "60-56-85-91"),
        ("+1-903-140-4508x769", "+1-903-140-4508x769"),
        ("0141 496 0623 is my line", "0141 496 0623"),
    ],
)
def test_a_number_to_reach_somebody_is_found(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "116 123, free from any phone",
        "ring 13 11 14",
        "text HELLO to 741741",
        "0808 2000 247 is free",
        "0300 123 6600",
        "call 1-800-222-1222",
        "1800 459 459",
        "order 114-3941689-8772232 arrived",
        "ISBN 978-1-893007-16-1",
        "won 3-2, 4-0, 2-1",
        "12 5 8 19 41 44",
        "2020-2021-2022 were the worst",
        "day 100!!! 100 100 100",
        "02/05/2023 was day one",
        "Zoom ID 123 456 7890",
    ],
)
def test_freephones_short_codes_and_other_numbers_are_none(text: str) -> None:
    assert found(text) == []


def test_an_allowed_number_is_known_however_it_is_written() -> None:
    assert found("ring 020 7946 0815", "442079460815") == []
    assert found("ring +44 20 7946 0815", "442079460815") == []
    assert found("ring 020 7946 0816", "442079460815") == ["020 7946 0816"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("116 123 is free, day and night", True),
        ("text HELLO to 741741", True),
        ("ring 0800 111 1111, it costs nothing", True),
        ("ring 020 7946 0816", False),
        ("day 100, room 482 913, 116123456 steps", False),
        ("", False),
    ],
)
def test_a_line_for_anybody_is_known_short_codes_too(text: str, told: bool) -> None:
    assert tells_public_line(text, frozenset({"116123", "741741"})) is told


def test_what_follows_a_number_is_not_taken_for_it() -> None:
    assert found("07911 123456 24 7") == ["07911 123456"]


def test_a_long_list_of_numbers_is_not_looked_up_to_its_end() -> None:
    assert len(found("0808 2000 247, " * (MOST + 5))) == 5
