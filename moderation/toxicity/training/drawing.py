"""What an epoch sees: how often each row is drawn, which piece of it, and how it is roughened."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from moderation.toxicity.labels import LABELS
from moderation.toxicity.training.corpus import CONCERNS, IDENTITY_BIAS, OURS, RECOVERY, Row
from moderation.toxicity.windows import WINDOW

SHARES: Mapping[str, float] = MappingProxyType(
    {
        "jigsaw-binary-raw": 1.2,
        "jigsaw-binary-balanced": 0.7,
        "jigsaw-binary-lower": 0.7,
        "jigsaw-six-raw": 1.5,
        "jigsaw-six-cleaned": 1.1,
        "wikipedia-context": 0.15,
        "stormfront": 0.3,
        IDENTITY_BIAS: 0.15,
        RECOVERY: 2.0,
        CONCERNS: 2.0,
    }
)
"""How often a row of a source is drawn in an epoch; 1 for the others. Our own messages are few, and the
nearest to what will be scored; the Wikipedia and forum sentences are many and mostly harmless."""
RARE: Mapping[str, float] = MappingProxyType({"threat": 5.0, "identity_attack": 2.0, "severe_toxicity": 1.5})
"""How much oftener a row is drawn that has a label which few rows have."""
BARE = 0.15
"""Share of texts that lose their punctuation, as all of one source did: its absence is to say nothing."""
TYPOS = 0.08
LONG_PIECE = 2 * WINDOW
NOT_WORDS = re.compile(r"[^\w]+")
WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Draw:
    """A text as it is trained on once, with the labels of its row."""

    text: str
    labels: tuple[float | None, ...]


def draws(rows: Sequence[Row], seed: int, epoch: int, others: float = 1.0) -> list[Draw]:
    """Return what the epoch sees, shuffled; the same for the same rows, seed and epoch.

    `others` is how much of other people's rows there is beside all of ours: 1 as usual, less to adapt.
    """
    chance = random.Random(f"{seed}-{epoch}")  # noqa: S311 - a shuffle, not a secret
    drawn = [row for row in rows for _ in range(_times(row, chance, others))]
    chance.shuffle(drawn)
    return [Draw(_roughened(_piece(row, chance), chance), row.labels) for row in drawn]


def share(row: Row) -> float:
    """Return how often a row is drawn in an epoch, on average."""
    rare = max((RARE[label] for label in RARE if row.labels[LABELS.index(label)]), default=1.0)
    own = SHARES.get(row.source, 1.0)
    return own if row.source in OURS else own * rare


def _times(row: Row, chance: random.Random, others: float) -> int:
    wanted = share(row) * (1.0 if row.source in OURS else others)
    return int(wanted) + (chance.random() < wanted % 1)


def _piece(row: Row, chance: random.Random) -> str:
    """Return the text, or a piece of a long one: any piece of a harmless text is harmless.

    Of a text with any label it is the beginning, as long as we can afford: where the harm is, nobody said.
    Half of the harmless pieces are as long as that, so that length says nothing.
    """
    harmful = any(label is not None and label >= 0.5 for label in row.labels)  # noqa: PLR2004
    longest = LONG_PIECE if harmful or chance.random() < 0.5 else WINDOW  # noqa: PLR2004
    if len(row.text) <= longest:
        return row.text
    start = 0 if harmful else chance.randrange(len(row.text) - longest + 1)
    return row.text[start : start + longest]


def _roughened(text: str, chance: random.Random) -> str:
    if chance.random() < BARE:
        text = NOT_WORDS.sub(" ", text).strip().lower()
    if chance.random() < TYPOS:
        text = WORD.sub(lambda word: _mistyped(word.group(), chance), text, count=3)
    return text


def _mistyped(word: str, chance: random.Random) -> str:
    """Return the word with one slip of a thumb: two letters swapped, one lost, or one doubled."""
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(3):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
