"""Runs cases through the pipeline that members' messages go through, and says in a word what it answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress

from moderation.draft import Draft
from moderation.evaluation.corpus import Answer, Case
from moderation.masking import masked
from moderation.pipeline import Pipeline
from moderation.stages import STAGES, Stage
from moderation.tidying import tidy
from moderation.toxicity.scorer import Scorer
from moderation.verdict import Finding, Lane, Outcome, Span, Verdict

AT_ONCE = 4
"""Messages screened at once: the longest are 64 pieces each, and a BatchingScorer lets 400 wait."""
PATIENCE = 60.0
"""Seconds that the scorer has for each: figures must not depend on how fast the machine is."""
DETAILS = frozenset({"own-details", "others-details"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and its verdict; where it could be sent masked, also the verdict of what would be left."""

    case: Case
    verdict: Verdict
    masked: Verdict | None = None

    @property
    def answer(self) -> Answer:
        """What the verdict answers."""
        return answer_of(self.verdict)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Failures of ours: the hold that they cause proves nothing."""
        return tuple(finding for finding in self.verdict.findings if finding.lane is Lane.FAULT)

    @property
    def satisfied(self) -> bool:
        """Whether it is answered as wanted; what should be private is not shown by a hold either."""
        if self.faults:
            return False
        private = self.case.want is Answer.PRIVATE
        return self.answer is self.case.want or (private and self.answer is Answer.HOLD)

    @property
    def falsely_held(self) -> bool:
        """Whether it is kept back though others may read it as it is."""
        may_be_read = self.case.want in (Answer.PUBLISH, Answer.NUDGE)
        return may_be_read and self.answer in (Answer.HOLD, Answer.PRIVATE)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that had something to say, each with its label or its kind, in the order of stages."""
        named = (f"{one.rule}:{one.label or one.kind}".rstrip(":") for one in self.verdict.findings)
        return tuple(dict.fromkeys(named))

    @property
    def hidden(self) -> int:
        """How many of the case's details nobody sees: all in a text that waits, else those that are masked.

        A detail is masked where each of its characters, wherever it stands, lies in a span of a finding about
        details that asks for a mask.
        """
        if self._waits:
            return len(self.case.details)
        covered = _covered(self.verdict)
        return sum(_is_covered(tidy(detail), self.verdict.text, covered) for detail in self.case.details)

    @property
    def _waits(self) -> bool:
        """Whether only a person could let it through, as is, or with what was seen of the details masked."""
        if self.verdict.outcome is not Outcome.MASK:
            return self.verdict.outcome > Outcome.MASK
        if not _masks(self.verdict) or self.answer is Answer.CARE:
            return True
        return self.masked is not None and self.masked.outcome >= Outcome.MASK


def answer_of(verdict: Verdict) -> Answer:
    """Return the verdict in a word: care before all else, then what is done with the text."""
    if any(finding.lane is Lane.CARE for finding in verdict.findings):
        return Answer.CARE
    if verdict.outcome >= Outcome.HOLD:
        return Answer.HOLD
    return {Outcome.MASK: Answer.PRIVATE, Outcome.NUDGE: Answer.NUDGE}.get(verdict.outcome, Answer.PUBLISH)


async def judge(
    scorer: Scorer, cases: Sequence[Case], stages: Sequence[Stage] = STAGES, *, quiet: bool = False
) -> list[Judged]:
    """Screen every case as a member's message is screened, and return them in their order.

    Unless quiet, a bar on the error stream tells how far it is, where that is a terminal.
    """
    pipeline, turns = Pipeline(scorer, stages, PATIENCE), asyncio.Semaphore(AT_ONCE)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("messages", total=len(cases))

        async def judged(case: Case) -> Judged:
            async with turns:
                draft = Draft(case.text)
                verdict = await pipeline.screen(draft)
                left = left_of(verdict)
                again = await pipeline.screen(draft.with_words(left)) if left else None
            progress.advance(task)
            return Judged(case, verdict, again)

        return await asyncio.gather(*map(judged, cases))


def left_of(verdict: Verdict) -> str:
    """Return what a verdict's text would read with its details masked; "" where nothing is to be masked."""
    spans = _masks(verdict)
    return masked(verdict.text, spans) if verdict.outcome is Outcome.MASK and spans else ""


def _masks(verdict: Verdict) -> list[Span]:
    return [span for one in verdict.findings if one.outcome is Outcome.MASK for span in one.spans]


def _covered(verdict: Verdict) -> set[int]:
    return {
        place
        for finding in verdict.findings
        if finding.rule in DETAILS and finding.outcome >= Outcome.MASK
        for span in finding.spans
        for place in range(span.start, span.end)
    }


def _is_covered(detail: str, text: str, covered: set[int]) -> bool:
    start = text.find(detail)
    found = start >= 0
    while start >= 0:
        if not covered.issuperset(range(start, start + len(detail))):
            return False
        start = text.find(detail, start + 1)
    return found
