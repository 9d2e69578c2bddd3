"""Scorers by URL."""

import subprocess
import sys
from pathlib import Path

import pytest

from moderation.toxicity.batching import BatchingScorer
from moderation.toxicity.lexicon import Lexicon
from moderation.toxicity.scorer import LABELS, OPENERS, open_scorer
from tests.moderation.toxicity.models import TINY


@pytest.mark.parametrize("url", ["lexicon:", "lexicon://"])
async def test_the_lexicon_opens_by_its_url_and_closes(url: str) -> None:
    scorer = open_scorer(url)

    await scorer.aclose()

    assert isinstance(scorer, Lexicon)
    assert scorer.labels == LABELS


async def test_a_model_folder_opens_answers_and_closes() -> None:
    scorer = open_scorer(f"onnx://{TINY}")

    [scores] = await scorer.score(["Good morning, everybody."])
    await scorer.aclose()

    assert isinstance(scorer, BatchingScorer)
    assert tuple(scores) == LABELS


@pytest.mark.parametrize("url", ["oracle://", "lexicon", "", ":", "://", "ONNX"])
def test_an_unknown_scheme_is_named_with_those_we_know(url: str) -> None:
    with pytest.raises(ValueError, match="it can be: onnx:, detoxify:, lexicon:"):
        open_scorer(url)


def test_a_lexicon_elsewhere_is_not_silently_ignored() -> None:
    with pytest.raises(ValueError, match="nothing after it"):
        open_scorer("lexicon:///srv/mine.txt")


@pytest.mark.parametrize("scheme", ["onnx", "detoxify"])
def test_a_model_that_is_not_there_is_said_in_words(scheme: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(tmp_path)):
        OPENERS[scheme](f"{scheme}://{tmp_path}/none")


def test_nothing_heavy_is_imported_before_it_is_asked_for() -> None:
    asked = "import sys, forum.__main__; print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)  # noqa: S603

    heavy = {"onnxruntime", "numpy", "tokenizers", "torch", "transformers", "detoxify", "sklearn"}
    assert heavy & set(imported.stdout.split()) == set()
