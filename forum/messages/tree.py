"""The tree of answers, kept as a path that sorts in reading order."""

DEEPEST = 20
"""Answers below this level stand beside what they answer."""
WIDTH = 7
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def path_under(parent: str, seq: int) -> str:
    """Return the path of the message `seq` that answers the one at `parent` (empty: the place itself).

    Each level is `seq` in base 36, seven digits wide, so that text order is reading order: an answer comes
    right after what it answers and its earlier answers. 36 to the power of 7 messages fit in one place.
    """
    if len(parent) >= DEEPEST * WIDTH:
        parent = parent[: (DEEPEST - 1) * WIDTH]
    return parent + _base36(seq)


def depth_of(path: str) -> int:
    """Return the level of a path: 0 for what stands at the top."""
    return len(path) // WIDTH - 1


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits.rjust(WIDTH, "0")
