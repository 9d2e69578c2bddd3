"""Who may decide."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from forum.errors import Conflict, Forbidden, ForumError, NotFound
from forum.review.eligibility import Who, against_reversing, is_claimed_by_other, objection
from forum.review.tables import ReviewItem

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LINNET = Who(uuid4(), True)
A_MINUTE = timedelta(minutes=1)


def item(**how: Any) -> ReviewItem:
    """Return an item that waits for anybody."""
    given: dict[str, Any] = {"kind": "held", "account_id": uuid4(), "opened_at": NOW, "version": 3}
    return ReviewItem(**given | how)


def kind_of(error: ForumError | None) -> type[ForumError] | None:
    """Return what sort of objection it is."""
    return None if error is None else type(error)


@pytest.mark.parametrize(
    ("who", "waiting", "expected"),
    [
        (LINNET, item(), None),
        (replace(LINNET, can_moderate=False), item(), NotFound),
        (LINNET, item(account_id=LINNET.id), Forbidden),
        (replace(LINNET, recused=True), item(), Forbidden),
        (LINNET, item(escalated_by=LINNET.id), Forbidden),
        (LINNET, item(escalated_by=uuid4()), None),
        (replace(LINNET, made_it=True), item(kind="appeal"), Forbidden),
        (LINNET, item(closed_at=NOW), Conflict),
        (LINNET, item(version=4), Conflict),
        (LINNET, item(version=2), Conflict),
        (LINNET, item(claimed_by=uuid4(), claimed_until=NOW + A_MINUTE), Conflict),
        (LINNET, item(claimed_by=uuid4(), claimed_until=NOW), None),
        (LINNET, item(claimed_by=LINNET.id, claimed_until=NOW + A_MINUTE), None),
        (LINNET, item(claimed_by=LINNET.id, claimed_until=NOW - A_MINUTE), None),
    ],
)
def test_who_may_decide(who: Who, waiting: ReviewItem, expected: type[ForumError] | None) -> None:
    assert kind_of(objection(who, waiting, 3, NOW)) is expected


def test_what_stands_between_is_told_before_who_was_faster() -> None:
    own = item(account_id=LINNET.id, closed_at=NOW)

    assert kind_of(objection(LINNET, own, 3, NOW)) is Forbidden


@pytest.mark.parametrize(
    ("who", "by_appeal", "expected"),
    [
        (LINNET, False, None),
        (replace(LINNET, made_it=True), False, None),
        (replace(LINNET, made_it=True), True, Forbidden),
        (replace(LINNET, recused=True), False, Forbidden),
        (replace(LINNET, can_moderate=False), False, NotFound),
    ],
)
def test_who_may_reverse(who: Who, by_appeal: bool, expected: type[ForumError] | None) -> None:
    assert kind_of(against_reversing(who, uuid4(), by_appeal=by_appeal)) is expected


def test_nobody_reverses_what_is_about_themselves() -> None:
    assert kind_of(against_reversing(LINNET, LINNET.id, by_appeal=False)) is Forbidden


def test_a_claim_without_an_end_is_none() -> None:
    assert not is_claimed_by_other(item(claimed_by=uuid4()), LINNET.id, NOW)
