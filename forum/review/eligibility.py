"""Who may decide: pure over what was read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forum.errors import Conflict, Forbidden, ForumError, NotFound
from forum.language import N_, Words
from forum.review.tables import ReviewItem

OWN = N_("This is about yourself. Somebody else has to decide.")
RECUSED = N_("You noted a conflict with this member. Somebody else has to decide.")
ASKED_OTHERS = N_("You asked for a second opinion on this. Somebody else gives it.")
OWN_RULING = N_("This appeal is against your own decision. Somebody else has to look at it.")
DONE = N_("Somebody has decided on this already. Nothing of yours was done.")
CLAIMED = N_("Somebody else is looking at this just now. Ask for it to be handed over, or take it over.")


@dataclass(frozen=True, slots=True)
class Who:
    """A moderator beside what they want to decide: is this still their role, and what stands between?"""

    id: UUID
    can_moderate: bool
    recused: bool = False
    """They have a recorded conflict with the member."""
    made_it: bool = False
    """They made the ruling that is appealed against."""


def objection(who: Who, item: ReviewItem, version: int, now: datetime) -> ForumError | None:
    """Return why this moderator cannot decide on this version of the item; None where they can.

    Whoever is no moderator (any more) is told that there is nothing: NotFound. A report that a moderator made
    themselves is no obstacle: in a small team nobody else might be there, and the reason is on record.
    """
    if not who.can_moderate:
        return NotFound()
    reason = _stands_between(who, item)
    if reason is not None:
        return Forbidden(reason)
    if item.closed_at is not None:
        return Conflict(DONE)
    if is_claimed_by_other(item, who.id, now):
        return Conflict(CLAIMED)
    return Conflict() if item.version != version else None


def against_reversing(who: Who, account_id: UUID | None, *, by_appeal: bool) -> ForumError | None:
    """Return why this moderator cannot take a ruling about the member back; None where they can."""
    if not who.can_moderate:
        return NotFound()
    if account_id == who.id:
        return Forbidden(OWN)
    if who.recused:
        return Forbidden(RECUSED)
    return Forbidden(OWN_RULING) if by_appeal and who.made_it else None


def is_claimed_by_other(item: ReviewItem, moderator_id: UUID, now: datetime) -> bool:
    """Whether somebody else's claim is live; an expired one stands in nobody's way."""
    if item.claimed_by is None or item.claimed_until is None:
        return False
    return item.claimed_by != moderator_id and item.claimed_until > now


def _stands_between(who: Who, item: ReviewItem) -> Words | None:
    if item.account_id == who.id:
        return OWN
    if who.recused:
        return RECUSED
    if item.escalated_by == who.id:
        return ASKED_OTHERS
    return OWN_RULING if who.made_it else None
