"""Sees that somebody may be in danger, and lets a person know at once: nobody is punished for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.danger.death_wish import death_wish, speaks_of_oneself
from moderation.danger.farewell import FAREWELL
from moderation.danger.idiom import idioms
from moderation.danger.mention import is_mention
from moderation.danger.method import shows_how
from moderation.danger.overdose import OVERDOSE
from moderation.danger.past import is_now, is_over, is_told
from moderation.danger.self_harm import SELF_HARM
from moderation.danger.sign import Index, Seen
from moderation.danger.speech import Speech, heard
from moderation.danger.suicide import SUICIDE
from moderation.danger.violence import VIOLENCE
from moderation.danger.withdrawal import WITHDRAWAL
from moderation.draft import Draft
from moderation.signs import Strength
from moderation.verdict import Finding, Lane, Outcome, Span

LABEL = "care"
KNOWN = Index((*SUICIDE, *FAREWELL, *SELF_HARM, *OVERDOSE, *WITHDRAWAL, *VIOLENCE))
ORDER = (
    "overdose-other", "overdose-own", "withdrawal", "planned", "goodbye", "active", "self-harm", "passive",
    "violence"
)  # fmt: skip
"""The most pressing first: what a finding is called when several are seen."""
WITH_METHOD = frozenset({"overdose-own", "planned", "goodbye", "active", "self-harm", "passive"})
NEGATIONS = frozenset({"not", "never", "no", "without", "nor", "none"})
NEGATED_WITHIN = 5
"""Words at the end of a sign of which one may deny it: "I am not going to kill myself"."""
DENIABLE = frozenset({"active", "self-harm", "planned", "goodbye"})
SURE_GROUPS = 2
"""Groups of perhaps-signs of one kind that together are a sure sign; our own choice."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of a text: how strong, which kind, where, and whether something excuses it."""

    strength: Strength = Strength.NONE
    kind: str = ""
    spans: tuple[Span, ...] = ()
    excused: bool = False
    method: bool = False


def care(draft: Draft) -> Finding | None:
    """Raise a draft whose author, or somebody in it, may be in danger now; hold one that shows how.

    Where the model denies danger, no rule raises it alone: rules see words, it has seen what they mean. Death
    that is wished upon somebody else, with no sign of danger and no word of oneself besides, is left to the
    stage for that.
    """
    reading = read(draft.words)
    sign = draft.signs.get(LABEL)
    model = draft.heard(LABEL)
    alone = reading.strength is Strength.SURE and model is not Strength.AGAINST
    perhaps, sure = (
        (Strength.SURE, Strength.CERTAIN) if reading.excused else (Strength.PERHAPS, Strength.SURE)
    )
    together = reading.strength is Strength.PERHAPS and model >= perhaps
    if not (alone or together or model >= sure):
        return None
    if reading.strength is Strength.NONE and _only_wished(heard(draft.words)):
        return None
    rule, outcome = ("care-method", Outcome.HOLD) if reading.method else ("care", Outcome.PUBLISH)
    kind = reading.kind
    detail = f"somebody may be in danger: {kind}" if kind else "somebody may be in danger"
    if alone or sign is None:
        return Finding(rule, outcome, detail, Lane.CARE, kind=kind, spans=reading.spans)
    return Finding(
        rule, outcome, detail, Lane.CARE, sign.label, sign.score, sign.model, kind=kind, spans=reading.spans
    )


def _only_wished(speech: Speech) -> bool:
    return death_wish(speech) is not None and not speaks_of_oneself(speech)


def read(text: str) -> Reading:
    """Return what the rules alone make of a text."""
    speech = heard(text)
    seen = KNOWN.seen(speech)
    over = is_over(speech.line)
    excused = over or is_mention(speech.line)
    light = idioms(speech.line)
    real = [one for one in seen if not _within(one, light)]
    strengths = {
        kind: _strength(speech, [one for one in real if one.sign.kind == kind], over) for kind in ORDER
    }
    best = max(strengths.values())
    if best is Strength.NONE:
        return Reading(excused=excused or len(real) < len(seen))
    kind = next(kind for kind in ORDER if strengths[kind] is best)
    return _reading(speech, kind, best, [one for one in real if one.sign.kind == kind], excused)


def _reading(speech: Speech, kind: str, strength: Strength, seen: Sequence[Seen], excused: bool) -> Reading:
    spans = tuple(sorted({speech.span(one.start, one.end, kind) for one in seen}))
    method = shows_how(speech.line) if kind in WITH_METHOD else None
    return Reading(strength, kind, spans, excused, method is not None)


def _strength(speech: Speech, seen: Iterable[Seen], over: bool) -> Strength:
    """Return how strong the signs of one kind are together."""
    groups: set[str] = set()
    most = Strength.NONE
    for one in seen:
        sentence = speech.sentence(one.start)
        if is_told(sentence):
            continue
        light = _negated(speech, one) or (not is_now(sentence) and (over or is_mention(sentence)))
        if one.sign.strength is Strength.SURE and not light:
            return Strength.SURE
        most = Strength.PERHAPS
        if not light:
            groups.add(one.sign.group)
    return Strength.SURE if len(groups) >= SURE_GROUPS else most


def _negated(speech: Speech, seen: Seen) -> bool:
    """Whether a sign is denied: "not suicidal"; signs that are made with a denial cannot be."""
    if seen.sign.kind not in DENIABLE:
        return False
    before = speech.line[max(0, seen.start - 40) : seen.start].rpartition("|")[2].split()[-2:]
    if not NEGATIONS.isdisjoint(before):
        return True
    said = speech.line[seen.start : seen.end].split()[-NEGATED_WITHIN:-1]
    return "no" not in seen.sign.pattern.pattern and not NEGATIONS.isdisjoint(said)


def _within(seen: Seen, places: Iterable[tuple[int, int]]) -> bool:
    return any(seen.start < end and start < seen.end for start, end in places)
