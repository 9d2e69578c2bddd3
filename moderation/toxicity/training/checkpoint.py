"""A trained model as a checkpoint folder in upstream's form, written whole or not at all, and read back."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers import BertForSequenceClassification, PreTrainedModel

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.on_detoxify import CHECKPOINT, CONFIG, pinned
from moderation.toxicity.weights import read_weights
from moderation.toxicity.wording import WORDING

CARRIED = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")
MAY_GO = frozenset(
    {CHECKPOINT, CONFIG, WORDING, *CARRIED}
    | {"merges.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model"}
)
"""What a checkpoint folder may hold; a folder with anything else in it is not overwritten."""
HERE = "."
"""The base that a checkpoint names: upstream's own class loads it where the folder is the working one."""


def write_checkpoint(
    model: BertForSequenceClassification,
    tokenizer_folder: Path,
    folder: Path,
    labels: Sequence[str] = LABELS,
    half: bool = True,
) -> str:
    """Write weights (in half precision, or single), config and tokenizer; return the weights' SHA-256.

    The same weights give the same file. Raise ModelError if a weight is not finite, or too large to halve.
    """
    number = torch.float16 if half else torch.float32
    state = {name: value.detach().to("cpu", number) for name, value in model.state_dict().items()}
    for name, value in state.items():
        if not torch.isfinite(value).all():
            raise ModelError(f"{name} has numbers that are not finite in {number}: there is nothing to keep.")
    staged = staging(folder)
    staged.mkdir(parents=True, exist_ok=True)
    torch.save(in_upstreams_form(state, labels), staged / CHECKPOINT)
    model.config.to_json_file(staged / CONFIG)
    for name in CARRIED:
        shutil.copyfile(tokenizer_folder / name, staged / name)
    put_in_place(staged, folder)
    return sha256_of(folder / CHECKPOINT)


def in_upstreams_form(state: dict[str, torch.Tensor], labels: Sequence[str]) -> dict[str, Any]:
    """Return the checkpoint of a BERT with these weights and labels."""
    arguments = {
        "model_type": HERE,
        "model_name": "BertForSequenceClassification",
        "tokenizer_name": "BertTokenizer",
        "num_classes": len(labels),
    }
    config = {
        "arch": {"type": "BERT", "args": arguments},
        "dataset": {"args": {"classes": list(labels)}},
    }
    return {"config": config, "state_dict": state}


def read_checkpoint(folder: Path) -> tuple[PreTrainedModel, tuple[str, ...]]:
    """Return a folder's model in single precision, and its labels; raise ModelError if it is not whole.

    Of the outputs, the first are the labels, in their order.
    """
    content, _ = pinned(folder / CHECKPOINT, "")
    weights = read_weights(content, folder / CHECKPOINT).based_on(folder)
    model = getattr(transformers, weights.model)(weights.config())
    model.load_state_dict({name: weights.state[name].float() for name in model.state_dict()})
    model.eval()
    return model, weights.labels


def staging(folder: Path) -> Path:
    """Return where a checkpoint folder is put together, beside where it will be."""
    return folder.with_name(f"{folder.name}.part")


def put_in_place(staged: Path, folder: Path) -> None:
    """Let a whole folder take its place; raise ModelError if that would delete what is no checkpoint."""
    if not folder.exists():
        staged.rename(folder)
        return
    if not folder.is_dir() or {file.name for file in folder.iterdir()} - MAY_GO:
        raise ModelError(f"{folder} holds other files: give a folder of its own.")
    former = folder.with_name(f"{folder.name}.former")
    folder.rename(former)
    staged.rename(folder)
    shutil.rmtree(former)


def sha256_of(file: Path) -> str:
    """Return a file's SHA-256, however long it is."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
