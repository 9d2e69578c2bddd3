"""Claims about figures: each equals its definition written out, and scikit-learn's."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.toxicity.training.figures import (
    Figures,
    LabelFigures,
    Share,
    average_precision,
    roc_auc,
)

rounded = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0])
"""Few different scores, so that many are equal."""
truths_and_scores = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0]), rounded | st.floats(0, 1)), min_size=1, max_size=40
)
Pairs = list[tuple[float, float]]


def both_classes(pairs: Pairs) -> bool:
    return len({truth for truth, _ in pairs}) > 1


def area_by_definition(pairs: Pairs) -> float:
    high, low = ([score for truth, score in pairs if truth == wanted] for wanted in (1, 0))
    return sum((a > b) + (a == b) / 2 for a, b in product(high, low)) / (len(high) * len(low))


def precision_by_definition(pairs: Pairs) -> float:
    total, before = 0.0, 0.0
    positives = sum(truth for truth, _ in pairs)
    for threshold in sorted({score for _, score in pairs}, reverse=True):
        taken = [truth for truth, score in pairs if score >= threshold]
        recall = sum(taken) / positives
        total += (recall - before) * sum(taken) / len(taken)
        before = recall
    return total


@given(truths_and_scores.filter(both_classes))
def test_the_area_is_how_often_a_positive_is_above_a_negative(pairs: Pairs) -> None:
    area = roc_auc(*zip(*pairs, strict=True))

    assert area is not None
    assert math.isclose(area, area_by_definition(pairs), abs_tol=1e-12)


@given(truths_and_scores.filter(both_classes))
def test_average_precision_is_precision_weighted_by_what_each_score_recalls(pairs: Pairs) -> None:
    precision = average_precision(*zip(*pairs, strict=True))

    assert precision is not None
    assert math.isclose(precision, precision_by_definition(pairs), abs_tol=1e-12)


@pytest.mark.torch
@given(truths_and_scores.filter(both_classes))
def test_both_are_what_scikit_learn_says(pairs: Pairs) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    truth, scores = zip(*pairs, strict=True)

    assert roc_auc(truth, scores) == pytest.approx(metrics.roc_auc_score(truth, scores))
    assert average_precision(truth, scores) == pytest.approx(metrics.average_precision_score(truth, scores))


@given(truths_and_scores.filter(both_classes))
def test_the_order_of_the_rows_changes_nothing(pairs: Pairs) -> None:
    forward, backward = zip(*pairs, strict=True), zip(*reversed(pairs), strict=True)

    assert roc_auc(*forward) == roc_auc(*backward)


@pytest.mark.parametrize("truth", [[], [1, 1], [0, 0]])
def test_with_one_class_there_is_nothing_to_tell_apart(truth: list[float]) -> None:
    scores = [0.5] * len(truth)

    assert roc_auc(truth, scores) is None
    assert average_precision(truth, scores) is None


def test_a_scorer_that_knows_nothing_reaches_a_half_and_the_share_of_positives() -> None:
    truth, scores = [1, 0, 0, 0], [0.3] * 4

    assert roc_auc(truth, scores) == 0.5
    assert average_precision(truth, scores) == 0.25


@pytest.mark.parametrize(
    ("truth", "scores"), [([1, 0], [0.5]), ([1, 0.5], [0.1, 0.2]), ([1, 0], [0.1, math.nan])]
)
def test_what_are_no_truths_and_scores_is_refused(truth: list[float], scores: list[float]) -> None:
    with pytest.raises(ValueError, match="one score, a number, for each truth"):
        roc_auc(truth, scores)


def test_means_leave_out_what_has_no_figure() -> None:
    told, alike = LabelFigures(Share(1, 2), 0.8, 0.6), LabelFigures(Share(0, 2), None, None)

    assert Figures(2, {"toxicity": told, "threat": alike}, Share(0, 1), Share(1, 1)).mean_auc == 0.8
    assert Figures(2, {"threat": alike}, Share(0, 1), Share(1, 1)).mean_precision is None


def test_of_nothing_there_is_no_share() -> None:
    assert Share(0, 0).value is None
    assert Share(1, 4).value == 0.25
