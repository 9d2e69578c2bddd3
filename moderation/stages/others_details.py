"""Holds what tells of somebody else: how to find or reach them, or their name with what they went through."""

from moderation.details.judgement import Owner, found_of
from moderation.draft import Draft
from moderation.verdict import Finding, Outcome

SOMEBODY_ELSE = Owner("others-details", "others_details", Outcome.HOLD, "somebody else's", others=True)


def others_details(draft: Draft) -> Finding | None:
    """Hold somebody else's details: only they may give them away, and they are not asked here."""
    return found_of(draft, SOMEBODY_ELSE)
