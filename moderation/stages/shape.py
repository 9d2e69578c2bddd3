"""Refuses what cannot be a text here: nothing, too much, or nothing a person can read."""

import unicodedata

from moderation.draft import LONGEST, LONGEST_TITLE, Draft, Kind
from moderation.verdict import Finding, Lane, Outcome

# Letters and symbols that are drawn as nothing: Hangul fillers, and the empty Braille cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})


def misshapen(draft: Draft) -> Finding | None:
    """Refuse a draft that is empty, too long for its kind, or unreadable."""
    if not draft.text.strip():
        return _refusal("empty", "there is no text")
    return _too_long(draft) or _unreadable(draft)


def _too_long(draft: Draft) -> Finding | None:
    limit = LONGEST[draft.kind]
    if len(draft.text) > limit:
        return _refusal("too-long", f"{len(draft.text)} characters, and {limit} are allowed")
    if len(draft.title) > LONGEST_TITLE:
        return _refusal(
            "too-long", f"{len(draft.title)} characters in the title, and {LONGEST_TITLE} are allowed"
        )
    return None


def _unreadable(draft: Draft) -> Finding | None:
    if any("\ud800" <= character <= "\udfff" for character in draft.words):
        return _refusal("unreadable", "half of a character pair (a lone surrogate)")
    if any(part and not any(map(_visible, part)) for part in (draft.text, draft.title)):
        return _refusal("unreadable", "nothing visible")
    if "\n" in draft.title or (draft.kind is Kind.NAME and "\n" in draft.text):
        return _refusal("unreadable", "more than one line in a name or a title")
    return None


def _visible(character: str) -> bool:
    return character not in BLANK and unicodedata.category(character) not in UNSEEN


def _refusal(rule: str, detail: str) -> Finding:
    return Finding(rule, Outcome.REFUSE, detail, Lane.SHAPE)
