"""Claims about the baseline: it learns what training rows tell apart, and the same each time."""

import pytest

pytest.importorskip("sklearn")

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.baseline import Baseline
from moderation.toxicity.training.corpus import CorpusError, Part, Row
from moderation.toxicity.training.evaluation import evaluate

pytestmark = pytest.mark.torch


def row(text: str, toxicity: float | None, threat: float | None = None, part: Part = Part.TRAINING) -> Row:
    labels = {"toxicity": toxicity, "threat": threat}
    return Row(text, tuple(labels.get(label) for label in ALL_LABELS), "mine", part)


ROWS = [
    *(row(f"a calm and kind morning {number}", 0.0) for number in range(12)),
    *(row(f"you are a worthless fool {number}", 1.0) for number in range(12)),
    *(row(f"i will break your windows {number}", None, 1.0) for number in range(6)),
    *(row(f"i will bake your bread {number}", None, 0.0) for number in range(6)),
]


async def test_it_scores_the_labels_that_its_rows_tell_apart() -> None:
    baseline = Baseline(ROWS)

    kind, unkind = await baseline.score(["What a KIND morning", "worthless  fool"])

    assert baseline.labels == ("toxicity", "threat")
    assert kind.keys() == unkind.keys() == set(baseline.labels)
    assert 0 <= kind["toxicity"] < 0.5 < unkind["toxicity"] <= 1


async def test_the_same_rows_and_seed_give_the_same_scores() -> None:
    texts = [one.text for one in ROWS]

    assert await Baseline(ROWS).score(texts) == await Baseline(ROWS).score(texts)


async def test_rows_that_are_held_out_teach_nothing() -> None:
    misleading = [row("a calm and kind morning", 1.0, part=Part.HELD_OUT)] * 50

    with_them, without = Baseline([*ROWS, *misleading]), Baseline(ROWS)

    assert await with_them.score(["a kind morning"]) == await without.score(["a kind morning"])


async def test_it_is_measured_as_every_scorer_is() -> None:
    measured = await evaluate(Baseline(ROWS), ROWS, Thresholds.load(), quiet=True)

    assert measured.together.labels["toxicity"].auc == 1.0


async def test_asked_for_nothing_it_says_nothing_and_it_closes() -> None:
    baseline = Baseline(ROWS)

    assert await baseline.score([]) == []
    await baseline.aclose()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "a label that is 1 in some and 0 in others"),
        ([row("calm", 0.0), row("kind", 0.0)], "a label that is 1 in some and 0 in others"),
        ([row("calm", 0.0), row("?!", 1.0)], "no word that two of them share"),
    ],
)
def test_rows_that_teach_nothing_are_refused_in_plain_words(rows: list[Row], words: str) -> None:
    with pytest.raises(CorpusError, match=words):
        Baseline(rows)
