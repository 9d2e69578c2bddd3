"""Two classifiers on one trunk, trained at once: neither may bend what both read to itself alone."""

from dataclasses import dataclass

import torch
from transformers import BertForSequenceClassification, BertModel

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.model import ModelError


@dataclass(frozen=True, slots=True)
class Answer:
    """Logits (batch x all labels), as a classifier of transformers answers."""

    logits: torch.Tensor


class Branching(torch.nn.Module):  # type: ignore[misc]
    """A first branch for the labels of unkindness, a second for our own; below them one trunk.

    The trunk is the second's: embeddings and so many of its lowest layers. Both know all labels, in order.
    """

    def __init__(
        self, first: BertForSequenceClassification, second: BertForSequenceClassification, shared: int
    ) -> None:
        """Give the first the second's trunk; raise ModelError where that is all there is."""
        super().__init__()
        layers = second.bert.encoder.layer
        if not 0 <= shared < len(layers) == len(first.bert.encoder.layer):
            raise ModelError(f"Two branches of {len(layers)} layers share at most {len(layers) - 1}.")
        first.bert.embeddings = second.bert.embeddings
        for number in range(shared):
            first.bert.encoder.layer[number] = layers[number]
        self.first, self.second, self.shared = first, second, shared

    @property
    def bert(self) -> BertModel:
        """The encoder whose lowest layers are the trunk."""
        return self.second.bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Answer:
        """Return each label's logit, by the branch that it belongs to."""
        states = self.bert.embeddings(input_ids=input_ids)
        unseen = (1 - attention_mask[:, None, None, :].to(states.dtype)) * torch.finfo(states.dtype).min
        for layer in self.bert.encoder.layer[: self.shared]:
            states = _after(layer, states, unseen)
        unkind, own = (self._branch(model, states, unseen) for model in (self.first, self.second))
        return Answer(torch.cat([unkind[:, : len(LABELS)], own[:, len(LABELS) : len(ALL_LABELS)]], 1))

    def _branch(
        self, model: BertForSequenceClassification, states: torch.Tensor, unseen: torch.Tensor
    ) -> torch.Tensor:
        for layer in model.bert.encoder.layer[self.shared :]:
            states = _after(layer, states, unseen)
        return model.classifier(model.dropout(model.bert.pooler(states)))


def _after(layer: torch.nn.Module, states: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
    made = layer(states, unseen)
    return made[0] if isinstance(made, tuple) else made
