"""Sets of words, written as one text."""


def vocabulary(text: str, between: str | None = None) -> frozenset[str]:
    """Return the words that stand in a text, between blanks or another sign."""
    return frozenset(text.split(between))
