"""Heads fitted anew: for the labels of our own, and for nothing else."""

from pathlib import Path

import pytest

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.corpus import Part, Row

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from moderation.toxicity.training.heading import fit_heads
from tests.moderation.toxicity.tiny import tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch
SPAM = ALL_LABELS.index("spam")


def row(text: str, spam: float | None) -> Row:
    labels = [None] * len(ALL_LABELS)
    return Row(text, (*labels[:SPAM], spam, *labels[SPAM + 1 :]), "concerns", Part.TRAINING)


def test_only_what_is_known_of_our_own_labels_moves_the_head(tmp_path: Path) -> None:
    start = tmp_path / "start"
    write_checkpoint(tiny_model(len(ALL_LABELS)), tiny_tokenizer(tmp_path / "tokenizer"), start, ALL_LABELS)

    fit_heads(start, tmp_path / "out", [row("you are kind", 1.0), row("a calm day", 0.0), row("hello", None)])

    before, after = (read_checkpoint(path)[0].state_dict() for path in (start, tmp_path / "out"))
    moved = (before["classifier.weight"] - after["classifier.weight"]).abs().max(1).values
    assert float(moved[: len(LABELS)].max()) < 1e-3  # kept, but for half precision
    assert float(moved[SPAM]) > 0.01
    assert torch.equal(
        before["bert.embeddings.word_embeddings.weight"], after["bert.embeddings.word_embeddings.weight"]
    )


def test_a_checkpoint_without_our_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="labels of our own"):
        fit_heads(tiny_checkpoint(tmp_path / "six"), tmp_path / "out", [row("hello", 1.0)])
