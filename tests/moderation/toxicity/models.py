"""Small real models: one that reads, one that waits until it is let go, one that fails."""

import threading
from collections.abc import Sequence
from pathlib import Path

from moderation.toxicity.labels import LABELS

RUDE = "worthless"
TINY = Path(__file__).parent / "tiny_model"
"""What `export` makes of the checkpoint of `tiny.py`: 57 word pieces, weights drawn by chance."""


class Reads:
    """Scores a piece 1.0 for every label if the rude word is in it, else 0.0; keeps what it was asked."""

    name = "reads-1@00000000"
    labels: tuple[str, ...] = LABELS
    closed = False

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append(list(pieces))
        return [[float(RUDE in piece)] * len(self.labels) for piece in pieces]

    def close(self) -> None:
        self.closed = True


class Waits(Reads):
    """Waits in its thread until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.go = threading.Event()

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        self.reached.set()
        if not self.go.wait(10):
            raise TimeoutError
        return super().predict(pieces)


class Breaks(Reads):
    """Fails, or answers for another number of pieces."""

    def __init__(self, answer: Sequence[Sequence[float]] | None = None) -> None:
        super().__init__()
        self.answer = answer

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        if self.answer is None:
            raise RuntimeError("broken")
        return self.answer
