"""What a moderator can choose, what becomes of it, and what both are called."""

from collections.abc import Mapping
from enum import StrEnum

from forum.language import N_, Words


class Action(StrEnum):
    """What a moderator chooses."""

    RELEASE = "release"
    RELEASE_MASKED = "release-masked"
    REFUSE = "refuse"
    ASK_CHANGE = "ask-change"
    KEEP = "keep"
    TAKE_DOWN = "take-down"
    SEEN = "seen"
    ESCALATE = "escalate"
    UPHOLD = "uphold"
    DECLINE = "decline"
    RENAME = "rename"


class Measure(StrEnum):
    """What else is done, for a while, so that others are safe."""

    NONE = ""
    WARN = "warn"
    PAUSE = "pause"
    SUSPEND = "suspend"
    REMOVAL = "removal"


OUTCOMES: Mapping[str, Words] = {
    "released": N_("Published"),
    "released-masked": N_("Published without the personal details"),
    "refused": N_("Not published"),
    "asked-to-change": N_("Its author was asked to change it"),
    "edit-released": N_("The edit was published"),
    "edit-refused": N_("The earlier words stayed"),
    "kept": N_("Left up"),
    "seen": N_("Somebody looked"),
    "taken-down": N_("Taken down"),
    "escalated": N_("Somebody else is asked, too"),
    "renamed": N_("The handle was changed"),
    "appeal-upheld": N_("The appeal was right"),
    "appeal-declined": N_("The decision stays"),
}
"""What became of it, as moderators read it."""

MEASURES: Mapping[str, Words] = {
    Measure.WARN: N_("A word of warning"),
    Measure.PAUSE: N_("A pause from writing"),
    Measure.SUSPEND: N_("No writing until it is lifted"),
    Measure.REMOVAL: N_("Away from this room"),
}

OPEN_STILL = frozenset({"escalated"})
"""What decides nothing yet: the item stays open."""
OF_APPEALS = frozenset({"appeal-upheld", "appeal-declined"})
LET_READ = frozenset({"released", "released-masked", "edit-released", "kept", "seen"})
"""Outcomes after which others can read it; when one is reversed, it waits again."""
LEFT_UP = frozenset({"kept", "seen"})
"""Outcomes that change nothing about the words."""
