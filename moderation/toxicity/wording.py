"""What the words alone say: a linear reading of words and runs of letters, mixed into what a model says."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from moderation.toxicity.model import Model, ModelError

WORDING = "wording.npz"
BUCKETS = 1 << 16
"""Places that words and pairs of words, and again runs of letters, share by their hash (Weinberger et al.
2009, Feature Hashing for Large Scale Multitask Learning)."""
RUNS = (2, 3, 4, 5)
"""Letters in a run; runs go across the spaces between words."""
LENGTHS = np.array([RUNS], dtype=np.uint64).T
WORD = re.compile(r"\w+")
FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, of 64 bits, from the golden ratio: Knuth's multiplicative hashing."""
TO_BUCKET = np.uint64(48)
NEAR = 1e-6
"""How near to 0 or 1 a score may come, so that its log-odds stay finite."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wording:
    """A weight for each label at each place, and how much of each label's log-odds is the wording's."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    """Twice BUCKETS x labels: words first, then runs of letters."""
    biases: NDArray[np.float32]
    shares: NDArray[np.float32]
    sha256: str = ""

    def odds(self, text: str) -> NDArray[np.float32]:
        """Return the log-odds of each label, of a text as `windows` gives it."""
        total = self.biases.copy()
        for places in (words(text), letters(text) + BUCKETS):
            if places.size:
                total += self.weights.take(places, 0).sum(0) / np.sqrt(np.float32(places.size))
        return total

    def write(self, file: Path) -> None:
        """Write it in half precision; the same wording gives the same bytes."""
        with file.open("wb") as out:
            np.savez_compressed(
                out,
                labels=np.array(self.labels),
                weights=self.weights.astype(np.float16),
                biases=self.biases,
                shares=self.shares,
            )


def read_wording(file: Path) -> Wording:
    """Return what a file holds; raise ModelError where it is not a wording."""
    try:
        content = file.read_bytes()
        with np.load(BytesIO(content), allow_pickle=False) as held:
            wording = Wording(
                tuple(map(str, held["labels"])),
                held["weights"].astype(np.float32),
                held["biases"].astype(np.float32),
                held["shares"].astype(np.float32),
                hashlib.sha256(content).hexdigest(),
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{file} cannot be read as a wording ({type(error).__name__}).") from error
    wide = len(wording.labels)
    fits = wording.weights.shape == (2 * BUCKETS, wide) and wording.biases.shape == (wide,)
    whole = all(np.isfinite(part).all() for part in (wording.weights, wording.biases))
    if not (fits and whole and wording.shares.shape == (wide,) and _is_share(wording.shares)):
        raise ModelError(f"{file} is no wording that we can use: fit it anew with `waypost model wording`.")
    return wording


class Worded:
    """A model whose scores are mixed with those of a wording, label by label, in log-odds.

    The two err in different places: an encoder hears what is meant, a wording remembers what was said.
    """

    def __init__(self, model: Model, wording: Wording) -> None:
        """Own the model, which `close` closes; labels that the wording does not know stay as they are."""
        family, _, digits = model.name.partition("@")
        self.name = f"{family}@{hashlib.sha256((digits + wording.sha256).encode()).hexdigest()[:8]}"
        self.labels = model.labels
        self._model = model
        self._wording = wording
        both = [label for label in model.labels if label in wording.labels]
        self._ours = [model.labels.index(label) for label in both]
        self._theirs = [wording.labels.index(label) for label in both]
        self._shares = wording.shares[self._theirs]

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a row of scores for each piece, in the order of `labels`."""
        rows = self._model.predict(pieces)
        return [self._mixed(row, piece) for row, piece in zip(rows, pieces, strict=True)]

    def close(self) -> None:
        """Let go of the model's weights."""
        self._model.close()

    def _mixed(self, row: Sequence[float], piece: str) -> list[float]:
        scores = np.array(row, dtype=np.float64)
        said = np.clip(scores[self._ours], NEAR, 1 - NEAR)
        odds = np.log(said / (1 - said))
        odds += self._shares * (self._wording.odds(piece)[self._theirs] - odds)
        scores[self._ours] = 1 / (1 + np.exp(-odds))
        mixed: list[float] = scores.tolist()
        return mixed


def words(text: str) -> Places:
    """Return the places of the words of a text and of each two that follow each other, every one once."""
    said = WORD.findall(text.lower())
    pairs = map(" ".join, pairwise(said))
    places = {crc32(one.encode("utf-8", "replace")) % BUCKETS for one in (*said, *pairs)}
    return np.array(sorted(places), dtype=np.int64)


def letters(text: str) -> Places:
    """Return the places of the runs of letters of a text, spaces and signs among them, every one once."""
    spaced = f" {' '.join(text.lower().split())} "
    codes = np.frombuffer(spaced.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    hashed = np.repeat(LENGTHS, len(codes), axis=1)  # a row for each length, a column for each beginning
    for at in range(RUNS[-1]):
        still = hashed[max(at - RUNS[0] + 1, 0) :, : max(len(codes) - at, 0)]
        still ^= codes[at:]
        still *= FACTOR
        still ^= still >> np.uint64(29)
    places = hashed * FACTOR >> TO_BUCKET
    found = np.zeros(BUCKETS, dtype=np.bool_)
    for length, row in zip(RUNS, places, strict=True):
        found[row[: max(len(codes) - length + 1, 0)]] = True
    return np.flatnonzero(found)


def _is_share(shares: NDArray[np.float32]) -> bool:
    return bool(((shares >= 0) & (shares <= 1)).all())
