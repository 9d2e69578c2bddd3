"""A model folder, run for real, and every way in which one cannot be run."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import Model, ModelError
from moderation.toxicity.on_onnxruntime import (
    CONFIG,
    SECTION,
    TOKENIZER,
    WEIGHTS,
    OnnxModel,
    open_onnx,
)
from moderation.toxicity.wording import BUCKETS, WORDING, Wording
from tests.moderation.toxicity.models import TINY


@pytest.fixture(scope="module")
def model() -> Model:
    return open_onnx(f"onnx://{TINY}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (WEIGHTS, TOKENIZER, CONFIG):
        shutil.copy(TINY / name, tmp_path / name)
    return tmp_path


def told(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the folder's config says of the model."""
    config = json.loads((folder / CONFIG).read_text())
    change(config[SECTION])
    (folder / CONFIG).write_text(json.dumps(config))


def replaced(folder: Path, name: str, content: bytes) -> None:
    """Put another file in, and let the config vouch for it."""
    (folder / name).write_bytes(content)
    told(folder, lambda ours: ours["sha256"].update({name: hashlib.sha256(content).hexdigest()}))


def test_it_knows_the_six_labels_and_names_its_weights(model: Model) -> None:
    digits = hashlib.sha256((TINY / WEIGHTS).read_bytes()).hexdigest()[:8]

    assert model.labels == LABELS
    assert model.name == f"tiny-1@{digits}"


def test_no_pieces_are_no_rows(model: Model) -> None:
    assert list(model.predict([])) == []


@pytest.mark.parametrize(
    "text", ["", "\ud800", "\udfff you", "\x00", "x" * 100_000, "🦄" * 5_000, "\u0301" * 999]
)
def test_no_text_is_too_strange(model: Model, text: str) -> None:
    [scores] = model.predict([text])

    assert len(scores) == len(LABELS)
    assert all(0 <= score <= 1 for score in scores)


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_a_piece_has_the_same_scores_whatever_its_neighbours(pieces: list[str]) -> None:
    model = open_once()

    together = model.predict(pieces)
    alone = [model.predict([piece])[0] for piece in pieces]

    assert together == alone


ONCE: list[Model] = []


def open_once() -> Model:
    if not ONCE:
        ONCE.append(open_onnx(f"onnx://{TINY}"))
    return ONCE[0]


def test_a_folder_anywhere_opens_with_its_pin(folder: Path) -> None:
    sha256 = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()

    model = open_onnx(f"onnx://{folder}?sha256={sha256.upper()}")

    assert model.name.endswith(sha256[:8])


def test_another_pin_is_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="not the one that was pinned"):
        open_onnx(f"onnx://{folder}?sha256={'0' * 64}")


@pytest.mark.parametrize("url", ["onnx://shipped", "onnx:?md5=1", "onnx://host/folder"])
def test_an_url_that_means_nothing_is_refused_in_words(url: str) -> None:
    with pytest.raises(ModelError, match="Write onnx: for the model that ships"):
        open_onnx(url)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, CONFIG])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        OnnxModel(folder)


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_a_file_that_was_tampered_with_is_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)

    with pytest.raises(ModelError, match="vouches for"):
        OnnxModel(folder)


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x07" * 999])
def test_weights_that_are_none_are_refused(folder: Path, content: bytes) -> None:
    replaced(folder, WEIGHTS, content)

    with pytest.raises(ModelError, match="cannot be read as a model"):
        OnnxModel(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe"])
def test_a_tokenizer_that_is_none_is_refused(folder: Path, content: bytes) -> None:
    replaced(folder, TOKENIZER, content)

    with pytest.raises(ModelError, match="cannot be read as a tokenizer"):
        OnnxModel(folder)


@pytest.mark.parametrize(
    "config", ["", "[]", "{}", '{"waypost": []}', '{"waypost": {"name": "x"}}', "\ud83d"]
)
def test_a_config_that_makes_no_sense_is_refused(folder: Path, config: str) -> None:
    (folder / CONFIG).write_text(config, "utf-8", "surrogatepass")

    with pytest.raises(ModelError, match="cannot be read as a model's config"):
        OnnxModel(folder)


@pytest.mark.parametrize("labels", [[], ["joy"], ["toxicity", "joy"], ["insult"]])
def test_unknown_labels_are_refused(folder: Path, labels: list[str]) -> None:
    told(folder, lambda ours: ours.update(labels=labels))

    with pytest.raises(ModelError, match="labels we do not know"):
        OnnxModel(folder)


def test_labels_of_another_number_than_the_scores_are_refused(folder: Path) -> None:
    told(folder, lambda ours: ours.update(labels=["toxicity", "insult"]))

    with pytest.raises(ModelError, match="as many scores as labels"):
        OnnxModel(folder)


@pytest.mark.parametrize("longest", [0, 2, 513, -1])
def test_an_impossible_length_is_refused(folder: Path, longest: int) -> None:
    told(folder, lambda ours: ours.update(longest=longest))

    with pytest.raises(ModelError, match="longest input"):
        OnnxModel(folder)


@pytest.fixture
def worded(folder: Path) -> Path:
    """A folder whose config vouches for a wording that finds everything toxic."""
    sure, share = np.array([9], np.float32), np.array([1], np.float32)
    Wording(("toxicity",), np.zeros((2 * BUCKETS, 1), np.float32), sure, share).write(folder / WORDING)
    replaced(folder, WORDING, (folder / WORDING).read_bytes())
    return folder


def test_a_wording_that_the_config_vouches_for_is_mixed_in(worded: Path) -> None:
    model, alone = open_onnx(f"onnx://{worded}"), OnnxModel(worded)

    [[toxicity, *mixed]], [[_, *others]] = model.predict(["a calm day"]), alone.predict(["a calm day"])

    assert toxicity == pytest.approx(1, abs=0.001)
    assert mixed == pytest.approx(others)
    assert model.name != alone.name


def test_a_wording_that_is_missing_or_was_tampered_with_is_refused(worded: Path) -> None:
    content = (worded / WORDING).read_bytes()
    (worded / WORDING).write_bytes(content[:-1])

    with pytest.raises(ModelError, match="vouches for"):
        open_onnx(f"onnx://{worded}")

    (worded / WORDING).unlink()
    with pytest.raises(ModelError, match=r"wording\.npz cannot be read"):
        open_onnx(f"onnx://{worded}")


def test_a_wording_that_nothing_vouches_for_is_not_read(folder: Path) -> None:
    (folder / WORDING).write_bytes(b"no wording")

    assert isinstance(open_onnx(f"onnx://{folder}"), OnnxModel)
