"""Fits the head's rows for the labels of our own anew, on the encoder as it is."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from moderation.toxicity.labels import LABELS, OWN_LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.checkpoint import read_checkpoint, write_checkpoint
from moderation.toxicity.training.corpus import Row
from moderation.toxicity.windows import WINDOW

AT_ONCE = 64
LONGEST = 192
SMALL = 1e-4
"""The weight of the squares of the weights; small, as there are far more rows than features."""
ROUNDS = 60


def fit_heads(checkpoint: Path, folder: Path, rows: Sequence[Row]) -> str:
    """Write the checkpoint with the rows of its head for our own labels fitted anew; return its SHA-256.

    A blend moves the encoder away from under the heads that only some of its checkpoints had learnt. This is
    a logistic regression for each label on what the encoder makes of a text. Raises ModelError for a
    checkpoint without our labels.
    """
    model, labels = read_checkpoint(checkpoint)
    own = [labels.index(label) for label in OWN_LABELS if label in labels]
    if not isinstance(model, BertForSequenceClassification) or not own:
        raise ModelError(f"{checkpoint} has none of the labels of our own.")
    model.eval()
    features = _features(model, Tokenizer.from_file(str(checkpoint / "tokenizer.json")), rows)
    known = [(*LABELS, *OWN_LABELS).index(labels[place]) for place in own]
    told = torch.tensor(
        [[-1.0 if row.labels[at] is None else row.labels[at] for at in known] for row in rows]
    )
    weight, bias = _fitted(features, told, model.classifier.weight[own], model.classifier.bias[own])
    with torch.no_grad():
        model.classifier.weight[own] = weight
        model.classifier.bias[own] = bias
    return write_checkpoint(model, checkpoint, folder, labels)


def _told(label: float | None) -> float:
    return -1.0 if label is None else label


def _features(
    model: BertForSequenceClassification, tokenizer: Tokenizer, rows: Sequence[Row]
) -> torch.Tensor:
    """Return what the encoder makes of each row's beginning (rows x hidden size)."""
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    found = []
    with torch.inference_mode():
        for start in range(0, len(rows), AT_ONCE):
            encoded = tokenizer.encode_batch([row.text[:WINDOW] for row in rows[start : start + AT_ONCE]])
            tokens = torch.tensor([one.ids for one in encoded])
            attention = torch.tensor([one.attention_mask for one in encoded])
            found.append(model.bert(input_ids=tokens, attention_mask=attention).pooler_output)
    return torch.cat(found).clone()


def _fitted(
    features: torch.Tensor, told: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weights and biases at the least loss; what is not known (below 0) counts for nothing."""
    known, truth = (told >= 0).float(), told.clamp(min=0)
    weight, bias = (one.detach().clone().requires_grad_() for one in (weight, bias))
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        losses = torch.nn.functional.binary_cross_entropy_with_logits(
            features @ weight.T + bias, truth, reduction="none"
        )
        mean = (losses * known).sum(0) / known.sum(0).clamp(min=1)
        whole: torch.Tensor = mean.sum() + SMALL * weight.square().sum()
        whole.backward()
        return whole

    optimizer.step(loss)
    return weight.detach(), bias.detach()
