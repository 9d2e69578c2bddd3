"""Holds buying, selling, swapping, asking for and making drugs."""

from moderation.draft import Draft
from moderation.meanings.decision import Matter, decided
from moderation.verdict import Finding

SOURCING = Matter("sourcing", "sourcing", "may be about getting drugs", "buy")


def sourcing(draft: Draft) -> Finding | None:
    """Hold an offer or a request of drugs, or a pointer to one; a craving, a history or a warning passes."""
    return decided(draft, SOURCING)
