"""Any text as lines of a terminal: narrow, and without signs that would steer the terminal."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

WIDTH = 80
"""Columns; an ideograph takes two."""


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """Yield the text on lines of at most 80 columns, each after the indent, its spaces single."""
    room, line = WIDTH - cell_len(indent), ""
    for word in visible(text).split():
        if line and cell_len(line) + 1 + cell_len(word) > room:
            yield indent + line
            line = ""
        *full, rest = chop_cells(word, room) or [word]  # what has no width of its own is not cut
        yield from (indent + piece for piece in full)
        line = f"{line} {rest}" if line else rest
    if line:
        yield indent + line


def visible(text: str) -> str:
    """Return the text with a space for every sign that is not drawn."""
    return "".join(character if character.isprintable() else " " for character in text)
