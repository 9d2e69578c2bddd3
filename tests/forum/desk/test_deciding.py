"""What is offered, and what a form means."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.desk.deciding import KEYS, WORDS, choices_for, decision_in, measures_for, version_in, with_wording
from forum.errors import ForumError, Invalid
from forum.messages.tables import Message, State
from forum.policies.wordings import Wording
from forum.review.matters import Matter
from forum.review.outcomes import Action
from forum.review.tables import ReviewItem
from forum.spaces.tables import Place, PlaceKind
from moderation.markup import render
from moderation.verdict import Finding, Outcome, Span
from tests.builders import shared_renderer

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
LINNET = Viewer(uuid4(), "Linnet", Role.MODERATOR, "UTC", uuid4())
HARBOUR = replace(LINNET, role=Role.ADMINISTRATOR)
DETAILS = Finding("others-details", Outcome.HOLD, "x", spans=(Span(0, 3),))


def matter(kind: str, state: State | None, **more: Any) -> Matter:
    item = ReviewItem(kind=kind, account_id=uuid4(), opened_at=NOW, **more)
    if state is None:
        return Matter(item, None)
    message = Message(
        place_id=uuid4(),
        author_id=item.account_id,
        nonce=uuid4(),
        text="x",
        html=render("x"),
        created_at=NOW,
        state=state,
    )
    return Matter(item, message)


def offered(what: Matter, *found: Finding) -> list[Action]:
    return [one.action for one in choices_for(what, found)]


def test_every_action_has_words_and_a_key_and_no_page_has_a_key_twice() -> None:
    assert set(KEYS) == set(WORDS) == set(Action)
    for kind, state in (
        ("held", State.HELD),
        ("edit", State.HELD),
        ("care", State.PUBLISHED),
        ("handle", None),
    ):
        keys = [one.key for one in choices_for(matter(kind, state), [DETAILS])]

        assert len(keys) == len(set(keys))


def test_only_what_fits_is_offered() -> None:
    escalated = matter("held", State.HELD, escalated_by=uuid4())

    assert Action.RELEASE_MASKED in offered(matter("held", State.HELD), DETAILS)
    assert Action.RELEASE_MASKED not in offered(matter("held", State.HELD))
    assert Action.ESCALATE not in offered(escalated)
    assert Action.SEEN in offered(matter("care", State.PUBLISHED))
    assert Action.KEEP in offered(matter("reported", State.PUBLISHED))
    assert offered(matter("appeal", State.REMOVED)) == [Action.UPHOLD, Action.DECLINE]
    assert set(offered(matter("handle", None))) == {Action.KEEP, Action.RENAME, Action.ESCALATE}


def test_a_suspension_is_for_administrators_and_a_removal_for_rooms() -> None:
    room, thread = (
        Place(kind=kind, last_at=NOW, created_at=NOW) for kind in (PlaceKind.ROOM, PlaceKind.THREAD)
    )

    assert measures_for(LINNET, room) == ("", "warn", "pause", "removal")
    assert measures_for(HARBOUR, thread) == ("", "warn", "pause", "suspend")
    assert measures_for(LINNET, None) == ("", "warn", "pause")
    with pytest.raises(Invalid):
        decision_in({"action": "refuse", "version": "1", "measure": "suspend"}, uuid4(), LINNET)


def test_a_guideline_that_was_left_ticked_does_not_go_with_a_release() -> None:
    form = {"action": "release", "version": "3", "reason": "kindness", "note": "cure", "hours": "24"}

    decision = decision_in(form, uuid4(), LINNET)

    assert (decision.version, decision.reason, decision.note, decision.hours) == (3, "", "cure", None)
    assert decision_in(form | {"action": "refuse"}, uuid4(), LINNET).reason == "kindness"
    assert decision_in(form | {"measure": "pause"}, uuid4(), LINNET).hours == 24


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "²", "9" * 5000])
def test_a_version_that_no_form_had_is_refused(version: str) -> None:
    with pytest.raises(ForumError):
        version_in({"version": version})


def test_a_wording_comes_after_what_was_typed() -> None:
    known = [Wording("ours", "Ours", "Hello {handle}: {guideline}.")]
    form = {"wording": "ours", "letter": "Dear you", "reason": "privacy"}

    filled = with_wording(form, known, "Rowan", shared_renderer("en", "UTC"))

    assert filled["letter"] == "Dear you\n\nHello Rowan: What is said here stays here."
    assert with_wording({"wording": "x"}, known, "Rowan", shared_renderer("en", "UTC")) == {"wording": "x"}
