"""Holds what wishes another member dead: the words of danger, used as a weapon."""

from moderation.danger.death_wish import death_wish
from moderation.danger.speech import heard
from moderation.draft import Draft
from moderation.rulebook import THREAT
from moderation.verdict import Finding, Outcome


def wished_dead(draft: Draft) -> Finding | None:
    """Hold a draft that wishes whoever it speaks to death, as the threat that it is."""
    span = death_wish(heard(draft.words))
    if span is None:
        return None
    return Finding(THREAT, Outcome.HOLD, "death wished upon somebody", spans=(span,))
