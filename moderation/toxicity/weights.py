"""A checkpoint's weights: read without running what is in them, and held against their config."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers.utils import logging

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.model import ModelError

RENAMED = {"toxic": "toxicity", "identity_hate": "identity_attack", "severe_toxic": "severe_toxicity"}
"""Labels of 2018 as upstream renames them when it loads a checkpoint."""
FAMILIES = ("Albert", "Bert", "Roberta", "XLMRoberta")
SPARE = re.compile(r"\.(position_ids|pooler\..+)$")
"""Weights of older checkpoints that nothing reads: a row of numbers, and a pooler that the head skips."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a checkpoint holds, in upstream's form, with the labels as upstream renames them."""

    base: str
    """Folder or published name of the encoder's config and tokenizer."""
    model: str
    tokenizer: str
    outputs: int
    """Rows of the head: the labels come first, and in the unbiased ones identities after them."""
    labels: tuple[str, ...]
    state: Mapping[str, torch.Tensor]

    def based_on(self, folder: Path) -> "Weights":
        """Return the same with config and tokenizer of a folder, whatever the checkpoint names."""
        return replace(self, base=str(folder))

    def config(self) -> transformers.PreTrainedConfig:
        """Return the encoder's config; raise ModelError if weights are missing, left over or misshapen."""
        family = getattr(transformers, self.model)
        try:
            with quiet():
                config = family.config_class.from_pretrained(self.base, num_labels=self.outputs)
                with torch.device("meta"):
                    wanted = {name: tuple(value.shape) for name, value in family(config).state_dict().items()}
        except Exception as error:  # hub, json and the model's own checks each have theirs
            raise ModelError(
                f"The config of {self.base} cannot be read, or downloaded, as that of a {self.model}. "
                "Where nothing may be downloaded, run `waypost model fetch` on a machine that may."
            ) from error
        self._compare(wanted)
        return config

    def checkpoint(self) -> BytesIO:
        """Return the checkpoint as upstream loads it, in single precision."""
        arguments = {
            "model_type": self.base,
            "model_name": self.model,
            "tokenizer_name": self.tokenizer,
            "num_classes": self.outputs,
        }
        config = {"arch": {"args": arguments}, "dataset": {"args": {"classes": list(self.labels)}}}
        state = {
            name: value.float() for name, value in self.state.items() if not name.endswith(".position_ids")
        }
        file = BytesIO()
        torch.save({"config": config, "state_dict": state}, file)
        file.seek(0)
        return file

    def _compare(self, wanted: Mapping[str, tuple[int, ...]]) -> None:
        """Raise ModelError unless every weight is there: the library would draw random ones instead."""
        found = {name: tuple(value.shape) for name, value in self.state.items()}
        missing = sorted(wanted.keys() - found.keys())
        left_over = sorted(name for name in found.keys() - wanted.keys() if not SPARE.search(name))
        other = sorted(name for name in wanted.keys() & found.keys() if wanted[name] != found[name])
        for names, how in (
            (missing, "is missing"),
            (other, "has another shape"),
            (left_over, "has no place"),
        ):
            if names:
                others = f" (as {len(names) - 1} others)" if names[1:] else ""
                raise ModelError(
                    f"The checkpoint does not fit the config of {self.base}: {names[0]} {how}{others}. "
                    "Use the config that belongs to it."
                )


def read_weights(content: bytes, where: Path) -> Weights:
    """Return what a checkpoint file holds; raise ModelError if it is none, or has unknown labels."""
    try:
        loaded = torch.load(BytesIO(content), map_location="cpu", weights_only=True)
    except Exception as error:  # zip, pickle and torch each have their own
        raise ModelError(
            f"{where} cannot be read as a checkpoint: it is cut off, or holds more than weights."
        ) from error
    try:
        weights = _weights(loaded)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{where} is no checkpoint of Detoxify's form: `config` (arch and dataset) and `state_dict`."
        ) from error
    if "toxicity" not in weights.labels or len(set(weights.labels)) != len(weights.labels):
        raise ModelError(f"{where} names labels we do not know; they can be: {', '.join(ALL_LABELS)}")
    return weights


def _weights(loaded: dict[str, Any]) -> Weights:
    arguments = loaded["config"]["arch"]["args"]
    classes: Sequence[str] = loaded["config"]["dataset"]["args"]["classes"]
    model, tokenizer = arguments["model_name"], arguments["tokenizer_name"]
    if model not in {f"{family}ForSequenceClassification" for family in FAMILIES}:
        raise ValueError("a model of another kind")
    if tokenizer.removesuffix("Fast") not in {f"{family}Tokenizer" for family in FAMILIES}:
        raise ValueError("a tokenizer of another kind")
    state = dict(loaded["state_dict"])
    if not all(isinstance(name, str) and isinstance(value, torch.Tensor) for name, value in state.items()):
        raise TypeError("a weight is none")
    outputs = int(arguments["num_classes"])
    labels = tuple(RENAMED.get(label, label) for label in classes)
    if isinstance(classes, str) or not 0 < len(labels) <= outputs:
        raise ValueError("more labels than outputs")
    return Weights(str(arguments["model_type"]), model, tokenizer, outputs, labels, state)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the library's loading bars and reports off the terminal; what they warn of, we check ourselves."""
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
