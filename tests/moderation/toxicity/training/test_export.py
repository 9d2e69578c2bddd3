"""From a checkpoint to ONNX: the same scores in full precision, nearly the same in int8."""

from pathlib import Path

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch
import transformers

from moderation.toxicity.on_onnxruntime import OnnxModel
from moderation.toxicity.training.checkpoint import write_checkpoint
from moderation.toxicity.training.export import Export, export
from tests.moderation.toxicity.tiny import (
    PIECES,
    POSITIONS,
    changed,
    sha256,
    tiny_checkpoint,
    tiny_model,
    tiny_tokenizer,
)

pytestmark = pytest.mark.torch


TEXTS = ["hello", "you are kind", "", "a " * 500, "\ud800"]


def test_full_precision_gives_the_checkpoint_s_scores(tmp_path: Path) -> None:
    report = export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1", int8=False), tmp_path / "to", TEXTS)

    assert report.worst <= 1e-4
    assert report.texts == len(TEXTS)
    assert report.sha256 == sha256(tmp_path / "to/model.onnx")


def test_int8_is_smaller_and_near(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path / "from")
    full = export(Export(checkpoint, "tiny-1", int8=False), tmp_path / "full", TEXTS)

    report = export(Export(checkpoint, "tiny-1"), tmp_path / "int8", TEXTS)

    assert report.size < full.size
    assert 0 < report.mean < 0.1


def test_what_was_exported_opens_by_its_name_and_labels(tmp_path: Path) -> None:
    report = export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1"), tmp_path / "to", TEXTS)

    model = OnnxModel(tmp_path / "to", report.sha256)

    assert model.name == f"tiny-1@{report.sha256[:8]}"
    assert model.labels == LABELS
    assert len(model.tokens(["a " * 500])[0]) == POSITIONS


def test_labels_that_we_do_not_know_are_left_out(tmp_path: Path) -> None:
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    named = ("sexual_explicit", *reversed(LABELS))
    write_checkpoint(tiny_model(9), tokenizer, tmp_path / "from", named, half=False)
    changed(tmp_path / "from", lambda one: one["config"]["arch"]["args"].update(num_classes=9))

    report = export(Export(tmp_path / "from", "tiny-1", int8=False), tmp_path / "to", TEXTS)

    assert report.worst <= 1e-4
    assert OnnxModel(tmp_path / "to").labels == tuple(reversed(LABELS))


@pytest.mark.parametrize("family", ["Roberta", "Albert", "XLMRoberta"])
def test_every_family_that_upstream_publishes_is_exported(tmp_path: Path, family: str) -> None:
    folder = tiny_checkpoint(tmp_path / "from")
    config = getattr(transformers, f"{family}Config")(
        vocab_size=len(PIECES),
        embedding_size=16,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        num_labels=6,
        pad_token_id=0,
    )
    torch.manual_seed(7)
    model = getattr(transformers, f"{family}ForSequenceClassification")(config)
    config.to_json_file(folder / "config.json")
    names = {"model_name": type(model).__name__, "tokenizer_name": f"{family}Tokenizer"}
    changed(folder, lambda one: one["config"]["arch"]["args"].update(names))
    changed(folder, lambda one: one.update(state_dict=model.state_dict()))

    report = export(Export(folder, "tiny-1", int8=False), tmp_path / "to", TEXTS[:3])

    assert report.worst <= 1e-4


def test_a_checkpoint_that_is_not_whole_is_not_exported(tmp_path: Path) -> None:
    broken = changed(tiny_checkpoint(tmp_path / "from"), lambda one: one["state_dict"].pop("classifier.bias"))

    with pytest.raises(ModelError, match=r"classifier\.bias"):
        export(Export(broken, "tiny-1"), tmp_path / "to", TEXTS)

    assert not (tmp_path / "to").exists()
