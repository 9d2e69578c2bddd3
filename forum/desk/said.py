"""What things are called at the desk."""

from collections.abc import Mapping

from forum.language import N_, Words
from forum.review import outcomes

KINDS: Mapping[str, Words] = {
    "held": N_("Held message"),
    "edit": N_("Edit that waits"),
    "reported": N_("Reported message"),
    "care": N_("Care"),
    "appeal": N_("Appeal"),
    "handle": N_("Reported handle"),
}
QUESTIONS: Mapping[str, Words] = {
    "held": N_("Held: publish it?"),
    "edit": N_("Edited: publish the new words?"),
    "reported": N_("Reported: does it stay?"),
    "care": N_("Somebody may be in danger. Have you looked?"),
    "appeal": N_("An appeal: was the decision right?"),
    "handle": N_("A reported handle: does it stay?"),
}
SEVERITIES: Mapping[int, Words] = {
    4: N_("Somebody’s safety"),
    3: N_("Harm that stays"),
    2: N_("Harm to who reads it"),
    1: N_("A nuisance, or a question"),
    0: N_("The same again"),
}
STAGES: Mapping[str, Words] = {
    "new": N_("New"),
    "second-opinion": N_("A second opinion is asked for"),
    "handed-over": N_("Handed over"),
}
MEASURES: Mapping[str, Words] = {"": N_("Nothing more"), **outcomes.MEASURES}
HOURS: Mapping[str, Words] = {
    "": N_("Not for a time"),
    "1": N_("One hour"),
    "6": N_("Six hours"),
    "24": N_("One day"),
    "72": N_("Three days"),
    "168": N_("A week"),
    "336": N_("Two weeks"),
    "720": N_("Thirty days"),
}
OLDER: Mapping[str, Words] = {
    "": N_("Any age"),
    "1": N_("For more than an hour"),
    "4": N_("For more than four hours"),
    "24": N_("For more than a day"),
}
WITHDRAWN = N_("The words were withdrawn.")


def named(mapping: Mapping[str, Words], key: str) -> Words:
    """Return what something is called; a name from an older version stands for itself."""
    return mapping.get(key) or N_("%(name)s", name=key)
