"""From a checkpoint to a folder that onnxruntime runs: the graph in full precision, then in int8."""

import hashlib
import json
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.on_onnxruntime import CONFIG, SECTION, TOKENIZER, WEIGHTS, OnnxModel
from moderation.toxicity.training.checkpoint import CARRIED, read_checkpoint

OPSET = 17
LONGEST = 256
"""Tokens of one piece; a window of ordinary text has about 90."""
PLACES = "parameters"
"""Metadata of the graph: which parameter is which initializer, and whether transposed; or nothing."""
Places = dict[str, tuple[str, bool]]
EXAMPLE = torch.tensor([[2, 3, 4, 5], [5, 4, 3, 2]])


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export made, and how its scores differ from the checkpoint's (absolute, over all labels)."""

    name: str
    sha256: str
    size: int
    texts: int
    worst: float
    mean: float

    def as_json(self) -> str:
        """Return the report as one JSON object."""
        return json.dumps(asdict(self))


class _Scores(torch.nn.Module):  # type: ignore[misc]
    """The classifier with its sigmoid: two inputs (batch x length), one output (batch x wanted columns)."""

    def __init__(self, model: torch.nn.Module, columns: Sequence[int]) -> None:
        super().__init__()
        self.model = model
        self.columns = list(columns)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        logits = self.model(input_ids=input_ids, attention_mask=attention_mask).logits
        return torch.sigmoid(logits if len(self.columns) == logits.shape[1] else logits[:, self.columns])


def export(checkpoint: Path, folder: Path, name: str, texts: Sequence[str], *, int8: bool = True) -> Exported:
    """Write a checkpoint as a model folder; return how far its scores of the texts are from the checkpoint's.

    Labels that we do not know, such as sexual_explicit, are left out. Raises ModelError for a checkpoint that
    cannot be read.
    """
    model, named = read_checkpoint(checkpoint)
    labels = [label for label in named if label in ALL_LABELS]
    scores = _Scores(model, [named.index(label) for label in labels]).eval()
    with TemporaryDirectory() as made:
        graph = Path(made) / WEIGHTS
        _write_graph(scores, graph)
        places = _places(model, onnx.load(graph))
        if int8:
            graph, places = _in_int8(graph, places)
        _tell(graph, places)
        folder.mkdir(parents=True, exist_ok=True)
        for file in CARRIED:
            if (checkpoint / file).exists():
                shutil.copy(checkpoint / file, folder / file)
        shutil.copy(graph, folder / WEIGHTS)
    _write_config(folder, name, labels, model.config.to_dict())
    exported = OnnxModel(folder)
    apart = np.abs(np.array(exported.predict(texts)) - _predicted(scores, exported, texts))
    size = sum(file.stat().st_size for file in folder.iterdir())
    return Exported(
        name, _sha256(folder / WEIGHTS), size, len(texts), float(apart.max()), float(apart.mean())
    )


def _write_graph(scores: _Scores, path: Path) -> None:
    """Write the graph in full precision."""
    axes = {name: {0: "batch", 1: "length"} for name in ("input_ids", "attention_mask")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that it makes dynamic itself
        torch.onnx.export(
            scores,
            (EXAMPLE, torch.ones_like(EXAMPLE)),
            path,
            input_names=["input_ids", "attention_mask"],
            output_names=["scores"],
            dynamic_axes=axes | {"scores": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _places(model: torch.nn.Module, graph: onnx.ModelProto) -> Places:
    """Return where each parameter went, found by its values: the tracer renames and transposes.

    Nothing is returned where one cannot be found, as the tracer has worked it into others.
    """
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in graph.graph.initializer}
    found: Places = {}
    for parameter, tensor in model.state_dict().items():
        values = tensor.numpy()
        for name, array in arrays.items():
            if np.array_equal(array, values):
                found[parameter] = (name, False)
            elif values.ndim == array.ndim == 2 and np.array_equal(array, values.T):  # noqa: PLR2004
                found[parameter] = (name, True)
        if parameter not in found:
            return {}
    return found


def _in_int8(graph: Path, places: Places) -> tuple[Path, Places]:
    """Quantise the weights; the second factor of a Gemm is turned over by that, and perhaps renamed."""
    written = graph.with_name("int8.onnx")
    quantize_dynamic(graph, written, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    turned = {node.input[1] for node in onnx.load(graph).graph.node if node.op_type == "Gemm"}
    known = {one.name for one in onnx.load(written).graph.initializer}
    now: Places = {}
    for parameter, (name, over) in places.items():
        renamed = f"{name}_Transposed"
        place = renamed if f"{renamed}_quantized" in known else name
        now[parameter] = (place, over != (name in turned))
    return written, now


def _tell(graph: Path, places: Places) -> None:
    loaded = onnx.load(graph)
    onnx.helper.set_model_props(loaded, {PLACES: json.dumps(places)})
    onnx.save(loaded, graph)


def _write_config(folder: Path, name: str, labels: Sequence[str], encoder: dict[str, Any]) -> None:
    """Write the encoder's own config, as transformers knows it, with a section of ours."""
    ours = {
        "name": name,
        "labels": list(labels),
        "longest": min(LONGEST, encoder["max_position_embeddings"]),
        "sha256": {file: _sha256(folder / file) for file in (WEIGHTS, TOKENIZER)},
    }
    (folder / CONFIG).write_text(json.dumps(encoder | {SECTION: ours}, indent=2) + "\n", "utf-8")


def _predicted(scores: _Scores, exported: OnnxModel, texts: Sequence[str]) -> np.ndarray:
    """Return the checkpoint's own scores (texts x labels), one text at a time, from the same tokens."""
    rows = []
    with torch.inference_mode():
        for numbers in exported.tokens(texts):
            tokens = torch.tensor([numbers])
            rows.append(scores(tokens, torch.ones_like(tokens))[0].numpy())
    return np.array(rows)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
