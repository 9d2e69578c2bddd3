"""Workplaces by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.workplaces import AT, JOB, NAMED, narrow, workplaces


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in workplaces(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("I work at Henderson Motors in Bolton", "Henderson Motors in Bolton"),
        ("I teach at Oakhill Primary School", "Oakhill Primary School"),
        ("he is a cop at the 14th precinct, Ashbourne", "14th precinct, Ashbourne"),
        ("the manager of the Wessex & Severn bank in Frome", "the Wessex & Severn bank in Frome"),
        ("I stack shelves at the Co-op on Harrow Road", "the Co-op on Harrow Road"),
    ],
)
def test_a_named_workplace_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "I work nights in a warehouse",
        "I work for the NHS",
        "I worked at Tesco",
        "reception for a firm of solicitors",
        "anybody driving from Galway on Saturday",
        "a job at last!",
        "the Salvation Army fed me",
    ],
)
def test_a_trade_or_a_giant_is_none(text: str) -> None:
    assert found(text) == []


@given(data=st.data())
def test_no_place_of_work_is_without_what_is_looked_for_first(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([AT, JOB]))
    text = data.draw(st.from_regex(pattern))
    place = pattern.search(text)

    assert NAMED.search(text) or place is None or not narrow(place["place"])
