"""The encoder we start from: pruned to what our texts need, without losing a text."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from tokenizers import Tokenizer

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.checkpoint import read_checkpoint
from moderation.toxicity.training.encoder import (
    KEEP_FROM,
    carry_tokenizer,
    continued,
    encoder_folder,
    prune,
    pruned_encoder,
)
from tests.moderation.toxicity.tiny import PIECES, tiny_checkpoint, tiny_tokenizer

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def pruned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pruned")
    prune(
        encoder_folder(), ["recovery is a day at a time"] * KEEP_FROM + ["unicorns"] * (KEEP_FROM - 1), folder
    )
    return folder


def test_words_that_are_met_often_stay_whole_and_others_are_spelt(pruned: Path) -> None:
    tokenizer = Tokenizer.from_file(str(pruned / "tokenizer.json"))

    assert tokenizer.encode("recovery", add_special_tokens=False).tokens == ["recovery"]
    assert len(tokenizer.encode("unicorns", add_special_tokens=False).tokens) > 3
    assert "[UNK]" not in tokenizer.encode("Unicorns, éclairs; 42 (x)").tokens


def test_every_kept_piece_keeps_its_weights(pruned: Path) -> None:
    whole = pruned_encoder(encoder_folder(), pruned, 0.1)
    before = json.loads((encoder_folder() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    after = json.loads((pruned / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]

    kept = json.loads((pruned / "kept.json").read_text("utf-8"))
    assert [before[piece] for piece in after] == kept
    assert whole.get_input_embeddings().weight.shape[0] == whole.config.vocab_size == len(kept) < len(before)


def test_the_head_is_new_and_has_every_label(pruned: Path) -> None:
    torch.manual_seed(1)

    model = pruned_encoder(encoder_folder(), pruned, 0.1)

    assert model.classifier.weight.shape[0] == len(ALL_LABELS)
    assert model.config.id2label[0] == "toxicity"


def test_the_pieces_of_a_text_are_the_same_numbers_in_the_vocabulary_file(pruned: Path) -> None:
    listed = (pruned / "vocab.txt").read_text("utf-8").splitlines()
    tokenizer = Tokenizer.from_file(str(pruned / "tokenizer.json"))

    assert all(tokenizer.token_to_id(piece) == number for number, piece in enumerate(listed))


def test_special_pieces_are_kept_though_no_text_has_them(tmp_path: Path) -> None:
    source = tiny_tokenizer(tmp_path / "tiny")

    _, after = prune(source, [], tmp_path / "pruned")

    assert after == len(PIECES)


def test_a_checkpoint_is_trained_on_with_new_rows_in_its_head_for_the_labels_it_lacks(tmp_path: Path) -> None:
    start = tiny_checkpoint(tmp_path / "six", half=False)
    before, labels = read_checkpoint(start)

    model = continued(start, 0.1)

    weights, kept = model.classifier.weight, before.state_dict()["classifier.weight"]
    assert labels == ALL_LABELS[:6]
    assert weights.shape[0] == len(ALL_LABELS)
    assert torch.equal(weights[:6], kept)
    assert torch.equal(
        model.state_dict()["bert.pooler.dense.weight"], before.state_dict()["bert.pooler.dense.weight"]
    )
    assert model.config.hidden_dropout_prob == 0.1


def test_what_goes_on_from_a_checkpoint_reads_as_it_does(tmp_path: Path) -> None:
    start = tiny_checkpoint(tmp_path / "six")

    carry_tokenizer(start, tmp_path / "run")

    before, after = (Tokenizer.from_file(str(tmp_path / one / "tokenizer.json")) for one in ("six", "run"))
    assert before.encode("a bad day").ids == after.encode("a bad day").ids
