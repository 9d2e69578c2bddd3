"""Covered: hard words are shown to a moderator once they ask for them, with a plain word of what they are.

Of pictures it is known that blurring them until they are asked for spares moderators, at no cost to what they
decide (Das, Dang and Lease 2020, Fast, Accurate, and Healthier: Interactive Blurring Helps Moderators Reduce
Emotional Exposure to Harmful Content); that it holds for words is our own guess.
"""

from enum import StrEnum
from typing import Protocol

from forum.language import N_, Words

HARD = 3
"""The severity, of 0 to 4, from which an item is hard; our own choice."""
DANGER_LANE = 0


class Cover(StrEnum):
    """Whose words a moderator wants covered."""

    HARD = "hard"
    ALL = "all"
    NONE = "none"

    @property
    def words(self) -> Words:
        """What it is called in a list."""
        return NAMES[self]


NAMES = {
    Cover.HARD: N_("Cover what is hard to read"),
    Cover.ALL: N_("Cover everything"),
    Cover.NONE: N_("Cover nothing"),
}


class Weighed(Protocol):
    """Whatever has a lane and a severity, such as an item of the queue."""

    @property
    def lane(self) -> int:
        """0 where somebody may be in danger."""

    @property
    def severity(self) -> int:
        """From 0 to 4."""


def is_hard(item: Weighed) -> bool:
    """Return whether an item can weigh on whoever reads it: danger to somebody, or severity 3 and above."""
    return item.lane == DANGER_LANE or item.severity >= HARD


def is_covered(item: Weighed, cover: str = Cover.HARD) -> bool:
    """Return whether this moderator sees the item's words only when they ask for them."""
    return cover == Cover.ALL or (cover != Cover.NONE and is_hard(item))


WARNINGS = {
    "care": N_("Somebody may be in danger"),
    "care-method": N_("Somebody may be in danger, and it says how"),
    "worried": N_("Somebody is worried about another"),
    "threat": N_("It may threaten somebody"),
    "toxicity": N_("It may insult or attack somebody"),
    "unkind": N_("It may insult or attack somebody"),
    "words": N_("It has a word from the community’s list"),
    "others-details": N_("It has private details of somebody"),
    "private": N_("It has private details of somebody"),
    "claim": N_("It gives advice on health that could harm"),
    "health-claim": N_("It gives advice on health that could harm"),
    "medication-shaming": N_("It may shame somebody for their medication"),
    "sourcing": N_("It is about getting or passing on drugs"),
    "dealing": N_("It is about getting or passing on drugs"),
}
HEAVY = N_("It may be hard to read")
ORDINARY = N_("Nothing hard was found in it")


def warning(item: Weighed, rule: str) -> Words:
    """Return what to expect under the cover, by the rule or the report's reason behind the item."""
    return WARNINGS.get(rule, HEAVY if is_hard(item) else ORDINARY)
