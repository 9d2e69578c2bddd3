"""The tables of wellbeing: what everybody starts with."""

from uuid import uuid4

from forum.wellbeing.covering import Cover
from forum.wellbeing.tables import Comfort, Debrief


def test_hard_words_are_covered_for_whoever_has_chosen_nothing() -> None:
    assert Comfort(account_id=uuid4()).cover == Cover.HARD


def test_a_debrief_has_no_room_for_words() -> None:
    assert set(Debrief.model_fields) == {
        "item_id",
        "account_id",
        "answer",
        "at",
        "told_id",
        "met_at",
        "met_by",
    }
