"""What is counted, in words that anybody understands; whatever is not listed here is never named."""

from collections.abc import Mapping

from forum.admin.rule_words import TOLD
from forum.guidelines import GUIDELINES
from forum.language import N_, Words
from forum.review.outcomes import MEASURES, OUTCOMES

OTHER = "other"
"""What is counted together because it has no words here."""
NONE = "none"

FOUND_BY: Mapping[str, Words] = {
    "machine": N_("The machine noticed it"),
    "person": N_("A person reported it"),
}
KINDS: Mapping[str, Words] = {
    "held": N_("Messages that waited"),
    "edit": N_("Edits that waited"),
    "reported": N_("Reported messages"),
    "care": N_("Somebody may have been in danger"),
    "handle": N_("Reported handles"),
}
DECIDED: Mapping[str, Words] = {
    name: words for name, words in OUTCOMES.items() if not name.startswith(("edit-", "appeal-", "escalated"))
}
REASONS: Mapping[str, Words] = {
    **{guideline.slug: guideline.title for guideline in GUIDELINES},
    NONE: N_("Nothing was held against anybody"),
}
BESIDES: Mapping[str, Words] = {
    **{str(name): words for name, words in MEASURES.items()},
    NONE: N_("Nothing besides"),
}
RULES: Mapping[str, Words] = {
    **{name: told.name for name, told in TOLD.items()},
    "words": N_("A word from the community’s own list"),
    "asked-for": N_("The author asked for a person"),
    "unscored": N_("It could not be checked"),
    "stage-failed": N_("It could not be checked in full"),
    "worried": N_("Reported: worry about somebody"),
    "unkind": N_("Reported: unkind, threatening or shaming"),
    "private": N_("Reported: somebody’s private details"),
    "health-claim": N_("Reported: health advice that could harm"),
    "medication-shaming": N_("Reported: shaming somebody’s way to recover"),
    "dealing": N_("Reported: selling, buying or advertising"),
    OTHER: N_("Something else"),
}
STOOD, RELEASED, NOT_HELD = "stood", "released", "not-held"
HOLDS: Mapping[str, Words] = {
    RELEASED: N_("Held by the machine, published by a person as it was written"),
    STOOD: N_("Held by the machine, and a person saw a reason for it"),
    NOT_HELD: N_("Everything else"),
}
APPEALS: Mapping[str, Words] = {
    "upheld": N_("The author was right"),
    "declined": N_("The decision stayed"),
}


def known(category: str, words: Mapping[str, Words]) -> str:
    """Return the category if there are words for it: nothing else gets onto the page."""
    return category if category in words else OTHER
