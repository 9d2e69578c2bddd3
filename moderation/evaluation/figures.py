"""How well the pipeline tells apart what it should publish and what not: by kind, by stage, over all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluation.corpus import Answer, Part
from moderation.evaluation.judging import Judged
from moderation.evaluation.rate import Rate, share
from moderation.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a group of cases: what is caught, what of that is right, and what is kept back for nothing."""

    recall: Rate
    """Of the cases that want anything but to be published, those answered as wanted."""
    precision: Rate
    """Of the cases answered with anything but publishing, those answered as wanted."""
    false_holds: Rate
    """Of the cases that others may read as they are, nudged or not, those held or masked."""

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "recall": self.recall.as_json(),
            "precision": self.precision.as_json(),
            "false_holds": self.false_holds.as_json(),
        }


@dataclass(frozen=True, slots=True)
class StageFigures:
    """The figures of the cases that are for one stage, and of each kind of them."""

    together: Figures
    kinds: Mapping[str, Figures]

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "all": self.together.as_json(),
            "kinds": {kind: one.as_json() for kind, one in self.kinds.items()},
        }


@dataclass(frozen=True, slots=True)
class Safety:
    """What matters most, whichever stage a case is for; harmless is what should simply be published."""

    details_hidden: Rate
    """Of the details, those that nobody sees before their author has chosen."""
    care_recall: Rate
    harmless_as_care: Rate
    harmless_masked: Rate
    harmless_held: Rate

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "details_hidden": self.details_hidden.as_json(),
            "care_recall": self.care_recall.as_json(),
            "harmless_as_care": self.harmless_as_care.as_json(),
            "harmless_masked": self.harmless_masked.as_json(),
            "harmless_held": self.harmless_held.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What can be said of a scorer and the stages on a corpus; `missed` are all that went wrong."""

    scorer: str
    policy: str
    parts: tuple[Part, ...]
    stages: Mapping[str, StageFigures]
    together: Figures
    safety: Safety
    missed: tuple[Judged, ...]
    cases: int

    @property
    def faults(self) -> int:
        """Cases in which something of ours failed; each counts as missed."""
        return sum(bool(one.faults) for one in self.missed)

    def as_json(self) -> dict[str, object]:
        """Return plain values that `json.dumps` takes, with the texts that were missed."""
        return {
            "scorer": self.scorer,
            "policy": self.policy,
            "parts": [part.value for part in self.parts],
            "cases": self.cases,
            "faults": self.faults,
            "safety": self.safety.as_json(),
            "stages": {stage: one.as_json() for stage, one in self.stages.items()},
            "all": self.together.as_json(),
            "missed": [_missed_as_json(one) for one in self.missed],
        }


def evaluation(scorer: str, policy: str, judged: Sequence[Judged]) -> Evaluation:
    """Return the figures; stages and kinds in alphabetical order, and so is what was missed."""
    stages = {
        stage: StageFigures(
            figures(of_stage), {kind: figures(of_kind) for kind, of_kind in _by(of_stage, _kind).items()}
        )
        for stage, of_stage in _by(judged, _stage).items()
    }
    ordered = sorted(judged, key=lambda one: (_stage(one), _kind(one)))
    return Evaluation(
        scorer,
        policy,
        tuple(part for part in Part if any(one.case.part is part for one in judged)),
        stages,
        figures(judged),
        safety(judged),
        tuple(one for one in ordered if not one.satisfied),
        len(judged),
    )


def figures(judged: Sequence[Judged]) -> Figures:
    """Return the figures of a group of cases."""
    readable = [one for one in judged if one.case.want in (Answer.PUBLISH, Answer.NUDGE)]
    return Figures(
        share([one.satisfied for one in judged if not one.case.harmless]),
        share([one.satisfied for one in judged if one.answer is not Answer.PUBLISH]),
        share([one.falsely_held for one in readable]),
    )


def safety(judged: Sequence[Judged]) -> Safety:
    """Return what matters most; a harmless message that is raised as care and held too counts as both."""
    harmless = [one for one in judged if one.case.harmless]
    return Safety(
        Rate(sum(one.hidden for one in judged), sum(len(one.case.details) for one in judged)),
        share([one.satisfied for one in judged if one.case.want is Answer.CARE]),
        share([one.answer is Answer.CARE for one in harmless]),
        share([one.verdict.outcome is Outcome.MASK for one in harmless]),
        share([one.verdict.outcome >= Outcome.HOLD for one in harmless]),
    )


def _by(judged: Sequence[Judged], name: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for one in sorted(judged, key=name):
        groups.setdefault(name(one), []).append(one)
    return groups


def _stage(judged: Judged) -> str:
    return judged.case.stage


def _kind(judged: Judged) -> str:
    return judged.case.kind


def _missed_as_json(missed: Judged) -> dict[str, object]:
    return {
        "want": missed.case.want.value,
        "got": missed.answer.value,
        "stage": missed.case.stage,
        "kind": missed.case.kind,
        "rules": list(missed.rules),
        "text": missed.case.text,
    }
