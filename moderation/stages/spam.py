"""Holds advertising: shops, referral codes, body brokers, coins, dates, supplements and paid coaching."""

from moderation.draft import Draft
from moderation.meanings.decision import Matter, decided
from moderation.verdict import Finding

SPAM = Matter("spam", "spam", "may be advertising", "promotion")


def spam(draft: Draft) -> Finding | None:
    """Hold what is offered for money or for a reward; a recommendation without either passes.

    Brokering is what the US Eliminating Kickbacks in Recovery Act (18 U.S.C. 220, 2018) forbids.
    """
    return decided(draft, SPAM)
