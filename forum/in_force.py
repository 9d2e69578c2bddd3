"""What the team has put in force beside what ships, as this process knows it."""

from dataclasses import dataclass, field

from forum.guidelines import GUIDELINES, VERSION
from forum.language import Words
from moderation.draft import Policy
from moderation.markup import CleanHtml


@dataclass(frozen=True, slots=True)
class Guidance:
    """A guideline as members read it: `own_title` and `html` are the team's own words, where it has some."""

    slug: str
    title: Words
    text: Words
    own_title: str = ""
    html: CleanHtml | None = None


SHIPPED = tuple(Guidance(one.slug, one.title, one.text) for one in GUIDELINES)


@dataclass(slots=True)
class InForce:
    """What counts now. `forum.policies.keeping` fills it in; until then, what ships counts.

    `policy` is the number of the team's policy version, 0 for the one that ships; `words` is its word list.
    `accept` is the version of the guidelines that whoever writes has accepted.
    """

    policy: int = 0
    words: Policy = field(default_factory=Policy)
    guidelines: tuple[Guidance, ...] = SHIPPED
    accept: str = VERSION


def both(operator: Policy, team: Policy) -> Policy:
    """Return the operator's word list and the team's as one; a phrase in both ways is refused."""
    if team == Policy():
        return operator
    refused = dict.fromkeys((*operator.refused_words, *team.refused_words))
    held = dict.fromkeys(one for one in (*operator.held_words, *team.held_words) if one not in refused)
    return Policy(tuple(held), tuple(refused), operator.numbers | team.numbers)
