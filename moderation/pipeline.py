"""Runs the stages and the scorer over a draft, and fails closed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from moderation.draft import Draft
from moderation.markup import CleanHtml, render, tidy
from moderation.stages import STAGES, Stage
from moderation.toxicity.answer import only_scores
from moderation.toxicity.scorer import Scorer
from moderation.toxicity.thresholds import STRICTEST, Thresholds
from moderation.verdict import Finding, Lane, Outcome, Verdict, weigh

LONG_TEXT = 1_000
"""Characters beyond which a text is read in a thread, so that the event loop keeps its pace."""
GRACE = 0.05
"""Seconds that a cancelled scorer has for its goodbyes; after that it is left behind."""

NOTHING = render("")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Reading:
    draft: Draft
    findings: tuple[Finding, ...]
    html: CleanHtml

    @property
    def ends_here(self) -> bool:
        return any(f.lane is Lane.SHAPE and f.outcome is Outcome.REFUSE for f in self.findings)


class Pipeline:
    """Screens drafts: tidies them, runs the stages in order, then asks the scorer.

    Whatever raises, hangs past the deadline (seconds) or answers nonsense means *held*, never *published*.
    """

    def __init__(
        self,
        scorer: Scorer,
        stages: Sequence[Stage] = STAGES,
        deadline: float = 2.0,
        thresholds: Thresholds | None = None,
    ) -> None:
        """Judge by the thresholds that ship, or by others; ValueError for a scorer they never hold for."""
        self._thresholds = thresholds or Thresholds.load()
        if not self._thresholds.of(scorer.name, STRICTEST).keys() & set(scorer.labels):
            raise ValueError("The scorer has none of the labels that we hold for.")
        self._scorer = scorer
        self._stages = tuple(stages)
        self._deadline = deadline
        self._asked: set[asyncio.Task[object]] = set()

    async def screen(self, draft: Draft) -> Verdict:
        """Return the verdict; a refusal of the shape comes without text or html, as none of it may be kept.

        Only asyncio.CancelledError passes through, when the caller itself is cancelled.
        """
        if len(draft.words) > LONG_TEXT:
            reading = await asyncio.to_thread(self._read, draft)
        else:
            reading = self._read(draft)
        if reading.ends_here:
            return weigh(reading.findings, reading.html)
        scored = await self._scored(reading.draft)
        findings = reading.findings if scored is None else (*reading.findings, scored)
        return weigh(findings, reading.html, text=reading.draft.text, title=reading.draft.title)

    def _read(self, draft: Draft) -> _Reading:
        tidied = replace(draft, text=tidy(draft.text), title=tidy(draft.title))
        findings: list[Finding] = []
        for stage in self._stages:
            finding = _asked(stage, tidied)
            if finding is not None:
                findings.append(finding)
            reading = _Reading(tidied, tuple(findings), NOTHING)
            if reading.ends_here:
                return reading
        try:
            html = render(tidied.text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it holds
            findings.append(_fault("stage-failed", "the text could not be laid out", error))
            html = NOTHING
        return _Reading(tidied, tuple(findings), html)

    async def _scored(self, draft: Draft) -> Finding | None:
        try:
            scores = only_scores(await self._answer(draft.words), self._scorer.labels)
            return self._thresholds.judge(scores, self._scorer.name, draft.audience)
        except TimeoutError as error:
            return _fault("unscored", "the scorer did not answer in time", error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it holds
            return _fault("unscored", "the scorer failed", error)

    async def _answer(self, text: str) -> object:
        """Return what the scorer says within the deadline; raise TimeoutError when it is late.

        asyncio.wait, unlike wait_for, does not wait for a scorer that swallows its cancellation.
        """
        loop = asyncio.get_running_loop()
        late = loop.time() + self._deadline
        task = asyncio.create_task(self._ask(text))
        self._asked.add(task)
        task.add_done_callback(self._forget)
        try:
            await asyncio.wait({task}, timeout=self._deadline)
            if not task.done() or loop.time() > late:
                raise TimeoutError
            if task.cancelled():
                raise RuntimeError("the scorer cancelled itself")
            return task.result()
        finally:
            if task.cancel():
                await asyncio.wait({task}, timeout=GRACE)

    async def _ask(self, text: str) -> object:
        return await self._scorer.score([text])

    def _forget(self, task: asyncio.Task[object]) -> None:
        self._asked.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not print it with the text it may carry


def _asked(stage: Stage, draft: Draft) -> Finding | None:
    """Return the stage's finding, or the finding that the stage failed."""
    name = getattr(stage, "__name__", type(stage).__name__)
    try:
        finding = stage(draft)
        if finding is not None and not isinstance(finding, Finding):
            raise TypeError("a stage answers with a finding or None")
        return finding
    except Exception as error:  # noqa: BLE001 - whatever it is, it holds
        return _fault("stage-failed", f"the stage {name} failed", error)


def _fault(rule: str, detail: str, error: Exception) -> Finding:
    """Log the kind of failure, never its message, which may quote the text; hold for a person to look."""
    log.warning("moderation fault", rule=rule, detail=detail, error=type(error).__name__)
    return Finding(rule, Outcome.HOLD, detail, Lane.FAULT)
