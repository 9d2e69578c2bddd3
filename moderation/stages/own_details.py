"""Offers to mask what the author tells of themselves, so that nobody finds or reaches them who should not."""

from moderation.details.finding import details
from moderation.draft import Draft
from moderation.verdict import Finding, Outcome


def own_details(draft: Draft) -> Finding | None:
    """Ask the author about their own details: name, address, numbers, accounts elsewhere, place of work."""
    found = tuple(detail for detail in details(draft) if not detail.others)
    if not found:
        return None
    kinds = dict.fromkeys(str(detail.what) for detail in found)
    return Finding(
        "own-details",
        Outcome.MASK,
        f"the author's own: {', '.join(kinds)}",
        kind=next(iter(kinds)),
        spans=tuple(detail.span for detail in found),
    )
