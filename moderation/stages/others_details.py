"""Holds what tells of somebody else: how to find or reach them, or their name with what they went through."""

from moderation.details.finding import details
from moderation.draft import Draft
from moderation.verdict import Finding, Outcome


def others_details(draft: Draft) -> Finding | None:
    """Hold somebody else's details: only they may give them away, and they are not asked here."""
    found = tuple(detail for detail in details(draft) if detail.others)
    if not found:
        return None
    kinds = dict.fromkeys(str(detail.what) for detail in found)
    return Finding(
        "others-details",
        Outcome.HOLD,
        f"somebody else's: {', '.join(kinds)}",
        kind=next(iter(kinds)),
        spans=tuple(detail.span for detail in found),
    )
