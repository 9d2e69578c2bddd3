"""What is exported of a BERT: the same scores as the library's, and no work that they do not need."""

import math
from collections.abc import Sequence

import torch
from transformers import BertForSequenceClassification, PreTrainedModel
from transformers.models.bert.modeling_bert import BertLayer

UNSEEN = -1e4
"""What is added for a token that is padding, before the softmax."""


class Trimmed(torch.nn.Module):  # type: ignore[misc]
    """A classifier that is a BERT, without the work that nobody reads.

    Two inputs (batch x length), one output: the probability of each label (batch x labels). In the last layer
    only the first token is computed, as no other is read.
    """

    def __init__(self, model: BertForSequenceClassification) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the probabilities."""
        bert = self.model.bert
        states = bert.embeddings(
            input_ids=input_ids,
            token_type_ids=torch.zeros_like(input_ids),
            position_ids=torch.cumsum(torch.ones_like(input_ids), 1) - 1,
        )
        unseen = ((1 - attention_mask) * UNSEEN).to(states.dtype)[:, None, None, :]
        *layers, last = bert.encoder.layer
        for layer in layers:
            states = _layer(layer, states, states, unseen)
        pooled = bert.pooler(_layer(last, states[:, :1], states, unseen))
        return torch.sigmoid(self.model.classifier(pooled))


class Whole(torch.nn.Module):  # type: ignore[misc]
    """A classifier of any family, as the library runs it: inputs and output as of `Trimmed`."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the probabilities."""
        return torch.sigmoid(self.model(input_ids=input_ids, attention_mask=attention_mask).logits)


def _layer(layer: BertLayer, asking: torch.Tensor, asked: torch.Tensor, unseen: torch.Tensor) -> torch.Tensor:
    """Return a layer's states of the tokens that ask (batch x those x size); Devlin et al. 2019, BERT."""
    attention = layer.attention.self
    heads, size = attention.num_attention_heads, attention.attention_head_size
    if asking is asked:
        query, key, value = _at_once((attention.query, attention.key, attention.value), asked, heads)
    else:
        (query,) = _at_once((attention.query,), asking, heads)
        key, value = _at_once((attention.key, attention.value), asked, heads)
    weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(size) + unseen, -1)
    found = (weights @ value).transpose(1, 2).reshape(asking.shape[0], -1, heads * size)
    states = layer.attention.output(found, asking)
    return layer.output(layer.intermediate(states), states)


def _at_once(
    linears: Sequence[torch.nn.Linear], states: torch.Tensor, heads: int
) -> tuple[torch.Tensor, ...]:
    """Return what several linear layers make of the same states, by head (batch x heads x length x size).

    One multiplication takes less time than as many as there are layers.
    """
    weight, bias = (torch.cat([getattr(one, name) for one in linears]) for name in ("weight", "bias"))
    made = torch.nn.functional.linear(states, weight, bias)
    parted = made.view(states.shape[0], -1, len(linears), heads, linears[0].out_features // heads)
    return tuple(parted.permute(2, 0, 3, 1, 4).unbind())
