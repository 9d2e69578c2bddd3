"""What members agree to, in a version; every reason given for a decision names one of these."""

from dataclasses import dataclass

from forum.language import N_, Words

VERSION = "2026-11-22"
"""The version members accept; a new one is asked for again."""


@dataclass(frozen=True, slots=True)
class Guideline:
    """One rule: `slug` is its name in addresses and rulings."""

    slug: str
    title: Words
    text: Words


GUIDELINES = (
    Guideline(
        "kindness",
        N_("Speak to people as people"),
        N_("Be kind, also when you disagree. No insults, no contempt, no shaming of how somebody recovers."),
    ),
    Guideline(
        "safety",
        N_("Nobody is put in danger"),
        N_(
            "No threats, and no urging anybody to hurt themselves. If you are worried about somebody, report the message: a person reads it."
        ),
    ),
    Guideline(
        "privacy",
        N_("What is said here stays here"),
        N_(
            "Do not give away who somebody is, where they live or what they told you. Think before you share your own details."
        ),
    ),
    Guideline(
        "experience",
        N_("Speak from experience, not as a doctor"),
        N_(
            "Say what helped you. Do not tell others to start, stop or change a medicine or to detox without help."
        ),
    ),
    Guideline(
        "no-dealing",
        N_("No buying, selling or advertising"),
        N_("No drugs, no prescriptions, no paid treatment leads, no promotion."),
    ),
    Guideline(
        "room-for-all",
        N_("Leave room for others"),
        N_("Say it once, keep to the subject, and do not fill a thread or a room."),
    ),
)

BY_SLUG = {guideline.slug: guideline for guideline in GUIDELINES}
