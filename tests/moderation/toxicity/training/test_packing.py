"""A graph tells what it was made of, in full precision and in int8."""

from pathlib import Path

import pytest

pytest.importorskip("torch")

import onnx

from moderation.toxicity.labels import LABELS
from moderation.toxicity.training.checkpoint import read_checkpoint
from moderation.toxicity.training.export import Export, export
from moderation.toxicity.training.packing import packed_in
from tests.moderation.toxicity.tiny import grown, tiny_checkpoint

pytestmark = pytest.mark.torch


@pytest.mark.parametrize("int8", [True, False])
def test_every_parameter_of_both_checkpoints_has_its_place(tmp_path: Path, int8: bool) -> None:
    start = tiny_checkpoint(tmp_path / "from")
    own = grown(start, tmp_path / "own")
    export(Export(start, "tiny-1", own, int8=int8), tmp_path / "to", ["a"])

    graph = onnx.load(tmp_path / "to/model.onnx")
    first, second = packed_in(graph)

    names = {one.name.removesuffix("_quantized") for one in graph.graph.initializer}
    for packed, checkpoint in ((first, start), (second, own)):
        model, labels = read_checkpoint(checkpoint)
        assert packed.labels == labels
        assert packed.parameters.keys() == model.state_dict().keys()
        assert {place for place, _, _ in packed.parameters.values()} <= names


def test_what_is_shared_has_one_place_and_what_is_not_has_two(tmp_path: Path) -> None:
    start = tiny_checkpoint(tmp_path / "from")
    export(Export(start, "tiny-1", grown(start, tmp_path / "own")), tmp_path / "to", ["a"])

    first, second = (one.parameters for one in packed_in(onnx.load(tmp_path / "to/model.onnx")))

    shared, own = (f"bert.encoder.layer.{number}.intermediate.dense.weight" for number in (0, 1))
    assert first[shared] == second[shared]
    assert first[own] != second[own]


def test_what_is_multiplied_at_once_lies_side_by_side(tmp_path: Path) -> None:
    export(Export(tiny_checkpoint(tmp_path / "from"), "tiny-1"), tmp_path / "to", ["a"])

    [packed] = packed_in(onnx.load(tmp_path / "to/model.onnx"))

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

    assert [one.labels for one in told] == [LABELS]
    assert packed_in(graph) == []
