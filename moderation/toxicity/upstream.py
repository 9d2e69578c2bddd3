"""The class `Detoxify` of the library of that name, loaded so that nothing in it is guessed or left out."""

from collections.abc import Sequence

from detoxify import Detoxify
from transformers import PreTrainedConfig

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.weights import Weights, quiet

LONGEST = 512
"""Tokens that the published checkpoints were trained on at most."""


class Upstream:
    """Predicts with upstream's own `predict`, in single precision, on as many threads as torch takes."""

    def __init__(self, weights: Weights, name: str) -> None:
        """Load the weights into upstream's class; raise ModelError if anything is missing or does not fit."""
        config = weights.config()
        try:
            with quiet():
                self._detoxify = Detoxify(checkpoint=weights.checkpoint())
        except Exception as error:  # the tokenizer's file has errors of its own
            raise ModelError(f"Detoxify cannot be loaded with the tokenizer of {weights.base}.") from error
        self._fit_tokenizer(config, weights.base)
        self.name = name
        self.labels = tuple(label for label in ALL_LABELS if label in weights.labels)

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a row of scores for each piece, in the order of `labels`; other labels are left out."""
        if not pieces:
            return []
        # A tokenizer of Rust takes no lone surrogate.
        texts = [piece.encode("utf-8", "replace").decode() for piece in pieces]
        answer = self._detoxify.predict(texts)
        columns = [answer[label] for label in self.labels]
        if len(texts) == 1:  # upstream unpacks the lists of a single text
            return [columns]
        return [list(row) for row in zip(*columns, strict=True)]

    def close(self) -> None:
        """Let go of the weights."""
        del self._detoxify

    def _fit_tokenizer(self, config: PreTrainedConfig, where: str) -> None:
        """Cut texts where the encoder has no more positions; refuse a tokenizer made for other weights."""
        tokenizer = self._detoxify.tokenizer
        if len(tokenizer) != config.vocab_size:
            raise ModelError(
                f"The tokenizer of {where} knows {len(tokenizer)} pieces, the weights {config.vocab_size}."
            )
        # Roberta counts its positions from the one after the padding's number.
        unused = config.pad_token_id + 1 if "roberta" in config.model_type else 0
        longest = min(LONGEST, config.max_position_embeddings - unused)
        tokenizer.model_max_length = min(tokenizer.model_max_length, longest)
