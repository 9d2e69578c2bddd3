"""The weights of an exported folder as a checkpoint again, so that the upstream library runs what ships."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from transformers import BertConfig, BertForSequenceClassification

from moderation.toxicity.model import ModelError
from moderation.toxicity.on_onnxruntime import WEIGHTS
from moderation.toxicity.training.checkpoint import write_checkpoint
from moderation.toxicity.training.packing import packed_in
from moderation.toxicity.wording import WORDING


def unpack(exported: Path, folder: Path) -> str:
    """Write the weights that a model folder runs as a checkpoint folder; return the checkpoint's SHA-256.

    Weights in int8 become the numbers they stand for, so nothing but the rounding of activations differs.
    Raises ModelError for a graph that does not tell where they are.
    """
    graph = onnx.load(exported / WEIGHTS)
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in graph.graph.initializer}
    packed = packed_in(graph)
    if packed is None or not packed.parameters:
        raise ModelError(f"{exported / WEIGHTS} does not tell where its parameters are: export it anew.")
    encoder = BertConfig.from_pretrained(exported, num_labels=len(packed.labels))
    model = BertForSequenceClassification(encoder)
    state = {}
    for parameter, values in model.state_dict().items():
        name, transposed, start = packed.parameters[parameter]
        whole = _restored(arrays, name, transposed)
        state[parameter] = torch.from_numpy(whole[start : start + len(values)])
    model.load_state_dict(state)
    sha256 = write_checkpoint(model, exported, folder, packed.labels, half=False)
    if (exported / WORDING).exists():
        shutil.copy(exported / WORDING, folder / WORDING)
    return sha256


def _restored(arrays: dict[str, np.ndarray], name: str, transposed: bool) -> np.ndarray:
    """Return a parameter in full precision, as (value - zero point) x scale where it was quantised."""
    if name in arrays:
        array = arrays[name]
    else:
        scale, zero = arrays[f"{name}_scale"], arrays[f"{name}_zero_point"]
        array = (arrays[f"{name}_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale
    return np.array(array.T if transposed else array, dtype=np.float32, order="C")
