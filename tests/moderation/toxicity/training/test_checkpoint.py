"""Checkpoint folders, written whole and read back."""

import json
from pathlib import Path

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.checkpoint import read_checkpoint, sha256_of, write_checkpoint
from tests.moderation.toxicity.tiny import PIECES, changed, tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch

FILES = {
    "checkpoint.ckpt",
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
}


@pytest.fixture
def tokenizer(tmp_path: Path) -> Path:
    return tiny_tokenizer(tmp_path / "tokenizer")


def test_a_folder_holds_what_upstream_needs_and_nothing_else(tmp_path: Path, tokenizer: Path) -> None:
    folder = tmp_path / "deep/model"

    write_checkpoint(tiny_model(), tokenizer, folder)

    assert {file.name for file in folder.iterdir()} == FILES
    assert [file.name for file in folder.parent.iterdir()] == ["model"]
    assert json.loads((folder / "config.json").read_text())["vocab_size"] == len(PIECES)


def test_what_was_written_is_read_back(tmp_path: Path, tokenizer: Path) -> None:
    model, tokens = tiny_model(), torch.tensor([[2, 7, 9, 3]])
    write_checkpoint(model, tokenizer, tmp_path / "model", half=False)

    read, labels = read_checkpoint(tmp_path / "model")

    assert labels == LABELS
    assert torch.equal(read(tokens).logits, model(tokens).logits)


def test_halved_weights_are_read_in_single_precision(tmp_path: Path) -> None:
    folder = tiny_checkpoint(tmp_path / "model", half=True)

    read, _ = read_checkpoint(folder)

    assert {value.dtype for value in read.state_dict().values()} == {torch.float32}
    for name, value in tiny_model().state_dict().items():
        assert torch.allclose(read.state_dict()[name], value, atol=1e-2)


def test_the_same_weights_have_the_same_hash(tmp_path: Path, tokenizer: Path) -> None:
    first = write_checkpoint(tiny_model(), tokenizer, tmp_path / "first")
    second = write_checkpoint(tiny_model(), tokenizer, tmp_path / "second")

    assert first == second == sha256_of(tmp_path / "first/checkpoint.ckpt")


def test_fewer_labels_are_kept_in_their_order(tmp_path: Path, tokenizer: Path) -> None:
    write_checkpoint(tiny_model(2), tokenizer, tmp_path / "model", ("insult", "toxicity"))

    _, labels = read_checkpoint(tmp_path / "model")

    assert labels == ("insult", "toxicity")


def test_a_former_checkpoint_gives_way(tmp_path: Path, tokenizer: Path) -> None:
    folder = tiny_checkpoint(tmp_path / "model")

    sha256 = write_checkpoint(tiny_model(), tokenizer, folder, half=False)

    assert sha256 == sha256_of(folder / "checkpoint.ckpt")
    assert not (tmp_path / "model.former").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, tokenizer: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("dear")

    with pytest.raises(ModelError, match="holds other files"):
        write_checkpoint(tiny_model(), tokenizer, tmp_path / "home")

    assert (tmp_path / "home/letter.txt").read_text() == "dear"


def test_a_missing_tokenizer_leaves_the_former_checkpoint(tmp_path: Path, tokenizer: Path) -> None:
    folder = tiny_checkpoint(tmp_path / "model")
    before = sha256_of(folder / "checkpoint.ckpt")
    (tokenizer / "vocab.txt").unlink()

    with pytest.raises(FileNotFoundError):
        write_checkpoint(tiny_model(), tokenizer, folder, half=False)

    assert sha256_of(folder / "checkpoint.ckpt") == before


@pytest.mark.parametrize("value", [float("nan"), 70_000.0])
def test_a_weight_that_cannot_be_halved_is_not_written(tmp_path: Path, tokenizer: Path, value: float) -> None:
    model = tiny_model()
    with torch.no_grad():
        model.classifier.bias[0] = value

    with pytest.raises(ModelError, match=r"classifier\.bias has numbers that are not finite"):
        write_checkpoint(model, tokenizer, tmp_path / "model")

    assert not (tmp_path / "model").exists()


def test_a_checkpoint_that_is_not_whole_is_not_read(tmp_path: Path) -> None:
    folder = changed(tiny_checkpoint(tmp_path / "model"), lambda c: c["state_dict"].pop("classifier.bias"))

    with pytest.raises(ModelError, match=r"classifier\.bias is missing"):
        read_checkpoint(folder)


def test_weights_of_another_family_than_named_are_not_read(tmp_path: Path) -> None:
    other = {"model_name": "RobertaForSequenceClassification"}
    folder = changed(tiny_checkpoint(tmp_path / "m"), lambda c: c["config"]["arch"]["args"].update(other))

    with pytest.raises(ModelError, match="does not fit the config"):
        read_checkpoint(folder)
