"""What a trained classifier is to us, whichever library runs it."""

from collections.abc import Sequence
from typing import Protocol


class ModelError(ValueError):
    """A model that cannot be used as it is; the words say what to do, and quote no text of anybody's."""


class Model(Protocol):
    """A classifier of short texts; it blocks, so it is asked in a thread, by one caller at a time."""

    name: str
    """Family and the first eight hexadecimal digits of its weights' SHA-256: `waypost-1@3f2a9c01`."""
    labels: tuple[str, ...]

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one row of scores from 0 to 1 for each piece of text, in the order of `labels`.

        A piece is what `windows` gives: at most 400 characters, perhaps none. No pieces, no rows.
        """

    def close(self) -> None:
        """Let go of the weights."""
