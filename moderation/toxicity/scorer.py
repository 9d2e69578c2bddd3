"""The Scorer protocol, and opening one by its URL."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from moderation.toxicity.batching import BatchingScorer
from moderation.toxicity.labels import LABELS
from moderation.toxicity.lexicon import open_lexicon

__all__ = ["LABELS", "Scorer", "open_scorer"]


class Scorer(Protocol):
    """Scores texts from 0 to 1 for each of its labels; it may be slow, and it may fail."""

    name: str
    labels: tuple[str, ...]

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return one mapping for each text, in order, with every label of `labels`."""

    async def aclose(self) -> None:
        """Let go of whatever the scorer holds open."""


# Only what is asked for is imported: the upstream library brings half a gigabyte with it.


def _open_onnx(url: str) -> Scorer:
    from moderation.toxicity.on_onnxruntime import open_onnx  # noqa: PLC0415

    return BatchingScorer(open_onnx(url))


def _open_detoxify(url: str) -> Scorer:
    from moderation.toxicity.on_detoxify import open_detoxify  # noqa: PLC0415

    return BatchingScorer(open_detoxify(url))


OPENERS: Mapping[str, Callable[[str], Scorer]] = MappingProxyType(
    {"onnx": _open_onnx, "detoxify": _open_detoxify, "lexicon": open_lexicon}
)


def open_scorer(url: str) -> Scorer:
    """Return the scorer that the URL's scheme names; raise ValueError for one that cannot be opened."""
    scheme, separator, _ = url.partition(":")
    if not separator or scheme not in OPENERS:
        known = ", ".join(f"{name}:" for name in OPENERS)
        raise ValueError(f"There is no scorer for the scheme {scheme[:20]!r}; it can be: {known}")
    return OPENERS[scheme](url)
