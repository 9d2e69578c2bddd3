"""A wording fitted to rows: it tells apart what they tell apart, and lies beside a checkpoint."""

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

import numpy as np

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.on_onnxruntime import open_onnx
from moderation.toxicity.training.checkpoint import write_checkpoint
from moderation.toxicity.training.corpus import CorpusError, Part, Row
from moderation.toxicity.training.export import Export, export
from moderation.toxicity.training.unpacking import unpack
from moderation.toxicity.training.wording import features, fit, write_wording
from moderation.toxicity.wording import WORDING, Worded, read_wording
from tests.moderation.toxicity.tiny import tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch
SHARES = dict.fromkeys(ALL_LABELS, 0.5)


def row(text: str, toxicity: float | None, spam: float | None = None) -> Row:
    labels = {"toxicity": toxicity, "spam": spam}
    return Row(text, tuple(labels.get(label) for label in ALL_LABELS), "mine", Part.TRAINING)


ROWS = [
    *(row(f"a calm and kind morning {number}", 0.0, 0.0) for number in range(12)),
    *(row(f"you are a worthless fool {number}", 1.0) for number in range(12)),
    *(row(f"buy two bottles and get one free {number}", None, 1.0) for number in range(6)),
]


def test_it_learns_the_labels_that_its_rows_tell_apart() -> None:
    wording = fit(ROWS, SHARES)

    kind, unkind, promotion = (
        dict(zip(wording.labels, wording.odds(text).tolist(), strict=True))
        for text in ("What a KIND morning", "worthless  fool", "buy one bottle, get two free")
    )
    assert wording.labels == ("toxicity", "spam")
    assert kind["toxicity"] < 0 < unkind["toxicity"]
    assert kind["spam"] < 0 < promotion["spam"]


def test_what_is_fitted_is_what_is_read() -> None:
    wording = fit(ROWS, SHARES)

    fitted = features([one.text for one in ROWS]) @ wording.weights + wording.biases

    assert np.allclose(fitted, [wording.odds(one.text) for one in ROWS], atol=1e-4)


def test_the_same_rows_give_the_same_wording() -> None:
    one, two = fit(ROWS, SHARES), fit(ROWS, SHARES)

    assert np.array_equal(one.weights, two.weights)


def test_only_labels_with_a_share_are_fitted() -> None:
    assert fit(ROWS, {"spam": 0.2}).labels == ("spam",)


def test_rows_that_tell_nothing_apart_are_refused() -> None:
    with pytest.raises(CorpusError, match="1 in some and 0 in others"):
        fit(ROWS[:12], SHARES)


def test_it_goes_with_its_checkpoint_to_an_export_and_back(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path / "from")
    sha256 = write_wording(fit(ROWS, SHARES), checkpoint)

    export(Export(checkpoint, "tiny-1"), tmp_path / "to", ["hello"])
    unpack(tmp_path / "to", tmp_path / "back")

    assert isinstance(open_onnx(f"onnx://{tmp_path / 'to'}"), Worded)
    assert read_wording(tmp_path / "to" / WORDING).sha256 == sha256
    assert read_wording(tmp_path / "back" / WORDING).sha256 == sha256


def test_an_export_of_a_checkpoint_without_one_leaves_none_behind(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path / "from")
    write_wording(fit(ROWS, SHARES), checkpoint)
    export(Export(checkpoint, "tiny-1"), tmp_path / "to", ["hello"])
    write_checkpoint(tiny_model(len(LABELS)), tiny_tokenizer(tmp_path / "tokenizer"), checkpoint)

    export(Export(checkpoint, "tiny-1"), tmp_path / "to", ["hello"])

    assert not (tmp_path / "to" / WORDING).exists()
    assert not isinstance(open_onnx(f"onnx://{tmp_path / 'to'}"), Worded)
