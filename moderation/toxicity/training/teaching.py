"""A second opinion on every row: what a baseline says that never saw it, mixed into its label."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.baseline import Baseline
from moderation.toxicity.training.corpus import OURS, Row

FOLDS = 5
TRUST = 0.3
"""How much of a label is the baseline's: crowds err, and a model that is told how sure to be learns less by
heart (Hinton et al. 2015, Distilling the Knowledge in a Neural Network). The share is our own choice."""

ENOUGH = 3_000
"""Rows of ours that teach the baseline to read, however few there are of theirs."""


def opinions(rows: Sequence[Row], seed: int = 7) -> list[float | None]:
    """Return what a baseline says of the toxicity of each row; None where nobody asks it.

    It is asked of other people's rows only: our labels we gave ourselves, and words alone do not tell them.
    It is fitted to the other folds and to some of ours, so that it never saw the row it speaks of.
    """
    place = ALL_LABELS.index("toxicity")
    ours = [row for row in rows if row.source in OURS]
    asked = [
        number for number, row in enumerate(rows) if row.source not in OURS and row.labels[place] is not None
    ]
    said: list[float | None] = [None] * len(rows)
    for fold in range(FOLDS):
        seen = [rows[number] for at, number in enumerate(asked) if at % FOLDS != fold]
        unseen = [number for at, number in enumerate(asked) if at % FOLDS == fold]
        # No more of ours than of theirs: it is theirs that it speaks of.
        some = ours[:: len(ours) // max(len(seen), ENOUGH) + 1]
        found = _opinions([*seen, *some], [rows[number].text for number in unseen], seed)
        for number, opinion in zip(unseen, found, strict=True):
            said[number] = opinion
    return said


def taught(rows: Sequence[Row], said: Sequence[float | None]) -> list[Row]:
    """Return the rows in their order, the toxicity of each mixed with the opinion of it, if there is one."""
    return [row if opinion is None else _mixed(row, opinion) for row, opinion in zip(rows, said, strict=True)]


def _opinions(rows: Sequence[Row], texts: Sequence[str], seed: int) -> list[float]:
    if not texts:
        return []
    baseline = Baseline(rows, seed, labels=("toxicity",))
    return [scores["toxicity"] for scores in asyncio.run(baseline.score(texts))]


def _mixed(row: Row, opinion: float) -> Row:
    place = ALL_LABELS.index("toxicity")
    given = row.labels[place]
    soft = None if given is None else (1 - TRUST) * given + TRUST * opinion
    return replace(row, labels=(*row.labels[:place], soft, *row.labels[place + 1 :]))
