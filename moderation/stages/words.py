"""Holds or refuses what the community's own word list names."""

from collections.abc import Mapping
from functools import lru_cache

from moderation.draft import Draft
from moderation.phrases import Phrase, folded, places, tokens, words
from moderation.verdict import Finding, Outcome


def listed_words(draft: Draft) -> Finding | None:
    """Hold, or refuse, a draft that uses a listed word or phrase, whole and in any case."""
    policy = draft.policy
    for listed, outcome in ((policy.refused_words, Outcome.REFUSE), (policy.held_words, Outcome.HOLD)):
        phrase = _first(draft.words, listed)
        if phrase is not None:
            return Finding("words", outcome, f"uses “{phrase}”, which is on the word list")
    return None


def _first(text: str, listed: tuple[str, ...]) -> str | None:
    if not listed:
        return None
    plain = folded(text)
    spoken, signed = _compiled(listed)
    for sequence, phrases in ((words(plain), spoken), (tokens(plain), signed)):
        for start, end in places(sequence, phrases):
            return phrases[sequence[start:end]]
    return None


@lru_cache(maxsize=64)
def _compiled(listed: tuple[str, ...]) -> tuple[Mapping[Phrase, str], Mapping[Phrase, str]]:
    """Return the phrases of words alone, and those with signs in them, each with how it was listed.

    Words are compared with words, so that no asterisk of emphasis comes between them; `a$$` needs its signs.
    """
    spoken: dict[Phrase, str] = {}
    signed: dict[Phrase, str] = {}
    for phrase in listed:
        parts = tokens(folded(phrase))
        if parts:
            (spoken if parts == words(folded(phrase)) else signed)[parts] = phrase
    return spoken, signed
