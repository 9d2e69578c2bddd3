"""Runs the stages and the scorer over a draft, and fails closed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

import structlog

from moderation.draft import Draft, Kind
from moderation.markup import render, tidy
from moderation.policy import PolicyFile
from moderation.stages import FORM, STAGES, Stage
from moderation.toxicity.answer import only_scores
from moderation.toxicity.scorer import Scorer
from moderation.toxicity.thresholds import STRICTEST, family_of
from moderation.verdict import Finding, Lane, Outcome, Verdict, weigh

LONG_TEXT = 1_000
"""Characters beyond which a text is read in a thread, so that the event loop keeps its pace."""
GRACE = 0.05
"""Seconds that a cancelled scorer has for its goodbyes; after that it is left behind."""

NOTHING = render("")

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Scored:
    """What the scorer made of a draft: signs for the stages, and a finding, or a failure."""

    draft: Draft
    policy: PolicyFile
    """The one that was in force when it was scored; another may be put in force at any moment."""
    finding: Finding | None = None


class Pipeline:
    """Screens drafts: tidies them, looks at their form, asks the scorer, then runs the stages in order.

    Whatever raises, hangs past the deadline (seconds) or answers nonsense means *held*, never *published*.
    What is done about a finding is the rulebook's to say.
    """

    def __init__(
        self,
        scorer: Scorer,
        stages: Sequence[Stage] = STAGES,
        deadline: float = 2.0,
        policy: PolicyFile | None = None,
    ) -> None:
        """Judge by the policy that ships, or by another; ValueError for a scorer it never holds for."""
        self.policy = policy or PolicyFile.load()
        if not self.policy.thresholds.of(scorer.name, STRICTEST).keys() & set(scorer.labels):
            raise ValueError("The scorer has none of the labels that we hold for.")
        self._scorer = scorer
        self._stages = tuple(stages)
        self._deadline = deadline
        self._asked: set[asyncio.Task[object]] = set()

    async def screen(self, draft: Draft) -> Verdict:
        """Return the verdict; a refusal of the shape comes without text or html, as none of it may be kept.

        Only asyncio.CancelledError passes through, when the caller itself is cancelled.
        """
        tidied = await _apart_if_long(draft, _tidied, draft)
        misshapen = [found for stage in FORM if (found := _asked(stage, tidied)) is not None]
        if any(found.lane is Lane.SHAPE and found.outcome is Outcome.REFUSE for found in misshapen):
            return weigh(misshapen, NOTHING)
        scored = await self._scored(tidied)
        return await _apart_if_long(tidied, self._judged, scored, misshapen)

    def _judged(self, scored: _Scored, misshapen: Sequence[Finding]) -> Verdict:
        draft = scored.draft
        found = [*misshapen, *(one for stage in self._stages if (one := _asked(stage, draft)) is not None)]
        if scored.finding is not None:
            found.append(scored.finding)
        try:
            html = render(draft.text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it holds
            found.append(_fault("stage-failed", "the text could not be laid out", error))
            html = NOTHING
        findings = [scored.policy.rulebook.decided(one, draft.choices) for one in found]
        return weigh(findings, html, text=draft.text, title=draft.title)

    async def _scored(self, draft: Draft) -> _Scored:
        """Score the draft; a name gets no signs: the labels of our own were learnt on messages."""
        policy = self.policy
        try:
            scores = only_scores(await self._answer(draft.words), self._scorer.labels)
            signs = policy.hearing.signs(scores, self._scorer.name, family_of(self._scorer.name))
            found = policy.thresholds.judge(scores, self._scorer.name, draft.audience)
            heard = draft if draft.kind is Kind.NAME else replace(draft, signs=signs)
            return _Scored(heard, policy, found)
        except TimeoutError as error:
            return _Scored(draft, policy, _fault("unscored", "the scorer did not answer in time", error))
        except Exception as error:  # noqa: BLE001 - whatever it is, it holds
            return _Scored(draft, policy, _fault("unscored", "the scorer failed", error))

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


def _tidied(draft: Draft) -> Draft:
    return replace(draft, text=tidy(draft.text), title=tidy(draft.title))


async def _apart_if_long(draft: Draft, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Do the work, in a thread for a long text, so that the event loop keeps its pace."""
    if len(draft.words) > LONG_TEXT:
        return await asyncio.to_thread(work, *given, **named)
    return work(*given, **named)


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
