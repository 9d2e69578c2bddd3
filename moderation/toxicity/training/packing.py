"""What a graph was made of: in int8, and where in it each parameter of a checkpoint is."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

CHECKPOINT = "checkpoint"
"""The graph's metadata under which `Packed` is written."""
Places = dict[str, tuple[str, bool, int]]
"""In which initializer each parameter is, whether that is transposed, and from which of its rows on; empty
where one could not be found."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The checkpoint in a graph: its labels, in the order of its outputs, and its parameters."""

    labels: tuple[str, ...]
    parameters: Places


def packed_in(graph: onnx.ModelProto) -> Packed | None:
    """Return what a graph says it was made of; None where it does not say."""
    told = {one.key: one.value for one in graph.metadata_props}
    if CHECKPOINT not in told:
        return None
    one = json.loads(told[CHECKPOINT])
    return Packed(tuple(one["labels"]), one["parameters"])


def places_of(model: torch.nn.Module, graph: onnx.ModelProto) -> Places:
    """Return where each parameter went, found by its values: the tracer renames, transposes and joins them.

    Nothing is returned where one cannot be found, as the tracer has worked it into others.
    """
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in graph.graph.initializer}
    found = {name: _place(tensor.numpy(), arrays) for name, tensor in model.state_dict().items()}
    places = {name: place for name, place in found.items() if place is not None}
    return places if len(places) == len(found) else {}


def _place(values: np.ndarray, arrays: Mapping[str, np.ndarray]) -> tuple[str, bool, int] | None:
    for name, array in arrays.items():
        for over in (False, True):
            turned = array.T if over else array
            if values.ndim != turned.ndim or values.shape[1:] != turned.shape[1:]:
                continue
            for start in range(0, len(turned), len(values)):
                if np.array_equal(turned[start : start + len(values)], values):
                    return name, over, start
    return None


def in_int8(graph: Path, places: Places) -> tuple[Path, Places]:
    """Quantise the weights; the second factor of a Gemm is turned over by that, and perhaps renamed."""
    written = graph.with_name("int8.onnx")
    quantize_dynamic(graph, written, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    turned = {node.input[1] for node in onnx.load(graph).graph.node if node.op_type == "Gemm"}
    known = {one.name for one in onnx.load(written).graph.initializer}

    def now(name: str, over: bool, start: int) -> tuple[str, bool, int]:
        renamed = f"{name}_Transposed"
        return renamed if f"{renamed}_quantized" in known else name, over != (name in turned), start

    return written, {parameter: now(*place) for parameter, place in places.items()}


def tell(graph: Path, packed: Packed) -> None:
    """Write into the graph what it was made of."""
    loaded = onnx.load(graph)
    onnx.helper.set_model_props(loaded, {CHECKPOINT: json.dumps(asdict(packed))})
    onnx.save(loaded, graph)
