"""Why a message was asked about, waits or was not published: a plain sentence a rule, and its guideline."""

from collections.abc import Iterable

from forum.language import N_, Words
from moderation.verdict import Finding

# What becomes of it stands beside these words: a space may ask, hold or refuse for the same reason.
WHY = {
    "empty": N_("There was nothing in it yet. Write something, then send it."),
    "too-long": N_("It is longer than fits here. Make it shorter, or send it in parts."),
    "unreadable": N_("It has characters that cannot be shown. Take them out, then send it again."),
    "repeats": N_("It says the same as something you sent a moment ago."),
    "flood": N_("It repeats one thing many times, which leaves little room for others."),
    "links": N_("It has several links, and you are new here."),
    "words": N_("It has a word that the community asked to look at first."),
    "toxicity": N_("It may read as unkind or threatening to somebody."),
    "own-details": N_("It seems to give away something personal of yours."),
    "others-details": N_("It seems to give away something personal of somebody else’s."),
    "care": N_(
        "It sounds as though somebody may be in danger. You did nothing wrong, and you are not alone with it."
    ),
    "care-method": N_(
        "It speaks of a way to come to harm. You did nothing wrong, and you are not alone with it."
    ),
    "claim": N_(
        "It may tell others what to do about medicine or withdrawal. What helped you yourself is welcome."
    ),
    "sourcing": N_("It may be about getting or passing on drugs or medicines."),
    "spam": N_("It may advertise something."),
    "language": N_("Some of these words can weigh on the people they describe. There are others."),
    "asked-for": N_("You asked for a person to read it first."),
    "unscored": N_("It could not be checked just now, so a person looks at it first."),
    "stage-failed": N_("It could not be checked just now, so a person looks at it first."),
}
OTHERWISE = N_("A person looks at it first.")

CLAIMS = {
    "stop-medicine": N_("Stopping a medicine"),
    "detox-alone": N_("Withdrawal without help"),
    "dose-taper": N_("Doses, and how fast to lower them"),
    "cure": N_("A cure"),
    "mixing": N_("Taking things together"),
    "shaming-medication": N_("That medication is not recovery"),
    "first-aid": N_("What to do in an overdose"),
    "naloxone-myth": N_("What naloxone does"),
}
"""The classes of health claims, as members and moderators read them."""

GUIDELINE_OF = {
    "repeats": "room-for-all",
    "flood": "room-for-all",
    "links": "no-dealing",
    "words": "kindness",
    "toxicity": "kindness",
    "own-details": "privacy",
    "others-details": "privacy",
    "claim": "experience",
    "sourcing": "no-dealing",
    "spam": "no-dealing",
}


def explain(findings: Iterable[Finding]) -> tuple[Words, ...]:
    """Return a sentence for each rule that spoke, once, and the title of the guideline behind it."""
    said: dict[str, Words] = {}
    for found in findings:
        said[found.rule] = WHY.get(found.rule, OTHERWISE)
        slug = GUIDELINE_OF.get(found.rule)
        if slug is not None:
            said[slug] = guideline_words(slug)
    return tuple(said.values())


def guideline_words(slug: str) -> Words:
    """Return the guideline as a reason."""
    return GUIDELINE_WORDS[slug]


GUIDELINE_WORDS = {
    "kindness": N_("Guideline: Speak to people as people."),
    "safety": N_("Guideline: Nobody is put in danger."),
    "privacy": N_("Guideline: What is said here stays here."),
    "experience": N_("Guideline: Speak from experience, not as a doctor."),
    "no-dealing": N_("Guideline: No buying, selling or advertising."),
    "room-for-all": N_("Guideline: Leave room for others."),
}
