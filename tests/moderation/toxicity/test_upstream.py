"""Upstream's own class, behind our protocol."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import Model, ModelError
from moderation.toxicity.on_detoxify import open_detoxify

pytest.importorskip("torch")

import torch
from detoxify import Detoxify

from tests.moderation.toxicity.tiny import POSITIONS, changed, sha256, tiny_checkpoint, tiny_tokenizer

pytestmark = pytest.mark.torch

PIECES = ["you are kind", "", "a", "go away", "ninety days today"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_checkpoint(tmp_path / "tiny")


def opened(folder: Path) -> Model:
    return open_detoxify(f"detoxify://{folder}")


@pytest.mark.parametrize("half", [True, False])
def test_scores_are_those_of_the_stock_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    folder = tiny_checkpoint(tmp_path / "tiny", half=half)
    monkeypatch.chdir(folder)
    stock = Detoxify(checkpoint="checkpoint.ckpt")
    stock.model.float()

    rows = opened(folder).predict(PIECES)

    expected = stock.predict(PIECES)
    assert rows == [[expected[label][n] for label in LABELS] for n in range(len(PIECES))]
    assert max(max(row) - min(row) for row in rows) > 0.2


def test_a_model_is_named_after_its_folder_and_its_weights(folder: Path) -> None:
    pin = sha256(folder / "checkpoint.ckpt")

    model = open_detoxify(f"detoxify://{folder}?sha256={pin}")

    assert model.name == f"detoxify-tiny@{pin[:8]}"
    assert model.labels == LABELS


def test_a_model_of_ours_keeps_its_name_whichever_library_runs_it(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text()) | {"waypost": {"name": "waypost-1"}}
    (folder / "config.json").write_text(json.dumps(config))

    assert opened(folder).name.startswith("waypost-1@")


def test_one_piece_is_one_row_and_none_are_none(folder: Path) -> None:
    model = opened(folder)

    assert model.predict([]) == []
    assert model.predict(["go away"])[0] == pytest.approx(model.predict(["go away", "kind"])[0], abs=1e-5)


def test_a_long_piece_is_cut_where_the_encoder_ends(folder: Path) -> None:
    model = opened(folder)

    [whole, cut] = model.predict(["a " * 1000, "a " * (POSITIONS - 2)])

    assert whole == pytest.approx(cut, abs=1e-5)


def test_a_lone_surrogate_is_only_another_unknown_sign(folder: Path) -> None:
    [row] = opened(folder).predict(["a \ud800 b"])

    assert all(0 <= score <= 1 for score in row)


def test_labels_of_others_are_left_out_and_ours_are_in_our_order(folder: Path) -> None:
    classes = ["threat", "sexual_explicit", "toxic", "obscene", "insult", "male"]
    all_six = opened(folder).predict(["go away"])[0]
    changed(folder, lambda c: c["config"]["dataset"]["args"].update(classes=classes))

    model = opened(folder)

    assert model.labels == ("toxicity", "obscene", "threat", "insult")
    assert model.predict(["go away"]) == [[all_six[2], all_six[3], all_six[0], all_six[4]]]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["state_dict"].pop("classifier.weight"),
        lambda c: c["state_dict"].pop("bert.embeddings.LayerNorm.bias"),
        lambda c: c["state_dict"].update({"classifier.bias": torch.zeros(3)}),
        lambda c: c["config"]["dataset"]["args"].update(classes=["spam"] * 6),
        lambda c: c.clear(),
    ],
)
def test_a_checkpoint_that_is_not_whole_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    changed(folder, change)

    with pytest.raises(ModelError):
        opened(folder)


@pytest.mark.parametrize(
    "tokenizer", ["{}", "not json", '{"version": "1.0", "model": {"type": "WordPiece"}}']
)
def test_a_tokenizer_that_cannot_be_read_is_refused(folder: Path, tokenizer: str) -> None:
    (folder / "tokenizer.json").write_text(tokenizer)

    with pytest.raises(ModelError, match="tokenizer"):
        opened(folder)


def test_a_tokenizer_of_other_weights_is_refused(folder: Path, tmp_path: Path) -> None:
    other = (tiny_tokenizer(tmp_path / "other") / "tokenizer.json").read_text()
    (folder / "tokenizer.json").write_text(other.replace('"##z": 56', '"##z": 56, "##zz": 57'))

    with pytest.raises(ModelError, match="knows 58 pieces, the weights 57"):
        opened(folder)


def test_loading_and_predicting_say_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    opened(folder).predict(["go away", "a " * 1000])

    assert capfd.readouterr() == ("", "")


def test_the_threads_of_torch_are_left_as_they_are(folder: Path) -> None:
    before = torch.get_num_threads()

    opened(folder).predict(PIECES)

    assert torch.get_num_threads() == before


def test_a_closed_model_holds_no_weights(folder: Path) -> None:
    model = opened(folder)

    model.close()

    with pytest.raises(AttributeError):
        model.predict(["a"])
