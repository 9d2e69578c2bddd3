"""From a checkpoint to ONNX: the same scores in full precision, nearly the same in int8."""

from pathlib import Path

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

from moderation.toxicity.on_onnxruntime import OnnxModel
from moderation.toxicity.training.export import export
from tests.moderation.toxicity.tiny import POSITIONS, changed, sha256, tiny_checkpoint

pytestmark = pytest.mark.torch

TEXTS = ["hello", "you are kind", "", "a " * 500, "\ud800"]


def test_full_precision_gives_the_checkpoint_s_scores(tmp_path: Path) -> None:
    report = export(tiny_checkpoint(tmp_path / "from"), tmp_path / "to", "tiny-1", TEXTS, int8=False)

    assert report.worst <= 1e-4
    assert report.texts == len(TEXTS)
    assert report.sha256 == sha256(tmp_path / "to/model.onnx")


def test_int8_is_smaller_and_near(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path / "from")
    full = export(checkpoint, tmp_path / "full", "tiny-1", TEXTS, int8=False)

    report = export(checkpoint, tmp_path / "int8", "tiny-1", TEXTS)

    assert report.size < full.size
    assert 0 < report.mean < 0.1


def test_what_was_exported_opens_by_its_name_and_labels(tmp_path: Path) -> None:
    report = export(tiny_checkpoint(tmp_path / "from"), tmp_path / "to", "tiny-1", TEXTS)

    model = OnnxModel(tmp_path / "to", report.sha256)

    assert model.name == f"tiny-1@{report.sha256[:8]}"
    assert model.labels == LABELS
    assert len(model.tokens(["a " * 500])[0]) == POSITIONS


def test_a_checkpoint_that_is_not_whole_is_not_exported(tmp_path: Path) -> None:
    broken = changed(tiny_checkpoint(tmp_path / "from"), lambda one: one["state_dict"].pop("classifier.bias"))

    with pytest.raises(ModelError, match=r"classifier\.bias"):
        export(broken, tmp_path / "to", "tiny-1", TEXTS)

    assert not (tmp_path / "to").exists()
