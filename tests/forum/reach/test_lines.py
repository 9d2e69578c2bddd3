"""Claims about the people one can reach: each can be dialled or looked up, and says where it was seen."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.zones import zones
from forum.language import Language
from forum.reach.lines import (
    CALLING_CODES,
    EMERGENCY,
    TOPICS,
    all_lines,
    country_of,
    lines_for,
    public_numbers,
    read,
)

ENGLISH = Language.load("en")
# fmt: off
GOOD = {
    "key": '"us-988"', "countries": '["US"]', "name": '"988"', "how": '"call-or-text"', "number": '"988"',
    "text": '"988"', "page": '"https://988lifeline.org"', "topics": '["suicide"]',
    "source": '"https://health.example.gov/988"', "reviewed": '"2026-11-22"',
}
WRONG = [
    ("page", None, "lacks page"), ("page", '"http://988lifeline.org"', "secure page"),
    ("page", '"https://["', "secure page"), ("source", '"http://health.example.gov"', "secure source"),
    ("source", None, "source and a day of review"), ("reviewed", None, "source and a day of review"),
    ("reviewed", '"20261122"', "day of review"), ("reviewed", '"soon"', "day of review"),
    ("number", '"9-8-8"', "only digits"), ("text", '"٩٨٨"', "only digits"),
    ("number", None, "says a number"), ("text", '""', "says a number"),
    ("shown", '"9-8-9"', "another number"), ("how", '"shout"', "must say how"),
    ("countries", '["XX"]', "calling code"), ("countries", '"US"', "wrong kind"),
    ("number", "988", "wrong kind"), ("topics", "[]", "topics"), ("topics", '["weather"]', "topics"),
    ("name", '" "', "has no name"), ("fax", '"988"', "unknown fields: fax"),
]
# fmt: on


def written(**changes: str | None) -> str:
    """Return a file with one line; a field set to None is left out."""
    fields = {key: value for key, value in (GOOD | changes).items() if value is not None}
    return f"lines = [{{ {', '.join(f'{key} = {value}' for key, value in fields.items())} }}]"


# The lines that ship with us


def test_every_line_names_the_secure_page_of_those_who_run_it() -> None:
    assert all(urlsplit(line.page).scheme == "https" and urlsplit(line.page).hostname for line in all_lines())


def test_every_reviewed_line_says_where_it_was_seen_and_no_other_does() -> None:
    for line in all_lines():
        assert bool(line.source) == (line.reviewed is not None), line.key
        assert not line.source or urlsplit(line.source).scheme == "https", line.key


def test_a_number_is_only_digits_and_stands_in_what_is_said() -> None:
    for line in all_lines():
        said = "".join(filter(str.isdigit, ENGLISH.say(line.how)))

        assert all(sign in "0123456789" for sign in line.number + line.text)
        assert said.startswith(line.number)
        assert line.text in said


def test_no_line_stands_there_twice() -> None:
    assert len({line.key for line in all_lines()}) == len(all_lines())


def test_every_topic_is_known() -> None:
    assert all(line.topics and line.topics <= TOPICS for line in all_lines())


@pytest.mark.parametrize("country", sorted(CALLING_CODES))
def test_every_country_that_we_cover_has_a_number_for_when_somebody_is_in_danger(country: str) -> None:
    first, *_ = lines_for(country)

    assert EMERGENCY in first.topics
    assert first.number


# Choosing


def test_emergencies_come_first_then_the_country_then_everywhere() -> None:
    keys = [line.key for line in lines_for("US")]

    assert keys[:2] == ["us-911", "us-988"]
    assert keys[-1] == "find-a-helpline"


def test_an_emergency_number_is_given_whatever_is_asked_for() -> None:
    keys = [line.key for line in lines_for("NZ", ["domestic-violence"])]

    assert keys == ["nz-111", "nz-womens-refuge", "find-a-helpline"]


@pytest.mark.parametrize("country", [None, "", "AQ", "us"])
def test_who_is_nowhere_we_know_still_gets_what_is_there_for_everybody(country: str | None) -> None:
    assert [line.key for line in lines_for(country)] == ["find-a-helpline"]


@pytest.mark.parametrize("topic", sorted(TOPICS - {EMERGENCY}))
def test_there_is_somebody_for_every_topic_everywhere(topic: str) -> None:
    assert lines_for(None, {topic})


# Numbers that are nobody's own


@pytest.mark.parametrize("digits", ["112", "88788", "18006624357", "8006624357", "08001110111"])
def test_a_public_number_is_known(digits: str) -> None:
    assert digits in public_numbers()


@pytest.mark.parametrize("digits", ["498001110111", "4908001110111", "44116123", "18688007283"])
def test_a_public_number_is_known_as_it_is_dialled_from_abroad(digits: str) -> None:
    assert digits in public_numbers()


def test_a_short_number_gets_no_calling_code() -> None:
    assert not {"1911", "49112", "44999"} & public_numbers()


# Where somebody is


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/Berlin", "DE"), ("America/Toronto", "CA"), ("Asia/Calcutta", "IN"), ("US/Eastern", "US")],
)
def test_a_time_zone_tells_the_country(zone: str, country: str) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+5", "Nowhere/Nothing", ""])
def test_a_zone_may_be_nowhere(zone: str) -> None:
    assert country_of(zone) is None


def test_the_zones_that_members_choose_from_tell_every_country_that_we_cover() -> None:
    assert {country_of(zone) for zone in zones()} >= set(CALLING_CODES)


@given(st.text() | st.sampled_from(zones()))
def test_no_text_at_all_is_too_much_for_a_time_zone(zone: str) -> None:
    found = country_of(zone)

    assert found is None or (len(found) == 2 and found.isupper() and found != "ZZ")


# Reading


def test_a_line_is_read_as_it_is_written() -> None:
    (line,) = read(written())

    assert ENGLISH.say(line.how) == "call or text 988"
    assert (line.number, line.text, line.countries) == ("988", "988", frozenset({"US"}))
    assert line.reviewed == date(2026, 11, 22)


def test_a_line_without_a_review_has_no_source() -> None:
    (line,) = read(written(source=None, reviewed=None, countries="[]"))

    assert (line.source, line.reviewed, line.everywhere) == ("", None, True)


@pytest.mark.parametrize(("field", "value", "why"), WRONG)
def test_a_line_that_makes_no_sense_is_named(field: str, value: str | None, why: str) -> None:
    with pytest.raises(ValueError, match=rf"'us-988'.*{why}"):
        read(written(**{"how": '"call-or-text-to"', field: value}))


@pytest.mark.parametrize("key", [None, '""', '"US 988"', "988"])
def test_a_line_without_a_key_is_shown(key: str | None) -> None:
    with pytest.raises(ValueError, match="has no key"):
        read(written(key=key))


def test_a_key_is_used_once() -> None:
    twice = written().replace("}]", "}, ") + written().removeprefix("lines = [")

    with pytest.raises(ValueError, match="'us-988' is there twice"):
        read(twice)


@pytest.mark.parametrize("text", ["", "lines = []", 'lines = "none"', "lines = ["])
def test_a_file_without_lines_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="lines"):
        read(text)
