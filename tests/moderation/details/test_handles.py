"""Accounts elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.details.handles import HASH, LINK, NEEDED, handles


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in handles(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("find me on insta: soberjess_x", "soberjess_x"),
        ("my tiktok @sober.in.leeds", "@sober.in.leeds"),
        ("add me on discord kestrel#2291", "kestrel#2291"),
        ("his discord is mossy hash 4419", "mossy hash 4419"),
        ("t.me/recoverchat77", "t.me/recoverchat77"),
        ("instagram.com/real.jess.m", "instagram.com/real.jess.m"),
        ("discord (dot) gg / aBcD12", "discord (dot) gg / aBcD12"),
        ("she's @rosie.shines.on", "@rosie.shines.on"),
        ("kik username is blueheronfan", "blueheronfan"),
        (
            "at sign, then sober, then underscore, then jess",
            "at sign, then sober, then underscore, then jess",
        ),
    ],
)
def test_an_account_elsewhere_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "@quiet-heron is right",
        "thank you @brave-otter42",
        "my insta is full of wine",
        "I deleted telegram and snap",
        "https://www.reddit.com/r/stopdrinking",
        "wake up, then eat, then walk",
        "goodnight x 3.5 hours more",
    ],
)
def test_a_member_of_ours_or_mere_talk_is_none(text: str) -> None:
    assert found(text) == []


@given(data=st.data())
def test_no_account_is_without_the_signs_that_are_looked_for_first(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([LINK, HASH]))
    text = data.draw(st.from_regex(pattern))

    assert NEEDED.search(text) or not pattern.search(text)
