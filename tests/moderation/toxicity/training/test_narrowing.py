"""Fewer inner units, and as nearly as can be the same scores."""

from pathlib import Path

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.corpus import recovery_rows

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from moderation.toxicity.training.narrowing import narrow
from tests.moderation.toxicity.tiny import tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch

TOKENS = torch.tensor([[2, 7, 31, 9, 3], [2, 8, 40, 12, 3]])
ROWS = recovery_rows()[:64]


def scores(folder: Path) -> torch.Tensor:
    model, _ = read_checkpoint(folder)
    with torch.inference_mode():
        return torch.sigmoid(model(input_ids=TOKENS).logits)


def test_units_that_say_nothing_go_first(tmp_path: Path) -> None:
    model = tiny_model()
    for layer in model.bert.encoder.layer:
        layer.output.dense.weight.data[:, ::2] = 0.0
    start = tmp_path / "start"
    write_checkpoint(model, tiny_tokenizer(tmp_path / "tokenizer"), start, LABELS)

    narrow(start, tmp_path / "out", 32, ROWS)

    narrowed, labels = read_checkpoint(tmp_path / "out")
    assert labels == LABELS
    assert narrowed.config.intermediate_size == 32
    assert torch.allclose(scores(tmp_path / "out"), scores(start), atol=1e-3)


def test_the_same_seed_leaves_the_same_units(tmp_path: Path) -> None:
    start = tiny_checkpoint(tmp_path / "start")

    assert narrow(start, tmp_path / "one", 40, ROWS) == narrow(start, tmp_path / "two", 40, ROWS)


@pytest.mark.parametrize("width", [0, 64, 100])
def test_a_width_that_narrows_nothing_is_refused(tmp_path: Path, width: int) -> None:
    with pytest.raises(ModelError, match="have 64 inner units"):
        narrow(tiny_checkpoint(tmp_path / "start"), tmp_path / "out", width, ROWS)
