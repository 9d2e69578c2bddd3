"""The encoder we start from: pruned to what our texts need, without losing a text."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from tokenizers import Tokenizer

from moderation.toxicity.labels import LABELS
from moderation.toxicity.training.encoder import KEEP_FROM, encoder_folder, prune, pruned_encoder
from tests.moderation.toxicity.tiny import PIECES, tiny_tokenizer

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


def test_the_head_is_new_and_has_the_six_labels(pruned: Path) -> None:
    torch.manual_seed(1)

    model = pruned_encoder(encoder_folder(), pruned, 0.1)

    assert model.classifier.weight.shape[0] == len(LABELS)
    assert model.config.id2label[0] == "toxicity"


def test_the_pieces_of_a_text_are_the_same_numbers_in_the_vocabulary_file(pruned: Path) -> None:
    listed = (pruned / "vocab.txt").read_text("utf-8").splitlines()
    tokenizer = Tokenizer.from_file(str(pruned / "tokenizer.json"))

    assert all(tokenizer.token_to_id(piece) == number for number, piece in enumerate(listed))


def test_special_pieces_are_kept_though_no_text_has_them(tmp_path: Path) -> None:
    source = tiny_tokenizer(tmp_path / "tiny")

    _, after = prune(source, [], tmp_path / "pruned")

    assert after == len(PIECES)
