"""Scorers by URL."""

import pytest

from moderation.toxicity.lexicon import Lexicon
from moderation.toxicity.scorer import LABELS, open_scorer


async def test_the_lexicon_opens_by_its_url_and_closes() -> None:
    scorer = open_scorer("lexicon://")

    await scorer.aclose()

    assert isinstance(scorer, Lexicon)
    assert scorer.labels == LABELS


@pytest.mark.parametrize("url", ["oracle://", "lexicon", "", "://"])
def test_an_unknown_scheme_is_named_with_those_we_know(url: str) -> None:
    with pytest.raises(ValueError, match="it can be: lexicon://"):
        open_scorer(url)


def test_a_lexicon_elsewhere_is_not_silently_ignored() -> None:
    with pytest.raises(ValueError, match="nothing after it"):
        open_scorer("lexicon:///srv/mine.txt")
