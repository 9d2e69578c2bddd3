"""What a trained model has to beat: logistic regression over the words and letters of a text (TF-IDF)."""

import asyncio
from collections.abc import Mapping, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import CorpusError, Part, Row, known
from moderation.toxicity.windows import plain

FEATURES = 200_000
"""The most words and pairs of words, and the most runs of letters, that are looked at."""
PENALTY = 4.0
"""C of the regression: how far it may trust rare features."""


class Baseline:
    """A scorer without any knowledge but its rows: one regression for each label that they tell apart."""

    name = "baseline-tfidf"

    def __init__(self, rows: Sequence[Row], seed: int = 7, labels: Sequence[str] = ALL_LABELS) -> None:
        """Fit to the training part of the rows; raise CorpusError if no label has both classes there.

        The same rows and seed give the same scorer.
        """
        training = [row for row in rows if row.part is Part.TRAINING]
        learnable = [label for label in labels if len({value for _, value in known(training, label)}) > 1]
        if not learnable:
            raise CorpusError(
                "The baseline needs rows for training, with a label that is 1 in some and 0 in others."
            )
        self._features = _features()
        try:
            features = self._features.fit_transform([row.text for row in training])
        except ValueError:  # scikit-learn's word for it: no term remains
            raise CorpusError(
                "The baseline needs more rows: there is no word that two of them share."
            ) from None
        self._models: dict[str, LogisticRegression] = {
            label: LogisticRegression(C=PENALTY, solver="liblinear", random_state=seed) for label in learnable
        }
        for label, model in self._models.items():
            known_rows = [
                number
                for number, row in enumerate(training)
                if row.labels[ALL_LABELS.index(label)] is not None
            ]
            model.fit(features[known_rows], [value for _, value in known(training, label)])
        self.labels: tuple[str, ...] = tuple(learnable)

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return one mapping for each text, of the labels that the rows told apart."""
        return await asyncio.to_thread(self._scores, texts) if texts else []

    async def aclose(self) -> None:
        """Do nothing: there is nothing open."""

    def _scores(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
        features = self._features.transform([plain(text) for text in texts])
        columns = [model.predict_proba(features)[:, 1].tolist() for model in self._models.values()]
        return [dict(zip(self._models, scores, strict=True)) for scores in zip(*columns, strict=True)]


def _features() -> FeatureUnion:
    """Return words and pairs of words, beside runs of two to five letters within words."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, max_features=FEATURES)
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, max_features=FEATURES
    )
    return FeatureUnion([("words", words), ("letters", letters)])
