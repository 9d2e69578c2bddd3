"""The six labels, in the order in which checkpoints give them."""

from moderation.toxicity.labels import ALL_LABELS, LABELS, OWN_LABELS


def test_labels_stand_in_the_order_of_the_jigsaw_data() -> None:
    assert LABELS == ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")


def test_ours_stand_after_those_that_every_scorer_should_know() -> None:
    assert (*LABELS, *OWN_LABELS) == ALL_LABELS
    assert len(set(ALL_LABELS)) == 13
