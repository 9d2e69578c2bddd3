"""What a handle may look like, and when two of them are the same."""

import re
import unicodedata

from forum.errors import ForumError
from forum.language import N_

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


class HandleNotPossible(ForumError):
    """The handle has the wrong shape or is somebody else's."""

    status = 422
    reason = "handle"
    words = N_("Use 3 to 24 letters and digits; dots, dashes and underscores in between are fine.")


def handle_key(handle: str) -> str:
    """Return the form in which handles are compared: NFKC, case folded, without dots, dashes and underscores."""
    folded = unicodedata.normalize("NFKC", handle).casefold()
    return re.sub(r"[._-]", "", folded)


def check_shape(handle: str) -> str:
    """Return the handle in NFC if it can be one; HandleNotPossible otherwise."""
    tidy = unicodedata.normalize("NFC", handle.strip())
    if not SHORTEST <= len(tidy) <= LONGEST or not SHAPE.fullmatch(tidy) or len(handle_key(tidy)) < SHORTEST:
        raise HandleNotPossible
    if handle_key(tidy) in RESERVED:
        raise HandleNotPossible(N_("This handle is kept for the team. Choose another one."))
    return tidy
