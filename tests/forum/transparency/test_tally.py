"""Counting a month's entries of the audit log."""

import json
from datetime import timedelta

from forum.transparency.months import Month
from forum.transparency.tally import Seen, tally
from tests.forum.transparency.logs import OCTOBER, Said, appeal, ruling, undone

MONTH = Month(2026, 10)
LAST = MONTH.end - timedelta(seconds=5)


def test_decisions_that_are_alike_are_one_cell() -> None:
    counted = tally(MONTH, [ruling(), ruling(), ruling(Said(outcome="refused", reason="kindness"))])

    assert sorted(counted.decisions.values()) == [1, 2]
    assert counted.seconds == {"held": (540, 540, 540)}


def test_an_undone_ruling_is_no_decision_and_the_one_after_it_is() -> None:
    first, again = ruling(subject="message:1"), ruling(Said(outcome="refused"), subject="message:1")

    counted = tally(MONTH, [first, undone("message:1"), again])

    assert [cell.outcome for cell in counted.decisions.elements()] == ["refused"]


def test_a_ruling_that_is_named_is_the_one_that_is_taken_back() -> None:
    details = [json.dumps(Said(outcome=one).details() | {"ruling": one}) for one in ("kept", "taken-down")]
    rulings = [Seen(OCTOBER, "ruling", "message:1", one) for one in details]

    counted = tally(MONTH, [*rulings, undone("message:1", ruling_id="kept")])

    assert [cell.outcome for cell in counted.decisions] == ["taken-down"]


def test_an_upheld_appeal_takes_back_the_ruling_and_not_itself() -> None:
    made, answer = ruling(subject="message:1"), ruling(Said("appeal", "appeal-upheld"), subject="message:1")

    counted = tally(MONTH, [made, answer, undone("message:1", how="appeal"), appeal()])

    assert (counted.decisions.total(), counted.appeals) == (0, {"upheld": 1})


def test_taking_back_what_was_never_done_changes_nothing() -> None:
    assert tally(MONTH, [ruling(), undone("message:1")]).decisions.total() == 1


def test_an_undo_just_after_midnight_still_belongs_to_the_month() -> None:
    made = ruling(at=LAST, subject="message:1")

    counted = tally(MONTH, [made, undone("message:1", at=LAST + timedelta(seconds=50))])

    assert counted.decisions.total() == 0


def test_what_happened_in_other_months_is_not_counted() -> None:
    others = [ruling(at=MONTH.end), ruling(at=MONTH.start - timedelta(seconds=1)), appeal(at=MONTH.end)]

    counted = tally(MONTH, others)

    assert (counted.decisions.total(), counted.appeals.total()) == (0, 0)


def test_a_second_opinion_decides_nothing_and_an_answer_to_an_appeal_is_counted_apart() -> None:
    counted = tally(MONTH, [ruling(Said(outcome="escalated")), ruling(Said("appeal", "appeal-upheld"))])

    assert counted.decisions.total() == 0


def test_an_edit_is_told_by_its_kind_alone() -> None:
    (cell,) = tally(MONTH, [ruling(Said("edit", "edit-released"))]).decisions

    assert (cell.kind, cell.outcome) == ("edit", "released")


def test_details_that_cannot_be_read_are_counted_without_them() -> None:
    broken = [Seen(OCTOBER, "ruling", "x", one) for one in ("", "[]", '{"kind": 7, "seconds": "long"}')]

    counted = tally(MONTH, broken)

    assert counted.decisions.total() == 3
    assert counted.seconds == {"": (0, 0, 0)}
