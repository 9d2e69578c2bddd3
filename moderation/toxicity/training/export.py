"""From a checkpoint to a folder that onnxruntime runs: the graph in full precision, then in int8."""

import hashlib
import json
import shutil
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import torch
from transformers import BertForSequenceClassification, PreTrainedModel

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.on_onnxruntime import CONFIG, SECTION, TOKENIZER, WEIGHTS, OnnxModel
from moderation.toxicity.training.checkpoint import CARRIED, read_checkpoint
from moderation.toxicity.training.graph import Trimmed, Whole
from moderation.toxicity.training.packing import Packed, in_int8, places_of, tell
from moderation.toxicity.wording import WORDING

OPSET = 17
LONGEST = 256
"""Tokens of one piece; a window of ordinary text has about 90."""
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


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for: a checkpoint, and the name of what is made of it."""

    checkpoint: Path
    name: str
    int8: bool = True


class _Scores(torch.nn.Module):  # type: ignore[misc]
    """The wanted columns of some probabilities: one input (batch x length), one output (batch x wanted)."""

    def __init__(self, probabilities: torch.nn.Module, columns: Iterable[int]) -> None:
        super().__init__()
        self.probabilities = probabilities
        self.columns = list(columns)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        found = self.probabilities(input_ids)
        return found if self.columns == list(range(found.shape[1])) else found[:, self.columns]


def export(asked: Export, folder: Path, texts: Sequence[str]) -> Exported:
    """Write a checkpoint as a model folder; return how far its scores of the texts are from the checkpoint's.

    Labels that we do not know, such as sexual_explicit, are left out. Raises ModelError for a checkpoint that
    cannot be read.
    """
    model, told = read_checkpoint(asked.checkpoint)
    columns = {label: place for place, label in enumerate(told) if label in ALL_LABELS}
    with TemporaryDirectory() as made:
        graph = Path(made) / WEIGHTS
        _write_graph(_Scores(_probabilities(model), columns.values()).eval(), graph)
        places = places_of(model, onnx.load(graph))
        if asked.int8:
            graph, places = in_int8(graph, places)
        tell(graph, Packed(told, places))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WORDING).unlink(missing_ok=True)  # of another checkpoint
        for file in (*CARRIED, WORDING):
            if (asked.checkpoint / file).exists():
                shutil.copy(asked.checkpoint / file, folder / file)
        shutil.copy(graph, folder / WEIGHTS)
    _write_config(folder, asked.name, list(columns), model.config.to_dict())
    exported = OnnxModel(folder)
    apart = np.abs(
        np.array(exported.predict(texts)) - _predicted(model, exported, texts)[:, [*columns.values()]]
    )
    size = sum(file.stat().st_size for file in folder.iterdir())
    return Exported(
        asked.name, _sha256(folder / WEIGHTS), size, len(texts), float(apart.max()), float(apart.mean())
    )


def _probabilities(model: PreTrainedModel) -> torch.nn.Module:
    return Trimmed(model) if isinstance(model, BertForSequenceClassification) else Whole(model)


def _write_graph(scores: _Scores, path: Path) -> None:
    """Write the graph in full precision."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that it makes dynamic itself
        torch.onnx.export(
            scores,
            (EXAMPLE,),
            path,
            input_names=["input_ids"],
            output_names=["scores"],
            dynamic_axes={"input_ids": {0: "batch", 1: "length"}, "scores": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _write_config(folder: Path, name: str, labels: Sequence[str], encoder: dict[str, Any]) -> None:
    """Write the encoder's own config, as transformers knows it, with a section of ours."""
    ours = {
        "name": name,
        "labels": list(labels),
        "longest": min(LONGEST, encoder["max_position_embeddings"]),
        "sha256": {
            file: _sha256(folder / file) for file in (WEIGHTS, TOKENIZER, WORDING) if (folder / file).exists()
        },
    }
    (folder / CONFIG).write_text(json.dumps(encoder | {SECTION: ours}, indent=2) + "\n", "utf-8")


def _predicted(model: PreTrainedModel, exported: OnnxModel, texts: Sequence[str]) -> np.ndarray:
    """Return the checkpoint's own scores (texts x its labels), one text at a time, from the same tokens."""
    whole = Whole(model).eval()
    rows = []
    with torch.inference_mode():
        for numbers in exported.tokens(texts):
            rows.append(whole(torch.tensor([numbers]))[0].numpy())
    return np.array(rows)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
