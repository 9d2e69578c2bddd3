"""One checkpoint from several: the mean of their weights."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from transformers import BertForSequenceClassification

from moderation.toxicity.model import ModelError
from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint

HEAD = "classifier"

State = Mapping[str, torch.Tensor]


def blend(checkpoints: Sequence[Path], folder: Path) -> str:
    """Write the mean of checkpoints that grew from one encoder; return its SHA-256.

    One that is given twice counts twice (Wortsman et al. 2022, Model soups). The labels are those of the one
    that knows most; a label's row of the head is the mean over those that know it. Raise ModelError for
    checkpoints of other shapes or vocabularies.
    """
    read = [read_checkpoint(checkpoint) for checkpoint in checkpoints]
    model, labels = max(read, key=lambda one: len(one[1]))
    if not isinstance(model, BertForSequenceClassification) or len(read) < 2:  # noqa: PLR2004
        raise ModelError("There must be two checkpoints or more, of the kind that we train.")
    _same_vocabulary(checkpoints)
    states = [(one.state_dict(), known) for one, known in read]
    try:
        model.load_state_dict({name: _mean(name, states, labels) for name in model.state_dict()})
    except (KeyError, RuntimeError) as error:
        raise ModelError(
            "These checkpoints have other shapes, or other labels: they cannot be blended."
        ) from error
    return write_checkpoint(model, checkpoints[0], folder, labels)


def _mean(name: str, states: Sequence[tuple[State, Sequence[str]]], labels: Sequence[str]) -> torch.Tensor:
    if not name.startswith(HEAD):
        return torch.stack([state[name] for state, _ in states]).mean(0)
    rows = [
        torch.stack([state[name][known.index(label)] for state, known in states if label in known]).mean(0)
        for label in labels
    ]
    return torch.stack(rows)


def _same_vocabulary(checkpoints: Sequence[Path]) -> None:
    """Raise ModelError for checkpoints that part texts into other pieces than each other."""
    if len({(checkpoint / "vocab.txt").read_bytes() for checkpoint in checkpoints}) > 1:
        raise ModelError("These checkpoints have other vocabularies: they cannot become one.")
