"""Offers to mask what the author tells of themselves, so that nobody finds or reaches them who should not."""

from moderation.details.judgement import Owner, found_of
from moderation.draft import Draft
from moderation.verdict import Finding, Outcome

AUTHOR = Owner("own-details", "own_details", Outcome.MASK, "the author's own", others=False)


def own_details(draft: Draft) -> Finding | None:
    """Ask the author about their own details: name, address, numbers, accounts elsewhere, place of work."""
    return found_of(draft, AUTHOR)
