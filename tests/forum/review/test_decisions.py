"""What a decision needs before anything is looked at."""

from dataclasses import replace
from uuid import uuid4

import pytest

from forum.errors import Invalid
from forum.review.decisions import Decision, check

REFUSAL = Decision(uuid4(), uuid4(), 1, "refuse", reason="kindness")
PAUSE = replace(REFUSAL, measure="pause", hours=24)
CHANGE = replace(REFUSAL, action="ask-change", letter="Could you leave out the name?")


@pytest.mark.parametrize(
    "decision",
    [
        REFUSAL,
        PAUSE,
        CHANGE,
        replace(REFUSAL, measure="warn", letter="Please be kinder."),
        replace(REFUSAL, measure="suspend"),
        replace(REFUSAL, measure="removal"),
        replace(REFUSAL, measure="removal", hours=2),
        replace(REFUSAL, action="release", reason="", note="stop-medicine"),
        replace(REFUSAL, action="seen", reason=""),
        replace(REFUSAL, action="keep", measure="warn", letter="Please be kinder."),
    ],
)
def test_a_whole_decision_has_nothing_to_mend(decision: Decision) -> None:
    check(decision)


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        (replace(REFUSAL, action="shout"), {"action"}),
        (replace(REFUSAL, action="uphold"), {"action"}),
        (replace(REFUSAL, reason=""), {"reason"}),
        (replace(REFUSAL, reason="because"), {"reason"}),
        (replace(CHANGE, letter="  "), {"letter"}),
        (replace(REFUSAL, note="because"), {"note"}),
        (replace(REFUSAL, measure="stocks"), {"measure"}),
        (replace(REFUSAL, action="keep", reason="", measure="suspend"), {"reason"}),
        (replace(REFUSAL, action="seen", measure="suspend"), {"measure"}),
        (replace(REFUSAL, action="escalate", measure="suspend"), {"measure"}),
        (replace(REFUSAL, measure="warn"), {"letter"}),
        (replace(PAUSE, hours=None), {"hours"}),
        (replace(PAUSE, hours=0), {"hours"}),
        (replace(PAUSE, hours=721), {"hours"}),
        (replace(REFUSAL, hours=3), {"hours"}),
        (replace(REFUSAL, reason="", measure="warn"), {"reason", "letter"}),
    ],
)
def test_every_field_that_needs_another_look_is_named(decision: Decision, fields: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        check(decision)

    assert set(caught.value.fields) == fields


def test_a_letter_is_in_no_repr() -> None:
    assert "leave out" not in repr(CHANGE)
