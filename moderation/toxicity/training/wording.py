"""Fitting a wording: one regression for each label over words and runs of letters, beside a checkpoint."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import CorpusError, Row, known
from moderation.toxicity.wording import BUCKETS, WORDING, Wording, letters, read_wording, words

PENALTY = 12.0
"""C of the regression: how far it may trust rare features. Chosen among 4 and 12 on the held-out rows."""
LONGEST = 800
"""Characters of a text that are read: two windows, as much as the encoder is trained on."""


def fit(rows: Sequence[Row], shares: Mapping[str, float], seed: int = 7) -> Wording:
    """Return a wording fitted to the rows, for the labels that have a share and that the rows tell apart.

    Raises CorpusError if there is no such label. The same rows, shares and seed give the same wording.
    """
    learnable = [label for label in shares if len({value for _, value in known(rows, label)}) > 1]
    if not learnable:
        raise CorpusError("A wording needs rows with a label that is 1 in some and 0 in others.")
    read = features([row.text[:LONGEST] for row in rows])
    weights = np.zeros((2 * BUCKETS, len(learnable)), dtype=np.float32)
    biases = np.zeros(len(learnable), dtype=np.float32)
    for column, label in enumerate(learnable):
        place = ALL_LABELS.index(label)
        numbers = [number for number, row in enumerate(rows) if row.labels[place] is not None]
        model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=seed)
        model.fit(read[numbers], [value for _, value in known(rows, label)])
        weights[:, column], biases[column] = model.coef_[0], model.intercept_[0]
    return Wording(
        tuple(learnable), weights, biases, np.array([shares[label] for label in learnable], dtype=np.float32)
    )


def write_wording(wording: Wording, checkpoint: Path) -> str:
    """Write a wording into a checkpoint's folder, whole or not at all; return the file's SHA-256."""
    unfinished = checkpoint / f"{WORDING}.part"
    wording.write(unfinished)
    unfinished.replace(checkpoint / WORDING)
    return read_wording(checkpoint / WORDING).sha256


def features(texts: Sequence[str]) -> csr_matrix:
    """Return texts x places: each half of a row is as long as one, as `Wording.odds` reads it."""
    indices: list[np.ndarray] = []
    values: list[np.ndarray] = []
    ends = [0]
    for text in texts:
        for places in (words(text), letters(text) + BUCKETS):
            indices.append(places)
            values.append(np.full(places.size, 1 / np.sqrt(max(places.size, 1)), dtype=np.float32))
        ends.append(ends[-1] + indices[-1].size + indices[-2].size)
    return csr_matrix(
        (np.concatenate(values), np.concatenate(indices), np.array(ends)), shape=(len(texts), 2 * BUCKETS)
    )
