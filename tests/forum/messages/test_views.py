"""From a row to what a reader sees: nobody but its author sees what is not published."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.messages.tables import Message, State
from forum.messages.views import DEEPEST_SHOWN, show, show_own, show_to
from moderation.markup import render

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ACCOUNT = Account(
    handle="Rowan",
    handle_key="rowan",
    handle_look="rowan",
    password_hash="",
    guidelines_version="1",
    created_at=NOW,
)
VIEWER = Viewer(ACCOUNT.id, "Rowan", Role.MEMBER, "UTC", uuid4())


def row(state: State, depth: int = 0) -> Message:
    """Return a message in a state."""
    return Message(
        place_id=uuid4(),
        author_id=ACCOUNT.id,
        nonce=uuid4(),
        title="My title",
        text="My words",
        html=render("My words"),
        state=state,
        seq=4,
        depth=depth,
        created_at=NOW,
        edited_at=NOW,
    )


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_only_what_is_published_has_words(state: State) -> None:
    shown = show(row(state), ACCOUNT)

    assert (shown.html, shown.title, shown.edited_at, shown.can_reply) == ("", "", None, False)


def test_the_author_sees_the_words_whatever_became_of_them() -> None:
    shown = show_own(row(State.HELD), ACCOUNT, ("A person looks at it first.",))

    assert "My words" in shown.html
    assert (shown.title, shown.mine, shown.can_reply) == ("My title", True, False)


def test_a_deep_answer_is_not_pushed_off_a_phone() -> None:
    assert show(row(State.PUBLISHED, depth=19), ACCOUNT).depth == DEEPEST_SHOWN


def test_one_is_told_what_is_new_but_never_that_ones_own_words_are() -> None:
    mine = show(row(State.PUBLISHED), ACCOUNT)
    theirs = replace(mine, author=replace(mine.author, id=uuid4()))

    assert [show_to(theirs, VIEWER, known).is_new for known in (3, 4, None)] == [True, False, False]
    assert not show_to(mine, VIEWER, 3).is_new
    assert (show_to(mine, VIEWER).mine, show_to(theirs, VIEWER).mine) == (True, False)


def test_a_visitor_can_read_but_not_answer() -> None:
    shown = show(row(State.PUBLISHED), ACCOUNT)

    assert (show_to(shown, None).can_reply, show_to(shown, VIEWER).can_reply) == (False, True)
