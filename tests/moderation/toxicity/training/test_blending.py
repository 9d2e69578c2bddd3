"""The mean of checkpoints: of weights that belong together, and of nothing else."""

from pathlib import Path

import pytest

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.blending import blend
from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from tests.moderation.toxicity.tiny import tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch


def checkpoint(folder: Path, value: float, labels: tuple[str, ...] = LABELS) -> Path:
    """A checkpoint whose every weight is the value."""
    model = tiny_model(len(labels))
    for weight in model.parameters():
        torch.nn.init.constant_(weight, value)
    write_checkpoint(model, tiny_tokenizer(folder.with_name(f"{folder.name}-tokenizer")), folder, labels)
    return folder


def test_the_mean_counts_a_checkpoint_as_often_as_it_is_given(tmp_path: Path) -> None:
    one, four = checkpoint(tmp_path / "one", 1.0), checkpoint(tmp_path / "four", 4.0)

    blend([one, one, four], tmp_path / "out")

    model, labels = read_checkpoint(tmp_path / "out")
    assert labels == LABELS
    assert {float(value) for weight in model.state_dict().values() for value in weight.flatten()} == {2.0}


def test_a_label_that_only_one_knows_is_as_that_one_says(tmp_path: Path) -> None:
    six, all_labels = checkpoint(tmp_path / "six", 1.0), checkpoint(tmp_path / "all", 3.0, ALL_LABELS)

    blend([six, all_labels], tmp_path / "out")

    model, labels = read_checkpoint(tmp_path / "out")
    head = model.state_dict()["classifier.bias"]
    assert labels == ALL_LABELS
    assert head.tolist() == [2.0] * len(LABELS) + [3.0] * (len(ALL_LABELS) - len(LABELS))


def test_one_alone_or_of_another_vocabulary_is_refused(tmp_path: Path) -> None:
    one, other = tiny_checkpoint(tmp_path / "one"), tiny_checkpoint(tmp_path / "other")
    (other / "vocab.txt").write_text("another\n")

    with pytest.raises(ModelError, match="two checkpoints"):
        blend([one], tmp_path / "out")
    with pytest.raises(ModelError, match="vocabularies"):
        blend([one, other], tmp_path / "out")
