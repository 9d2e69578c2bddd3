"""The six labels, in the order in which checkpoints give them."""

from moderation.toxicity.labels import LABELS
from moderation.toxicity.thresholds import HOLD_AT


def test_labels_stand_in_the_order_of_the_jigsaw_data() -> None:
    assert LABELS == ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")


def test_thresholds_are_set_only_for_labels_there_are() -> None:
    assert HOLD_AT.keys() <= set(LABELS)
