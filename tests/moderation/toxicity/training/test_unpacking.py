"""What ships, as a checkpoint again: the parity of the two libraries on the same weights."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import onnx

from moderation.toxicity.on_detoxify import open_detoxify
from moderation.toxicity.on_onnxruntime import Config, OnnxModel, open_onnx, shipped
from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from moderation.toxicity.training.corpus import Row, recovery_rows
from moderation.toxicity.training.export import Export, export
from moderation.toxicity.training.figures import roc_auc
from moderation.toxicity.training.unpacking import unpack
from moderation.toxicity.windows import windows
from moderation.toxicity.wording import WORDING, Worded
from tests.moderation.toxicity.tiny import tiny_checkpoint, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch

TEXTS = 1_000
FULL_PRECISION_WORST = 1e-4
INT8_MEAN = 0.02
INT8_AUC = 0.002


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The encoder alone: the wording is the same for both libraries, and would hide a difference."""
    folder = tmp_path_factory.mktemp("unpacked") / "waypost"
    unpack(shipped(), folder)
    (folder / WORDING).unlink()
    return folder


@pytest.fixture(scope="module")
def rows() -> Sequence[Row]:
    return recovery_rows()[:TEXTS]


@pytest.fixture(scope="module")
def texts(rows: Sequence[Row]) -> list[str]:
    return [next(windows(row.text)) for row in rows]


@pytest.fixture(scope="module")
def upstream(checkpoint: Path, texts: list[str]) -> np.ndarray:
    model = open_detoxify(f"detoxify://{checkpoint}")
    return np.array([model.predict([text])[0] for text in texts])


def test_upstream_and_the_full_precision_export_agree_on_a_thousand_texts(
    checkpoint: Path, texts: list[str], upstream: np.ndarray, tmp_path: Path
) -> None:
    export(Export(checkpoint, "waypost-1", int8=False), tmp_path / "full", texts[:1])

    model = OnnxModel(tmp_path / "full")
    ours = np.array([model.predict([text])[0] for text in texts])

    assert len(texts) == TEXTS
    assert np.abs(ours - upstream).max() <= FULL_PRECISION_WORST


def test_upstream_and_what_ships_agree_on_a_thousand_texts(
    rows: list[Row], texts: list[str], upstream: np.ndarray
) -> None:
    model = OnnxModel(shipped())

    ours = np.array([model.predict([text])[0] for text in texts])

    toxic = [row.labels[0] or 0.0 for row in rows]
    areas = [roc_auc(toxic, scores[:, 0].tolist()) or 0.0 for scores in (ours, upstream)]
    assert np.abs(ours - upstream).mean() <= INT8_MEAN
    assert abs(areas[0] - areas[1]) <= INT8_AUC


def test_both_libraries_mix_in_the_wording_that_ships(texts: list[str], tmp_path: Path) -> None:
    unpack(shipped(), tmp_path / "whole")

    theirs, ours = open_detoxify(f"detoxify://{tmp_path / 'whole'}"), open_onnx("onnx:")

    some = texts[::20]
    apart = np.array([theirs.predict([text])[0] for text in some]) - np.array(ours.predict(some))
    assert isinstance(theirs, Worded)
    assert isinstance(ours, Worded)
    assert np.abs(apart).mean() <= INT8_MEAN


def test_the_two_libraries_name_the_same_family(checkpoint: Path) -> None:
    name = open_detoxify(f"detoxify://{checkpoint}").name

    assert name.partition("@")[0] == Config.read(shipped()).name


def test_weights_that_were_not_quantised_come_back_exactly(tmp_path: Path) -> None:
    source = tiny_checkpoint(tmp_path / "from", half=False)
    export(Export(source, "tiny-1", int8=False), tmp_path / "full", ["a"])

    unpack(tmp_path / "full", tmp_path / "back")

    before, after = (read_checkpoint(tmp_path / name)[0].state_dict() for name in ("from", "back"))
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_a_graph_that_does_not_tell_its_parameters_is_refused(tmp_path: Path) -> None:
    export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1", int8=False), tmp_path / "full", ["a"])
    graph = onnx.load(tmp_path / "full/model.onnx")
    del graph.metadata_props[:]
    onnx.save(graph, tmp_path / "full/model.onnx")

    with pytest.raises(ModelError, match="export it anew"):
        unpack(tmp_path / "full", tmp_path / "back")


def test_labels_that_were_left_out_come_back_with_the_weights(tmp_path: Path) -> None:
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    write_checkpoint(tiny_model(7), tokenizer, tmp_path / "from", (*LABELS, "sexual_explicit"))
    export(Export(tmp_path / "from", "tiny-1"), tmp_path / "to", ["a"])

    unpack(tmp_path / "to", tmp_path / "back")

    assert read_checkpoint(tmp_path / "back")[1] == (*LABELS, "sexual_explicit")
