"""One table as it is published, and the smallest count that is."""

from dataclasses import dataclass

LEAST = 5
"""The smallest count that is published, besides none at all."""


@dataclass(frozen=True, slots=True)
class Told:
    """One table as it is published: its rows, the greatest first, and all other categories together.

    Without rows it tells nothing: there was nothing to count, or nothing that can be told apart.
    """

    rows: tuple[tuple[str, int], ...]
    others: int = 0

    def count(self, category: str) -> int | None:
        """Return the count of a category, or None where it is not told apart: 0 only where all are told."""
        return dict(self.rows).get(category, None if self.others else 0)
