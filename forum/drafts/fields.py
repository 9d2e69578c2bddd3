"""The form of a draft: a field for every outcome, score and sign that the team may set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeVar

from forum.errors import Invalid
from forum.language import N_, Words
from forum.policies.own import WATCHFUL, Own, composed
from forum.spaces.choosing import offered
from moderation.policy import PolicyFile
from moderation.toxicity.thresholds import OTHER, family_of
from moderation.verdict import Outcome

NUMBER = N_("Use a number above 0, and at most 1, such as 0.75.")
WATCHED = N_("This can be lowered, which holds more, but not raised above %(most)s.")
CROSSED = N_("“Perhaps” must not lie above “surely”.")
OUTSIDE = N_("Choose from the list: this lies outside what is allowed here.")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a form is about: the policy that ships, and the model whose scores are set here."""

    shipped: PolicyFile
    model: str

    @classmethod
    def of(cls, scorer: str) -> "Ground":
        """Return it for a scorer by name; a model that the policy does not know is judged as any other."""
        shipped, family = PolicyFile.load(), family_of(scorer)
        return cls(shipped, family if family in shipped.thresholds.by_model else OTHER)

    @property
    def scores(self) -> Mapping[str, Mapping[str, float]]:
        """The shipped scores by audience and label."""
        return self.shipped.thresholds.by_model[self.model]

    @property
    def signs(self) -> Mapping[str, tuple[float, float]]:
        """The shipped (perhaps, surely) by label."""
        bounds = self.shipped.hearing.by_model.get(self.model, {})
        return {label: (one.perhaps, one.sure) for label, one in bounds.items()}


def filled(ground: Ground, own: Own) -> dict[str, str]:
    """Return every field of the form with what counts under these changes."""
    policy = composed(ground.shipped, own, "form")
    fields = {f"usual-{name}": rule.usual.name.lower() for name, rule in policy.rulebook.rules.items()}
    for audience, labels in policy.thresholds.by_model[ground.model].items():
        fields |= {f"score-{audience}-{label}": _said(score) for label, score in labels.items()}
    for label, one in policy.hearing.by_model.get(ground.model, {}).items():
        fields |= {f"perhaps-{label}": _said(one.perhaps), f"sure-{label}": _said(one.sure)}
    return fields


def taken(ground: Ground, form: Mapping[str, str], was: Own) -> Own:
    """Return the changes that a form stands for; Invalid names every field to mend.

    What is as it ships is not kept, so that it follows when that changes; what other models were given stays.
    """
    errors: dict[str, Words] = {}
    usual = dict(_outcomes(ground, form, errors))
    scores = {
        audience: {
            label: score
            for label, ours in labels.items()
            if (score := _score(form, f"score-{audience}-{label}", ours, errors)) != ours
        }
        for audience, labels in ground.scores.items()
    }
    signs = {
        label: sign
        for label, ours in ground.signs.items()
        if (sign := _sign(form, label, ours, errors)) != ours
    }
    if errors:
        raise Invalid(errors)
    told = {audience: labels for audience, labels in scores.items() if labels}
    return replace(
        was,
        usual=usual,
        scores=_with(was.scores, ground.model, told),
        signs=_with(was.signs, ground.model, signs),
    )


def _with(kept: Mapping[str, T], model: str, told: T) -> dict[str, T]:
    return {name: one for name, one in kept.items() if name != model} | ({model: told} if told else {})


def _outcomes(
    ground: Ground, form: Mapping[str, str], errors: dict[str, Words]
) -> Iterator[tuple[str, Outcome]]:
    for name, rule in ground.shipped.rulebook.rules.items():
        chosen = Outcome.__members__.get(form.get(f"usual-{name}", rule.usual.name).upper())
        if chosen not in offered(name, rule):
            errors[f"usual-{name}"] = OUTSIDE
        elif chosen is not rule.usual:
            yield name, chosen


def _score(form: Mapping[str, str], name: str, ours: float, errors: dict[str, Words]) -> float:
    typed = form.get(name)
    if typed is None:
        return ours
    try:
        score = float(typed.strip()[:20].replace(",", "."))
    except ValueError:
        score = 0.0
    if not isfinite(score) or not 0 < score <= 1:
        errors[name] = NUMBER
    elif score > ours and name.rpartition("-")[2] in WATCHFUL:
        errors[name] = N_(WATCHED.msgid, most=_said(ours))
    return score


def _sign(
    form: Mapping[str, str], label: str, ours: tuple[float, float], errors: dict[str, Words]
) -> tuple[float, float]:
    perhaps = _score(form, f"perhaps-{label}", ours[0], errors)
    sure = _score(form, f"sure-{label}", ours[1], errors)
    if perhaps > sure and not errors.keys() & {f"perhaps-{label}", f"sure-{label}"}:
        errors[f"perhaps-{label}"] = CROSSED
    return perhaps, sure


def _said(score: float) -> str:
    return f"{score:g}"


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the fields in which two forms differ, in the order of the first."""
    return [name for name, value in one.items() if other.get(name, value) != value]
