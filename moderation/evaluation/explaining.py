"""The whole path of one message through the pipeline: what each stage said of it, and what came of that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from moderation.draft import Draft
from moderation.evaluation.corpus import Answer
from moderation.evaluation.judging import PATIENCE, answer_of
from moderation.evaluation.listening import ListenedScorer, Listener, Said, asked
from moderation.evaluation.wrapping import wrapped
from moderation.masking import masked
from moderation.pipeline import Pipeline
from moderation.signs import Sign
from moderation.stages import FORM, STAGES, Stage
from moderation.tidying import tidy
from moderation.toxicity.scorer import Scorer
from moderation.verdict import Finding, Outcome, Verdict

PIPELINE = "pipeline"
"""Who says what no stage did: the scorer's finding, and failures of ours."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a stage said, with the outcome that the rulebook gave it, and the words that it said it of."""

    said: Said
    quotes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        finding = self.said.finding
        told: dict[str, object] = {"stage": self.said.stage}
        if self.said.failed:
            told["failed"] = self.said.failed
        if finding is not None:
            told |= {
                "rule": finding.rule,
                "kind": finding.kind,
                "outcome": finding.outcome.name.lower(),
                "lane": finding.lane.value,
                "detail": finding.detail,
                "quotes": list(self.quotes),
            }
        return told


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model made of the message: signs for the stages, scores, and from which a score holds."""

    scorer: str
    signs: tuple[Sign, ...]
    scores: Mapping[str, float]
    held_from: Mapping[str, float]

    def as_json(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "scorer": self.scorer,
            "signs": [
                {"label": one.label, "score": one.score, "strength": one.strength.name.lower()}
                for one in self.signs
            ],
            "scores": {
                label: {"score": score, "held_from": self.held_from.get(label)}
                for label, score in self.scores.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """The path of a message: how many characters, what was heard, the steps, the mask if any, the verdict."""

    policy: str
    given: int
    tidied: int
    heard: Heard
    steps: tuple[Step, ...]
    masked: str
    outcome: Outcome
    answer: Answer

    def as_json(self) -> dict[str, object]:
        """Return plain values that `json.dumps` takes, with what the stages quote of the text."""
        return {
            "policy": self.policy,
            "characters": {"given": self.given, "tidied": self.tidied},
            **self.heard.as_json(),
            "steps": [step.as_json() for step in self.steps],
            "masked": self.masked or None,
            "outcome": self.outcome.name.lower(),
            "answer": self.answer.value,
        }


async def explain(scorer: Scorer, text: str, stages: Sequence[Stage] = STAGES) -> Explanation:
    """Screen the text as a member's message is screened, and tell what happened on the way."""
    listener, listened = Listener(), ListenedScorer(scorer)
    pipeline = Pipeline(listened, [listener.stage(stage) for stage in stages], deadline=PATIENCE)
    draft = Draft(text)
    verdict = await pipeline.screen(draft)
    tidied = replace(draft, text=tidy(text))
    said = [*(asked(stage, tidied) for stage in FORM), *listener.said]
    held_from = pipeline.policy.thresholds.of(scorer.name, draft.audience)
    return Explanation(
        pipeline.policy.version,
        len(text),
        len(tidied.text),
        Heard(scorer.name, listener.signs, listened.scores, held_from),
        tuple(_steps([_decided(one, pipeline) for one in said], verdict, tidied.words)),
        _masked(verdict, tidied.words),
        verdict.outcome,
        answer_of(verdict),
    )


def lines(explained: Explanation) -> Iterator[str]:
    """Yield the path as lines of at most 80 columns."""
    yield from wrapped(f"{explained.heard.scorer}, policy {explained.policy}")
    yield f"{explained.tidied:,} characters of {explained.given:,} after tidying"
    yield from ("", "scores" if explained.heard.scores else "scores: none")
    for label, score in explained.heard.scores.items():
        held = explained.heard.held_from.get(label)
        yield f"  {label:<18}{score:>6.3f}   " + ("never held" if held is None else f"held from {held:.3f}")
    yield "signs" if explained.heard.signs else "signs: none"
    for sign in explained.heard.signs:
        yield f"  {sign.label:<18.18}{sign.score:>6.3f}   {sign.strength.name.lower()}"
    yield from ("", "stages")
    for step in explained.steps:
        yield from _told(step)
    if explained.masked:
        yield from ("", "masked", *wrapped(explained.masked, "  "))
    yield from ("", f"verdict: {explained.answer} ({explained.outcome.name.lower()})")


def _told(step: Step) -> Iterator[str]:
    finding = step.said.finding
    if finding is None:
        yield from wrapped(
            f"{step.said.stage}: {step.said.failed + ', it FAILED' if step.said.failed else '-'}", "  "
        )
        return
    name = f"{finding.rule}, {finding.kind}" if finding.kind else finding.rule
    yield from wrapped(f"{step.said.stage}: {name}: {finding.outcome.name.lower()} ({finding.detail})", "  ")
    for quote in step.quotes:
        yield from wrapped(f"“{quote}”", "    ")


def _decided(said: Said, pipeline: Pipeline) -> Said:
    if said.finding is None:
        return said
    return replace(said, finding=pipeline.policy.rulebook.decided(said.finding))


def _steps(said: Sequence[Said], verdict: Verdict, words: str) -> Iterator[Step]:
    """Yield what the stages said, and then what the verdict has beside it."""
    known = {one.finding for one in said}
    others = (Said(PIPELINE, finding) for finding in verdict.findings if finding not in known)
    for one in (*said, *others):
        yield Step(one, _quotes(one.finding, words) if one.finding else ())


def _quotes(finding: Finding, words: str) -> tuple[str, ...]:
    quoted = (words[span.start : span.end] for span in finding.spans)
    return tuple(quote for quote in quoted if quote)


def _masked(verdict: Verdict, words: str) -> str:
    spans = [span for one in verdict.findings if one.outcome is Outcome.MASK for span in one.spans]
    return masked(words, spans) if spans else ""
