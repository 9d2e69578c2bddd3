"""Every detail of a text."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moderation.details
from moderation.details.detail import What
from moderation.details.finding import LIST, details
from moderation.draft import Draft, Kind, Policy
from moderation.masking import masked

PIECES = st.sampled_from(
    [
        *(
            "1",
            "0",
            "07",
            "oh ",
            "double ",
            "twenty ",
            "a",
            "A",
            "Abc ",
            "Abc-",
            "a-",
            "a ",
            "a_",
            "@",
            " at ",
            "(at",
            "[dot]",
        ),
        *(
            ". ",
            ".",
            ",",
            "\n",
            " ",
            "'",
            "+",
            "///",
            "street ",
            "road",
            "my name is ",
            "Dr ",
            "work at ",
            "born ",
            "t.me/",
        ),
        *(
            "insta is ",
            "DE19 ",
            "NT ",
            "card ",
            "ssn ",
            "he ",
            "\uff11",
            "3\ufe0f\u20e3",
            "\u00df",
            "\u0130",
            "\ufdfa",
        ),
    ]
)
LONG = st.builds(lambda piece, times: piece * times, PIECES, st.integers(1, 60))
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, LONG), max_size=12).map("".join))


def kinds(text: str, **given: object) -> list[What]:
    return [one.what for one in details(Draft(text, **given))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("oh seven nine one one, one two three, four five six", What.PHONE),
        ("b e a 4 @ e x a m p l e . c o m", What.EMAIL),
        (
            "G B two nine, N W B K, six zero one six, one three three one, nine two six eight one nine",
            What.ACCOUNT,
        ),
        ("home is fifty one point five oh three, minus oh point one one nine", What.PLACE),
        ("twenty six, Ashwood Lane", What.ADDRESS),
    ],
)
def test_disguised_details_are_found_where_they_stand(text: str, what: What) -> None:
    assert kinds(text) == [what]


def test_overlapping_details_are_one() -> None:
    text = "I work at Henderson Motors on 12 Mill Lane, Bolton"

    found = details(Draft(text))

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert found


def test_the_allowed_numbers_of_the_community_are_no_details() -> None:
    assert kinds("ring 020 7946 0815", policy=Policy(numbers=frozenset({"442079460815"}))) == []


def test_a_name_is_looked_at_only_for_what_reaches_a_person() -> None:
    assert kinds("Oakhill Primary School", kind=Kind.NAME) == []
    assert kinds("bea@example.com", kind=Kind.NAME) == [What.EMAIL]
    assert kinds("call 07911 123456", kind=Kind.NAME) == [What.PHONE]


def test_the_title_is_read_too() -> None:
    assert kinds("I like walking", title="07911 123456") == [What.PHONE]


def test_a_long_list_of_details_counts_as_others() -> None:
    found = details(Draft("07911 123456, " * (LIST + 3)))

    assert [one.others for one in found] == [False] * LIST + [True] * 3


@given(TEXTS)
def test_any_text_has_details_in_order_apart_and_inside(text: str) -> None:
    found = details(Draft(text))

    assert found == details(Draft(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "my number is 07911 123456",
        "I live at 22 Acacia Avenue, Derby",
        "born 14 march 1979, mail bea@example.com",
        "Dr Helena Marchetti at the Riverside Clinic",
    ],
)
def test_a_masked_text_has_no_details_left(text: str) -> None:
    shown = masked(text, [one.span for one in details(Draft(text))])

    assert details(Draft(shown)) == ()


def test_no_pattern_repeats_what_already_repeats_without_bound() -> None:
    """An unbounded quantifier over a group that ends in another is what makes a search explode."""
    nested = re.compile(r"[+*]\)[+*]")
    for file in Path(moderation.details.__file__).parent.glob("*.py"):
        assert nested.search(file.read_text("utf-8")) is None, file.name


@pytest.mark.parametrize(
    "venue",
    [
        "St Mary's Church Hall, 14 Rowan Street, Leeds LS1 4AB",
        "Friends Meeting House, 8 Mount Street, Manchester M2 5NS, second floor",
        "Gemeindehaus, Lindenstraße 12, 10969 Berlin",
        "Room 2, The Old Mill, 22-24 Mill Lane, Bristol BS1 6AA",
        "Salle 3, 12 rue de la Paix, 75002 Paris",
    ],
)
def test_an_address_is_what_a_venue_is_for(venue: str) -> None:
    assert details(Draft(venue, kind=Kind.VENUE)) == ()
    assert details(Draft(venue)) != ()


@pytest.mark.parametrize(
    ("venue", "what", "told"),
    [
        ("14 Rowan Street 07700 900123", What.PHONE, "07700 900123"),
        ("14 Rowan Street, call +44 20 7946 0018", What.PHONE, "+44 20 7946 0018"),
        ("14 Rowan Street, or rowan@heather.example", What.EMAIL, "rowan@heather.example"),
        ("Dr Patel's surgery, 4 Park Road", What.CLINICIAN, "Dr Patel"),
        ("My name is Rowan Heather, ring at 4 Park Road", What.NAME, "Rowan Heather"),
        ("51.507412, -0.127812", What.PLACE, "51.507412, -0.127812"),
    ],
)
def test_all_else_is_found_in_a_venue_also_right_behind_its_address(
    venue: str, what: What, told: str
) -> None:
    found = details(Draft(venue, kind=Kind.VENUE))

    assert [(one.what, venue[one.start : one.end]) for one in found] == [(what, told)]
