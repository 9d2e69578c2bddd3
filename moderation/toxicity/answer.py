"""A scorer's answer, believed only when every number in it makes sense."""

from collections.abc import Mapping, Sequence


def only_scores(answer: object, labels: Sequence[str]) -> dict[str, float]:
    """Return the scores of the single text asked about; raise ValueError or TypeError for any nonsense.

    Nonsense is a wrong count, no mapping, a missing label, or a score that is no number from 0 to 1.
    """
    if not isinstance(answer, Sequence) or isinstance(answer, str | bytes):
        raise TypeError("the answer is no sequence")
    if len(answer) != 1:
        raise ValueError("the answer is not for one text")
    scores = answer[0]
    if not isinstance(scores, Mapping):
        raise TypeError("the scores are no mapping")
    if not set(labels) <= set(scores):
        raise ValueError("a label is missing")
    return {label: _score(scores[label]) for label in labels}


def _score(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a score is no number")
    if not 0 <= value <= 1:  # NaN is neither
        raise ValueError("a score lies outside 0 to 1")
    return float(value)
