"""What the page of the policy shows: its fields, what the draft would change, and who was faster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from forum.admin.rule_words import CHOICES, TOLD
from forum.drafts.fields import Ground, differing, filled
from forum.drafts.previewing import Preview
from forum.language import N_, Words
from forum.policies.own import WATCHFUL, Own
from forum.policies.tables import PolicyDraft, PolicyVersion
from forum.services import services_of
from forum.spaces.choosing import offered
from forum.spaces.tables import AUDIENCES, Audience
from forum.web import say

LABELS: Mapping[str, Words] = {
    "toxicity": N_("Hurtful words"),
    "severe_toxicity": N_("Very hurtful words"),
    "threat": N_("A threat"),
    "insult": N_("An insult"),
    "identity_attack": N_("An attack on a group"),
    "obscene": N_("Swearing"),
    "sexual_explicit": N_("Sexual words"),
    "care": N_("Somebody may be in danger"),
    "claim": N_("Health advice that can harm"),
    "sourcing": N_("Buying or selling drugs"),
    "spam": N_("Advertising"),
    "own_details": N_("The author’s own details"),
    "others_details": N_("Somebody else’s details"),
    "stigma": N_("Words that carry stigma"),
}
FATES: Mapping[str, Words] = {
    "published": N_("published at once"),
    "asked": N_("author asked first"),
    "held": N_("waits for a moderator"),
    "refused": N_("not published"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the page is about: the version in force, this administrator's draft, and earlier versions."""

    ground: Ground
    now: PolicyVersion | None
    draft: PolicyDraft | None
    versions: Sequence[PolicyVersion]

    @property
    def number(self) -> int:
        """The number of the version in force; 0 for what ships."""
        return self.now.number if self.now else 0

    @property
    def row(self) -> PolicyVersion | PolicyDraft | None:
        """What the form is filled with: the draft, or else what is in force."""
        return self.draft or self.now

    @property
    def own(self) -> Own:
        """The changes that the form is filled with."""
        return Own.from_json(self.row.own) if self.row else Own()

    @property
    def words(self) -> str:
        """The word list that the form is filled with."""
        return self.row.words if self.row else ""

    @property
    def overtaken(self) -> bool:
        """Whether another version was put in force since the draft was begun."""
        return self.draft is not None and self.draft.based_on != self.number


def policy_context(request: Request, known: Known, form: Mapping[str, str]) -> dict[str, object]:
    """Return what the template needs beside the form itself."""
    tried = Preview.from_json(known.draft.tried) if known.draft else None
    return {
        "known": known,
        "version": services_of(request).pipeline.policy.version,
        "outcomes": _outcomes(request, known.ground),
        "scores": _scores(request, known.ground),
        "signs": _signs(request, known.ground),
        "tried": tried,
        "fates": [(key, say(request, words)) for key, words in FATES.items()],
        "rules": {name: say(request, told.name) for name, told in TOLD.items()},
        "clash": _clash(request, known, form) if known.overtaken else (),
    }


def _outcomes(request: Request, ground: Ground) -> list[dict[str, object]]:
    """Return a field for each rule for which anything can be chosen."""
    return [
        {
            "name": f"usual-{name}",
            "words": say(request, TOLD[name].name),
            "options": [{"key": one.name.lower(), "words": say(request, CHOICES[one])} for one in may],
            "usual": say(request, CHOICES[rule.usual]),
        }
        for name, rule in ground.shipped.rulebook.rules.items()
        if len(may := offered(name, rule)) > 1
    ]


def _scores(request: Request, ground: Ground) -> list[dict[str, object]]:
    return [
        {
            "words": _audience(request, audience),
            "fields": [_field(request, f"score-{audience}-", label, ours) for label, ours in labels.items()],
        }
        for audience, labels in ground.scores.items()
    ]


def _signs(request: Request, ground: Ground) -> list[dict[str, object]]:
    return [
        {
            "words": _label(request, label),
            "fields": [_field(request, "perhaps-", label, ours[0]), _field(request, "sure-", label, ours[1])],
        }
        for label, ours in ground.signs.items()
    ]


def _field(request: Request, prefix: str, label: str, ours: float) -> dict[str, object]:
    highest = f"{ours:g}" if label in WATCHFUL else "1"
    return {"name": prefix + label, "words": _label(request, label), "ours": f"{ours:g}", "most": highest}


def _label(request: Request, label: str) -> str:
    return say(request, LABELS[label]) if label in LABELS else label


def _audience(request: Request, audience: str) -> str:
    return say(request, AUDIENCES[Audience(audience)]) if audience in set(Audience) else audience


def _clash(request: Request, known: Known, form: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return every field in which the draft and what is in force differ: its name, ours, theirs."""
    own = Own.from_json(known.now.own) if known.now else Own()
    theirs = {**filled(known.ground, own), "words": known.now.words if known.now else ""}
    return [(_called(request, name), form[name], theirs[name]) for name in differing(theirs, form)]


def _called(request: Request, name: str) -> str:
    kind, _, rest = name.partition("-")
    if kind == "words":
        return say(request, N_("Word list"))
    if kind == "usual":
        return say(request, TOLD[rest].name)
    audience, _, label = rest.rpartition("-")
    return " · ".join(filter(None, (_label(request, label), audience or kind)))
