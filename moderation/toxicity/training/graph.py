"""What is exported of a BERT: the same scores as the library's, and no work that they do not need.

Every text is run by itself, so there is no padding, and no mask that would tell of it.
"""

from collections.abc import Sequence

import torch
from transformers import BertForSequenceClassification, PreTrainedModel
from transformers.models.bert.modeling_bert import BertLayer

ATTENTION = "com.microsoft::MultiHeadAttention"
"""onnxruntime's operator for all heads at once; as a graph of its own, attention took a tenth longer."""


class Trimmed(torch.nn.Module):  # type: ignore[misc]
    """A classifier that is a BERT, without the work that nobody reads.

    One input, tokens without padding (batch x length); one output, the probability of each label (batch x
    labels). In the last layer only the first token is computed, as no other is read.
    """

    def __init__(self, model: BertForSequenceClassification) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return the probabilities."""
        bert = self.model.bert
        states = bert.embeddings(
            input_ids=input_ids,
            token_type_ids=torch.zeros_like(input_ids),
            position_ids=torch.cumsum(torch.ones_like(input_ids), 1) - 1,
        )
        *layers, last = bert.encoder.layer
        for layer in layers:
            states = _layer(layer, states, states)
        pooled = bert.pooler(_layer(last, states[:, :1], states))
        return torch.sigmoid(self.model.classifier(pooled))


class Whole(torch.nn.Module):  # type: ignore[misc]
    """A classifier of any family, as the library runs it: inputs and output as of `Trimmed`."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return the probabilities."""
        return torch.sigmoid(
            self.model(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).logits
        )


class _Attention(torch.autograd.Function):  # type: ignore[misc]
    """Attention of all heads (Vaswani et al. 2017): queries, keys, values (batch x length x size), heads."""

    @staticmethod
    def forward(
        _: object, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, heads: int
    ) -> torch.Tensor:
        """Return what each token is told by the others (batch x length of the queries x size)."""
        apart = (one.unflatten(-1, (heads, -1)).transpose(1, 2) for one in (query, key, value))
        return torch.nn.functional.scaled_dot_product_attention(*apart).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(
        graph: torch.Graph, query: torch.Value, key: torch.Value, value: torch.Value, heads: int
    ) -> torch.Value:
        """Return the same as a node of the graph."""
        return graph.op(ATTENTION, query, key, value, num_heads_i=heads).setType(query.type())


def _layer(layer: BertLayer, asking: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
    """Return a layer's states of the tokens that ask (batch x those x size); Devlin et al. 2019, BERT."""
    attention = layer.attention.self
    if asking is asked:
        query, key, value = _at_once((attention.query, attention.key, attention.value), asked)
    else:
        (query,) = _at_once((attention.query,), asking)
        key, value = _at_once((attention.key, attention.value), asked)
    found = _Attention.apply(query, key, value, attention.num_attention_heads)
    states = layer.attention.output(found, asking)
    return layer.output(layer.intermediate(states), states)


def _at_once(linears: Sequence[torch.nn.Linear], states: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return what several linear layers make of the same states (batch x length x size).

    One multiplication takes less time than as many as there are layers.
    """
    weight, bias = (torch.cat([getattr(one, name) for one in linears]) for name in ("weight", "bias"))
    made: tuple[torch.Tensor, ...] = torch.nn.functional.linear(states, weight, bias).chunk(len(linears), -1)
    return made
