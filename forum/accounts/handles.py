"""What a handle may look like, and when two of them are the same."""

import re
import unicodedata

from forum.errors import ForumError
from forum.language import N_
from moderation.lookalikes import skeleton

SHORTEST, LONGEST = 3, 24
SHAPE = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
RESERVED = frozenset(
    {
        "admin",
        "administrator",
        "moderator",
        "mod",
        "team",
        "support",
        "help",
        "system",
        "waypost",
        "staff",
        "official",
    }
)
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Hangul that are drawn as nothing."""
TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Alphabets that are written together ("Highly Restrictive", Unicode Technical Standard 39, 5.2)."""


class HandleNotPossible(ForumError):
    """The handle has the wrong shape or is somebody else's."""

    status = 422
    reason = "handle"
    words = N_("Use 3 to 24 letters and digits; dots, dashes and underscores in between are fine.")


def handle_key(handle: str) -> str:
    """Return the form in which handles are compared: NFKC, case folded, without dots, dashes, underscores."""
    folded = unicodedata.normalize("NFKC", handle).strip().casefold()
    return re.sub(r"[._-]", "", folded)


def handle_look(handle: str) -> str:
    """Return what all handles have in common that look like this one (UTS 39, 4), signs in between apart."""
    return re.sub(r"[._-]", "", skeleton(unicodedata.normalize("NFKC", handle).strip()).casefold())


def check_shape(handle: str) -> str:
    """Return the handle in NFC if it can be one; HandleNotPossible otherwise."""
    tidy = unicodedata.normalize("NFC", handle.strip())
    if not SHORTEST <= len(tidy) <= LONGEST or not SHAPE.fullmatch(tidy) or len(handle_key(tidy)) < SHORTEST:
        raise HandleNotPossible
    if FILLERS.intersection(tidy):
        raise HandleNotPossible
    if handle_key(tidy) in RESERVED:
        raise HandleNotPossible(N_("This handle is kept for the team. Choose another one."))
    if _mixes_alphabets(tidy):
        raise HandleNotPossible(N_("Use the letters of one alphabet only: some look alike in several."))
    return tidy


def _mixes_alphabets(handle: str) -> bool:
    # A letter's Unicode name begins with its alphabet; modifier letters (Lm) belong to several.
    letters = [letter for letter in unicodedata.normalize("NFKC", handle) if letter.isalpha()]
    names = (unicodedata.name(one, "UNNAMED") for one in letters if unicodedata.category(one) != "Lm")
    found = {name.partition(" ")[0] for name in names}
    return len(found) > 1 and not any(found <= together for together in TOGETHER)
