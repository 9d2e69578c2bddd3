"""The rules and their outcomes, as managers read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.language import N_, Words
from moderation.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule looks for, and why it can be chosen no further."""

    name: Words
    about: Words
    limits: Words


CHOICES: Mapping[Outcome, Words] = {
    Outcome.PUBLISH: N_("Publish it"),
    Outcome.NUDGE: N_("Ask the author once more"),
    Outcome.MASK: N_("Ask the author to leave it out"),
    Outcome.HOLD: N_("A moderator reads it first"),
    Outcome.REFUSE: N_("Do not publish it"),
}
"""The outcomes, the gentlest first, as short as a list on a phone."""

MEANINGS: Mapping[Outcome, Words] = {
    Outcome.PUBLISH: N_("Others see it at once."),
    Outcome.NUDGE: N_("The author is shown why, may change it, and may send it as it is."),
    Outcome.MASK: N_("The author chooses: others see it without the details, or a moderator reads it first."),
    Outcome.HOLD: N_("Others see it once a moderator has read it. The author is told why."),
    Outcome.REFUSE: N_("Nobody else sees it. The author is told why, and keeps their words."),
}

TOLD: Mapping[str, Told] = {
    "own-details": Told(
        N_("Personal details of the author"),
        N_("An e-mail address, a telephone number, a street, and what else could lead a stranger to them."),
        N_("What is once read cannot be taken back, so the author is asked at the least."),
    ),
    "others-details": Told(
        N_("Personal details of somebody else"),
        N_("Somebody’s number or address, or their name with what they went through."),
        N_("They are not here to agree, so a moderator reads it first at the least."),
    ),
    "care": Told(
        N_("Somebody may be in danger"),
        N_(
            "Whatever you choose, moderators are told at once, and the author is shown people they can reach."
        ),
        N_("Reaching out is never a fault, so it is never refused."),
    ),
    "care-method": Told(
        N_("Somebody may be in danger, and it says how"),
        N_("As above, with words that could show others a way to come to harm."),
        N_("It can harm whoever reads it, and is never a fault: a moderator always reads it first."),
    ),
    "claim": Told(
        N_("Health advice that can harm"),
        N_("Stopping a medicine, withdrawal alone, doses, cures, and the like; not what helped the author."),
        N_("It can hurt whoever follows it, so the author is asked at the least."),
    ),
    "sourcing": Told(
        N_("Getting or passing on drugs or medicines"),
        N_("Offers, questions where to get them, and prices."),
        N_("It can cost a life here, so a moderator reads it first at the least."),
    ),
    "spam": Told(
        N_("Advertising"),
        N_("Offers, clinics that look for patients, surveys, and links to shops."),
        N_("Every space can decide this for itself."),
    ),
    "language": Told(
        N_("Words that weigh on people"),
        N_("Words about others that carry stigma. Kinder ones are suggested."),
        N_("It is a suggestion and no more: nobody is kept from speaking."),
    ),
    "threat": Told(
        N_("Threats"),
        N_("It may read as a threat to somebody."),
        N_("Nobody should be threatened here, so a moderator reads it first at the least."),
    ),
    "toxicity": Told(
        N_("Insults and contempt"),
        N_("It may read as an attack on somebody, or on a group."),
        N_("It hurts whoever it is about, so the author is asked at the least."),
    ),
    "links": Told(
        N_("Many links from a new member"),
        N_("More than two links, from somebody with fewer than ten messages."),
        N_("Every space can decide this for itself."),
    ),
    "repeats": Told(
        N_("The same message again"),
        N_("It says what the author said a moment ago."),
        N_("Every space can decide this for itself."),
    ),
    "flood": Told(
        N_("One thing over and over"),
        N_("It repeats one thing many times within a message."),
        N_("Every space can decide this for itself."),
    ),
}
"""The rules of the rulebook."""
