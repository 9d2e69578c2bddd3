"""A scorer without a model: weighted phrases from a file of ours, heard whole and in their context."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import prod

from moderation.phrases import Phrase, folded, places, words
from moderation.toxicity.labels import LABELS
from moderation.toxicity.readings import meant, readings

SPARE, RETOLD = "spare", "retold"
"""Two kinds of line that excuse: what is no attack at all, and what makes an insult a story about one."""
SWEARING = "obscene"
RETELLABLE = frozenset({"insult", "identity_attack"})
RETOLD_WITHIN = 6
"""Words before an insult in which “told me” or “she said” counts."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the lexicon: a phrase, what it is a sign of, and how sure a sign (0 to 1)."""

    label: str
    weight: float
    phrase: str


class Lexicon:
    """Scores a label as 1 - product(1 - weight) over the phrases found; toxicity is the highest of all.

    It knows insults, threats and contempt that are directed at others; swearing stays low.
    """

    name = "lexicon"
    labels: tuple[str, ...] = LABELS

    def __init__(self, lines: Iterable[str]) -> None:
        """Read the lines of a lexicon file; raise ValueError naming the first that makes no sense."""
        signs = tuple(_signs(lines))
        self._directed = {meant(_spelt(s)): s for s in signs if s.label not in (SPARE, RETOLD, SWEARING)}
        self._swearing = {_spelt(s): s for s in signs if s.label == SWEARING}
        self._spared = frozenset(meant(_spelt(s)) for s in signs if s.label == SPARE)
        self._retold = frozenset(meant(_spelt(s)) for s in signs if s.label == RETOLD)

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return one mapping of all six labels for each text."""
        return await asyncio.to_thread(lambda: [self._scores(text) for text in texts])

    async def aclose(self) -> None:
        """Do nothing: there is nothing open."""

    def _scores(self, text: str) -> Mapping[str, float]:
        heard = readings(text)
        found = {sign for sequence in map(meant, heard) for sign in self._attacks(sequence)}
        found |= {self._swearing[said[a:b]] for said in heard for a, b in places(said, self._swearing)}
        scores = {
            label: 1 - prod(1 - sign.weight for sign in found if sign.label == label) for label in LABELS
        }
        return scores | {"toxicity": max(scores.values())}

    def _attacks(self, sequence: Phrase) -> Iterator[Sign]:
        excused = {place for start, end in places(sequence, self._spared) for place in range(start, end)}
        for start, end in places(sequence, self._directed):
            sign = self._directed[sequence[start:end]]
            before = sequence[max(0, start - RETOLD_WITHIN) : start]
            retold = sign.label in RETELLABLE and any(places(before, self._retold))
            if not retold and not excused.issuperset(range(start, end)):
                yield sign


def open_lexicon(url: str) -> Lexicon:
    """Return the lexicon that ships with us; raise ValueError if the URL asks for another."""
    if url not in ("lexicon:", "lexicon://"):
        raise ValueError("The lexicon is part of Waypost: write lexicon: and nothing after it.")
    return Lexicon(files("moderation.toxicity").joinpath("lexicon.txt").read_text("utf-8").splitlines())


def _signs(lines: Iterable[str]) -> Iterator[Sign]:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _sign(line)
            except ValueError as error:
                raise ValueError(f"Lexicon, line {number}: {error}") from error


def _sign(line: str) -> Sign:
    label, _, rest = line.strip().partition(" ")
    if label in (SPARE, RETOLD):
        weight, phrase = "1", rest
    else:
        weight, _, phrase = rest.strip().partition(" ")
    if label not in (SPARE, RETOLD, *LABELS):
        raise ValueError("there is no such label")
    if not 0 < float(weight) <= 1:
        raise ValueError("a weight is more than 0, and at most 1")
    sign = Sign(label, float(weight), phrase.strip())
    if not (_spelt(sign) if label == SWEARING else meant(_spelt(sign))):
        raise ValueError("there is no phrase")
    return sign


def _spelt(sign: Sign) -> Phrase:
    return words(folded(sign.phrase))
