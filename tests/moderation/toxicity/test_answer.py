"""Which answers of a scorer are believed."""

import pytest

from moderation.toxicity.answer import only_scores


def test_an_answer_in_order_is_believed_and_extra_labels_are_left_out() -> None:
    assert only_scores(({"threat": 1, "other": 7.0},), ("threat",)) == {"threat": 1.0}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "fine",
        {"threat": 0.1},
        [],
        [{"threat": 0.1}, {"threat": 0.1}],
        [0.1],
        [{}],
        [{"insult": 0.1}],
        [{"threat": float("nan")}],
        [{"threat": float("inf")}],
        [{"threat": -0.01}],
        [{"threat": 1.01}],
        [{"threat": "0.1"}],
        [{"threat": None}],
        [{"threat": True}],
    ],
)
def test_nonsense_is_not_believed(answer: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        only_scores(answer, ("threat",))
