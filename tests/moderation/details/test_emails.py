"""Mailboxes, written and told."""

import pytest

from moderation.details.emails import emails


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in emails(text)]


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("write to bea.k+aa@example.org please", "bea.k+aa@example.org"),
        ("bea [at] example [dot] net", "bea [at] example [dot] net"),
        ("it's bea dot kay at example dot com", "bea dot kay at example dot com"),
        ("bea_k AT example DOT co DOT uk", "bea_k AT example DOT co DOT uk"),
        ("mine is beakay at gmail", "beakay at gmail"),
        ("hope underscore walks at example dot net", "hope underscore walks at example dot net"),
        ("email me beak(a)example.com", "beak(a)example.com"),
    ],
)
def test_a_mailbox_is_found(text: str, detail: str) -> None:
    assert detail in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "look at example dot com for the book",
        "the meeting is at 7.30 at the hall",
        "info@example.org answers the same day",
        "jo@samaritans.org, day or night",
        "I was at work at nine",
        "@quiet-heron said it better",
    ],
)
def test_what_only_sounds_like_a_mailbox_is_none(text: str) -> None:
    assert found(text) == []
