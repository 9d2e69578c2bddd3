"""What a stage answers about details when its own rules and the model have both been heard."""

from dataclasses import dataclass

from moderation.details.detail import EXACT
from moderation.details.finding import details
from moderation.details.phones import tells_public_line
from moderation.draft import Draft, Kind
from moderation.signs import Strength
from moderation.verdict import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose details a stage looks for: its rule, the model's label, and what moderators are told."""

    rule: str
    label: str
    outcome: Outcome
    detail: str
    others: bool


def found_of(draft: Draft, owner: Owner) -> Finding | None:
    """Return the finding about this owner's details: those that the rules see, or that the model is sure of.

    What is known by its form (an address, a number) counts whatever the model says. A name, a place of work
    or a clinician does not where the model denies that it gives anybody away. Of a venue the model alone says
    nothing: it hears the address, which is meant to stand there. Where a helpline
    is told, it must be certain of the author's own.
    """
    heard = draft.heard(owner.label)
    own = (one for one in details(draft) if one.others == owner.others)
    seen = [one for one in own if heard is not Strength.AGAINST or one.what in EXACT]
    if not seen and not _counts_alone(heard, draft, owner):
        return None
    kinds = dict.fromkeys(str(one.what) for one in seen)
    sign = draft.signs.get(owner.label) if not seen else None
    return Finding(
        owner.rule,
        owner.outcome,
        f"{owner.detail}: {', '.join(kinds) or 'the model heard it'}",
        label=sign.label if sign else None,
        score=sign.score if sign else None,
        model=sign.model if sign else None,
        kind=next(iter(kinds), ""),
        spans=tuple(one.span for one in seen),
    )


def _counts_alone(heard: Strength, draft: Draft, owner: Owner) -> bool:
    """Whether the model hears them strongly enough, where no rule sees any."""
    if heard < Strength.SURE or draft.kind is Kind.VENUE:
        return False
    if (
        owner.others or heard is Strength.CERTAIN
    ):  # whoever gives another away must not get by with a helpline
        return True
    return not tells_public_line(draft.words, draft.policy.numbers)
