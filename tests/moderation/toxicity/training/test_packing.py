"""A graph tells what it was made of, in full precision and in int8."""

from pathlib import Path

import pytest

pytest.importorskip("torch")

import onnx

from moderation.toxicity.labels import LABELS
from moderation.toxicity.training.checkpoint import read_checkpoint
from moderation.toxicity.training.export import Export, export
from moderation.toxicity.training.packing import packed_in
from tests.moderation.toxicity.tiny import tiny_checkpoint

pytestmark = pytest.mark.torch


@pytest.mark.parametrize("int8", [True, False])
def test_every_parameter_has_its_place(tmp_path: Path, int8: bool) -> None:
    checkpoint = tiny_checkpoint(tmp_path / "from")
    export(Export(checkpoint, "tiny-1", int8=int8), tmp_path / "to", ["a"])

    graph = onnx.load(tmp_path / "to/model.onnx")
    packed = packed_in(graph)

    names = {one.name.removesuffix("_quantized") for one in graph.graph.initializer}
    model, labels = read_checkpoint(checkpoint)
    assert packed is not None
    assert packed.labels == labels
    assert packed.parameters.keys() == model.state_dict().keys()
    assert {place for place, _, _ in packed.parameters.values()} <= names


def test_what_is_multiplied_at_once_lies_side_by_side(tmp_path: Path) -> None:
    export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1"), tmp_path / "to", ["a"])

    packed = packed_in(onnx.load(tmp_path / "to/model.onnx"))

    assert packed is not None
    query, key, value = (
        packed.parameters[f"bert.encoder.layer.0.attention.self.{name}.weight"]
        for name in ("query", "key", "value")
    )
    assert query[0] == key[0] == value[0]
    assert [start for _, _, start in (query, key, value)] == [0, 32, 64]


def test_a_graph_that_says_nothing_was_made_of_nothing_that_we_know(tmp_path: Path) -> None:
    export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1"), tmp_path / "to", ["a"])
    graph = onnx.load(tmp_path / "to/model.onnx")
    told = packed_in(graph)
    del graph.metadata_props[:]

    assert told is not None
    assert told.labels == LABELS
    assert packed_in(graph) is None
