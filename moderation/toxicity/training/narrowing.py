"""A checkpoint with narrower layers: without the inner units that say least."""

import copy
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from moderation.toxicity.training.corpus import Row
from moderation.toxicity.windows import plain

TEXTS = 3_000
"""Texts by which the units are judged."""
BATCH = 32
LONGEST = 96
INWARD, OUTWARD = "intermediate.dense", "output.dense.weight"


def narrow(start: Path, folder: Path, width: int, rows: Sequence[Row], seed: int = 7) -> str:
    """Write a checkpoint with that many inner units in each layer; return its SHA-256.

    What is left of a layer are the units with the greatest effect on the loss and on the logits, to first
    order, over a sample of the rows (Molchanov et al. 2019, Importance Estimation for Neural Network
    Pruning). To train on afterwards mends most of what it costs. Raise ModelError for a checkpoint of another
    kind, and for a width that is none or not below the one there is.
    """
    model, labels = read_checkpoint(start)
    if not isinstance(model, BertForSequenceClassification):
        raise ModelError(f"{start} holds another kind of model than we train: it must be a BERT.")
    if not 0 < width < model.config.intermediate_size:
        raise ModelError(f"The layers have {model.config.intermediate_size} inner units: ask for fewer.")
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    sample = sorted(chance.sample(rows, min(TEXTS, len(rows))), key=lambda row: len(row.text))
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.enable_truncation(min(LONGEST, model.config.max_position_embeddings))
    torch.manual_seed(seed)
    worth = _worth(model.eval(), tokenizer, sample, labels)
    return write_checkpoint(
        _cut(model, [one.topk(width).indices.sort().values for one in worth]), start, folder, labels
    )


def _worth(
    model: BertForSequenceClassification, tokenizer: Tokenizer, rows: Sequence[Row], labels: Sequence[str]
) -> list[torch.Tensor]:
    """Return what each inner unit is worth, by layer (units)."""
    layers = model.bert.encoder.layer
    worth = [torch.zeros(model.config.intermediate_size) for _ in layers]
    made: dict[int, torch.Tensor] = {}

    def keep(number: int, states: torch.Tensor) -> None:
        states.retain_grad()
        made[number] = states

    hooks = [
        layer.intermediate.register_forward_hook(lambda _, __, states, number=number: keep(number, states))
        for number, layer in enumerate(layers)
    ]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        made.clear()
        attention = _effect(model, tokenizer, batch, labels)
        for number, states in made.items():
            effects = (states.grad * states.detach() * attention[..., None]).sum(1)
            worth[number] += (effects**2).sum(0)
    for hook in hooks:
        hook.remove()
    return worth


def _effect(
    model: BertForSequenceClassification, tokenizer: Tokenizer, rows: Sequence[Row], labels: Sequence[str]
) -> torch.Tensor:
    """Run a batch forward and back, and return its attention (batch x length).

    What goes back is the loss of the known labels, and the logits in a random direction: a unit matters also
    for what the model already says rightly.
    """
    encoded = tokenizer.encode_batch([plain(row.text) for row in rows])
    tokens = [torch.tensor(encoding.ids) for encoding in encoded]
    padded = torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True)
    attention = torch.nn.utils.rnn.pad_sequence([torch.ones_like(one) for one in tokens], batch_first=True)
    said = [[dict(zip(ALL_LABELS, row.labels, strict=True)).get(label) for label in labels] for row in rows]
    wanted = torch.tensor([[label or 0.0 for label in one] for one in said])
    known = torch.tensor([[float(label is not None) for label in one] for one in said])
    logits = model(input_ids=padded, attention_mask=attention).logits
    losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    model.zero_grad()
    ((losses * known).sum() + (logits * torch.randn_like(logits)).sum()).backward()
    return attention


def _cut(model: BertForSequenceClassification, kept: Sequence[torch.Tensor]) -> BertForSequenceClassification:
    """Return the model with the kept inner units of each layer alone."""
    config = copy.deepcopy(model.config)
    config.intermediate_size = len(kept[0])
    cut = BertForSequenceClassification(config)
    state = model.state_dict()
    for number, units in enumerate(kept):
        layer = f"bert.encoder.layer.{number}."
        for name in ("weight", "bias"):
            state[f"{layer}{INWARD}.{name}"] = state[f"{layer}{INWARD}.{name}"][units]
        state[layer + OUTWARD] = state[layer + OUTWARD][:, units]
    cut.load_state_dict(state)
    return cut.eval()
