"""Stages and a scorer that are listened to: they say what they always say, and it is noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moderation.draft import Draft
from moderation.signs import Sign
from moderation.stages import Stage
from moderation.toxicity.answer import only_scores
from moderation.toxicity.scorer import Scorer
from moderation.verdict import Finding


@dataclass(frozen=True, slots=True)
class Said:
    """What a stage said, if anything; `failed` is the name of the error where it failed."""

    stage: str
    finding: Finding | None = None
    failed: str = ""


class Listener:
    """Notes what stages say, and which signs they were given."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.signs: tuple[Sign, ...] = ()

    def stage(self, stage: Stage) -> Stage:
        """Return a stage that says the same, and is noted."""

        def listened(draft: Draft) -> Finding | None:
            said = asked(stage, draft)
            self.said.append(said)
            self.signs = tuple(draft.signs.values())
            if said.failed:
                raise RuntimeError(said.failed)
            return said.finding

        listened.__name__ = name_of(stage)
        return listened


class ListenedScorer:
    """A scorer that answers as another does; `scores` is what it answered last, if that makes sense."""

    def __init__(self, scorer: Scorer) -> None:
        self.name, self.labels = scorer.name, scorer.labels
        self.scores: Mapping[str, float] = {}
        self._scorer = scorer

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return the other's answer; raise what it raises, and ValueError or TypeError for nonsense."""
        answers = await self._scorer.score(texts)
        self.scores = only_scores(answers, self.labels)
        return answers

    async def aclose(self) -> None:
        """Close the other."""
        await self._scorer.aclose()


def asked(stage: Stage, draft: Draft) -> Said:
    """Return what the stage says of the draft, or how it failed."""
    name = name_of(stage)
    try:
        finding = stage(draft)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return Said(name, failed=type(error).__name__)
    if finding is not None and not isinstance(finding, Finding):
        return Said(name, failed="TypeError")
    return Said(name, finding)


def name_of(stage: Stage) -> str:
    """Return what a stage is called."""
    return str(getattr(stage, "__name__", type(stage).__name__))
