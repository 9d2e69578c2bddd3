"""Claims about what a reader is given of a message: judged words only, and nothing to change."""

from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime
from typing import get_type_hints
from uuid import uuid4

import pytest

from forum.shown import Author, Shown
from moderation.markup import CleanHtml, render


def a_message() -> Shown:
    return Shown(
        uuid4(),
        1,
        Author(uuid4(), "Rowan"),
        render("*Hello*"),
        datetime(2026, 11, 22, tzinfo=UTC),
        "published",
    )


def test_the_words_of_a_message_are_shown_only_as_clean_html() -> None:
    hints = get_type_hints(Shown)

    assert hints["html"] is CleanHtml
    assert "text" not in hints


def test_what_is_shown_cannot_be_changed_on_its_way() -> None:
    shown = a_message()

    for one in fields(Shown):
        with pytest.raises(FrozenInstanceError):
            setattr(shown, one.name, None)


def test_nobody_is_shown_controls_that_they_were_not_given() -> None:
    shown = a_message()

    assert {shown.mine, shown.can_reply, shown.is_new, shown.edit_waiting} == {False}
    assert shown.reasons == ()
