"""How well scores tell two classes apart, label by label, and how many texts they would have held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """How well one label is told apart; None where all rows are alike in it, or it was not scored."""

    positives: Share
    auc: float | None
    precision: float | None
    """The average precision, to be read beside the share of positives: that is what guessing reaches."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a scorer makes of a group of rows; harmless and harmful are the rows of toxicity 0 and 1."""

    rows: int
    labels: Mapping[str, LabelFigures]
    harmless_held: Share
    harmful_held: Share

    @property
    def mean_auc(self) -> float | None:
        """The mean over the labels that have an area under the curve here."""
        return _mean([one.auc for one in self.labels.values()])

    @property
    def mean_precision(self) -> float | None:
        """The mean over the labels that have an average precision here."""
        return _mean([one.precision for one in self.labels.values()])

    def as_json(self) -> dict[str, object]:
        """Return plain values; None where there is no figure."""
        return {
            "rows": self.rows,
            "labels": {name: _label_as_json(one) for name, one in self.labels.items()},
            "mean_auc": self.mean_auc,
            "mean_average_precision": self.mean_precision,
            "harmless": _share_as_json(self.harmless_held),
            "harmful": _share_as_json(self.harmful_held),
        }


def roc_auc(truth: Sequence[float], scores: Sequence[float]) -> float | None:
    """Return how often a positive scores higher than a negative, equal scores counting half; 0.5 is a coin's.

    Truth is 1 or 0. None where one class is missing: there is nothing to tell apart. Time: O(n log n).
    """
    positives, negatives = _by_score(truth, scores)
    pairs = int(positives.sum()) * int(negatives.sum())
    if not pairs:
        return None
    below = np.cumsum(negatives) - negatives
    return float((positives * (2 * below + negatives)).sum() / (2 * pairs))


def average_precision(truth: Sequence[float], scores: Sequence[float]) -> float | None:
    """Return the precision at each distinct score, weighted by the share of positives that have it.

    That is the definition of scikit-learn: no interpolation, and equal scores stand or fall together. A
    scorer that knows nothing reaches the share of positives. None where one class is missing. O(n log n).
    """
    positives, negatives = (counts[::-1] for counts in _by_score(truth, scores))
    if not positives.sum() or not negatives.sum():
        return None
    right, seen = np.cumsum(positives), np.cumsum(positives + negatives)
    return float((positives * (right / seen)).sum() / right[-1])


def _by_score(truth: Sequence[float], scores: Sequence[float]) -> tuple[Counts, Counts]:
    """Return the positives and the negatives at each distinct score, the lowest first."""
    true, scored = np.asarray(truth, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    if true.shape != scored.shape or not np.isin(true, (0, 1)).all() or np.isnan(scored).any():
        raise ValueError("There must be one score, a number, for each truth, which is 1 or 0.")
    distinct, places = np.unique(scored, return_inverse=True)
    positives = np.bincount(places[true == 1], minlength=len(distinct))
    negatives = np.bincount(places[true == 0], minlength=len(distinct))
    return positives.astype(np.int64), negatives.astype(np.int64)


def _label_as_json(figures: LabelFigures) -> dict[str, object]:
    return {
        "known": figures.positives.of,
        "positives": figures.positives.count,
        "auc": figures.auc,
        "average_precision": figures.precision,
    }


def _share_as_json(share: Share) -> dict[str, object]:
    return {"rows": share.of, "held": share.count, "share": share.value}


def _mean(values: Sequence[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None
