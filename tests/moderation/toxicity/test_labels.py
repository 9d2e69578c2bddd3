"""The six labels, in the order in which checkpoints give them."""

from moderation.toxicity.labels import LABELS


def test_labels_stand_in_the_order_of_the_jigsaw_data() -> None:
    assert LABELS == ("toxicity", "severe_toxicity", "obscene", "threat", "insult", "identity_attack")
