"""What a stage answers when its own rules and the model have both been heard."""

from dataclasses import dataclass

from moderation.draft import Draft
from moderation.meanings.passage import passage
from moderation.meanings.rubric import Weighed, rubric
from moderation.signs import Strength
from moderation.verdict import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Matter:
    """What a stage looks for: its rule (also the model's label), its rubric, and what moderators are told."""

    rule: str
    rubric: str
    detail: str
    usual: str
    """The kind, where only the model has seen it."""


def decided(draft: Draft, matter: Matter) -> Finding | None:
    """Return the finding when either is sure (a model: certain, if it is excused), or both say perhaps.

    Where the model denies it the rules are not asked: they see words, and it has seen what they mean.
    """
    heard = draft.heard(matter.rule)
    if heard is Strength.AGAINST:
        return None
    seen = rubric(matter.rubric).weigh(passage(draft.words))
    if not _enough(seen, heard):
        return None
    kind = seen.kind or matter.usual
    detail = f"{matter.detail}: {kind.replace('-', ' ')}"
    sign = draft.signs.get(matter.rule) if heard >= Strength.PERHAPS else None
    if sign is None:
        return Finding(matter.rule, Outcome.HOLD, detail, kind=kind, spans=seen.spans)
    return Finding(
        matter.rule,
        Outcome.HOLD,
        detail,
        label=sign.label,
        score=sign.score,
        model=sign.model,
        kind=kind,
        spans=seen.spans,
    )


def _enough(seen: Weighed, heard: Strength) -> bool:
    needed = Strength.CERTAIN if seen.excused else Strength.SURE
    if seen.strength is Strength.SURE or heard >= needed:
        return True
    return seen.strength >= Strength.PERHAPS and heard >= Strength.PERHAPS
