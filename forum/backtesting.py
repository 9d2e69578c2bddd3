"""Judges what is kept once more: by the policy in force, and by a draft of another."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select

from forum.comparing import Compared, Comparison, Fate
from forum.messages.kept import PAGE, Kept, count_kept, kept_texts, latest_since
from forum.review.tables import Ruling
from forum.services import Services
from forum.spaces.choosing import choices_of
from moderation.draft import Policy
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.rulebook import Choices
from moderation.toxicity.scorer import Scorer
from moderation.verdict import Verdict

AT_ONCE = 4
"""Messages judged at once, as when a corpus is evaluated."""
PATIENCE = 60.0
"""Seconds that the scorer has for each: what is counted must not depend on how fast the machine is."""
RULINGS: Mapping[str, bool] = {
    "released": True,
    "released-masked": True,
    "edit-released": True,
    "kept": True,
    "refused": False,
    "asked-to-change": False,
    "edit-refused": False,
    "taken-down": False,
}
"""Whether a moderator let others read it; that somebody looked at an urgent one says nothing of its words."""

Progress = Callable[[int, int], None]
"""Is told how many messages of how many are judged."""


def read_draft(path: Path) -> PolicyFile:
    """Return the policy of a file; ValueError, in plain words, where it cannot be read or makes no sense."""
    try:
        return PolicyFile.read(path)
    except OSError as error:
        raise ValueError(f"The policy file {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ValueError(f"The policy file {path} is no text in UTF-8.") from None
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


@dataclass(frozen=True, slots=True)
class Limit:
    """How much is tried where somebody waits: the latest so many messages, for so many seconds."""

    messages: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft of the policy, how far back to try it, and whether to name the messages that it changes."""

    draft: PolicyFile
    days: int = 30
    with_ids: bool = False
    page: int = PAGE
    """Messages that are read at once."""
    words: Policy | None = None
    """The word list of the draft; None where it is the one in force."""
    limit: Limit | None = None
    """Where somebody waits for the answer."""


async def backtest(services: Services, trial: Trial, progress: Progress) -> Comparison:
    """Compare both policies on what was sent in the last days, with what spaces have chosen today.

    Raises ValueError for a draft that the scorer could never hold anything by. Nothing is written.
    """
    began, since = time.monotonic(), await _since(services, trial)
    judges, ids = _Judges(services, trial), dict[Fate, list[UUID]]() if trial.with_ids else None
    told = Comparison(services.pipeline.policy.version, trial.draft.version, services.scorer.name, ids)
    async with services.database.reading() as session:
        total = await count_kept(session, since)
    async for page in kept_texts(services, since, trial.page):
        ruled = await _ruled(services, page)
        for one, before, after in await judges.judge(page):
            told.add(Compared(one.id, before, after, ruled.get(one.id)))
        progress(told.messages, total)
        if trial.limit and time.monotonic() - began > trial.limit.seconds:
            break
    return told


async def _since(services: Services, trial: Trial) -> datetime:
    """Return the moment after which messages are tried."""
    since = services.clock() - timedelta(days=trial.days)
    if trial.limit is None:
        return since
    async with services.database.reading() as session:
        return await latest_since(session, since, trial.limit.messages)


async def _ruled(services: Services, page: Collection[Kept]) -> dict[UUID, bool]:
    """Return what a moderator last said of each; what was edited after that, nobody ruled on."""
    edited = {one.id: one.edited_at for one in page}
    query = (
        select(Ruling)
        .where(
            col(Ruling.message_id).in_(edited),
            col(Ruling.outcome).in_(RULINGS),
            col(Ruling.undone_at).is_(None),
        )
        .order_by(col(Ruling.made_at), col(Ruling.id))
    )
    async with services.database.reading() as session:
        rulings = (await session.exec(query)).all()
    return {
        one.message_id: RULINGS[one.outcome]
        for one in rulings
        if one.message_id is not None
        if (moment := edited[one.message_id]) is None or moment <= one.made_at
    }


class _Judges:
    """Two pipelines on one scorer, and what each space has chosen under either policy."""

    def __init__(self, services: Services, trial: Trial) -> None:
        self._services = services
        self._scorer = _AskedOnce(services.scorer)
        self._pipelines = tuple(
            Pipeline(self._scorer, deadline=PATIENCE, policy=policy)
            for policy in (services.pipeline.policy, trial.draft)
        )
        self._chosen: dict[UUID | None, tuple[Choices, ...]] = {}
        self._words = trial.words
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def judge(self, page: Sequence[Kept]) -> list[tuple[Kept, Verdict, Verdict]]:
        """Return every message with its verdicts, before and after."""
        await self._learn({one.space_id for one in page} - self._chosen.keys())
        judged = await asyncio.gather(*map(self._judged, page))
        self._scorer.forget()
        return judged

    async def _judged(self, one: Kept) -> tuple[Kept, Verdict, Verdict]:
        async with self._turns:
            chosen, words = self._chosen[one.space_id], (one.draft.policy, self._words or one.draft.policy)
            before, after = [
                await pipeline.screen(replace(one.draft, choices=choices, policy=policy))
                for pipeline, choices, policy in zip(self._pipelines, chosen, words, strict=True)
            ]
        return one, before, after

    async def _learn(self, spaces: Collection[UUID | None]) -> None:
        books = [pipeline.policy.rulebook for pipeline in self._pipelines]
        async with self._services.database.reading() as session:
            for space_id in spaces:
                self._chosen[space_id] = tuple(
                    [await choices_of(session, space_id, rulebook) for rulebook in books]
                )


class _AskedOnce:
    """A scorer that is asked once for each text, though two policies judge by its answer."""

    def __init__(self, scorer: Scorer) -> None:
        self.name, self.labels = scorer.name, scorer.labels
        self._scorer = scorer
        self._known: dict[str, Mapping[str, float]] = {}

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Return what the scorer says, or said a moment ago."""
        new = [text for text in texts if text not in self._known]
        if new:
            self._known.update(zip(new, await self._scorer.score(new), strict=True))
        return [self._known[text] for text in texts]

    def forget(self) -> None:
        """Let go of what was said."""
        self._known.clear()

    async def aclose(self) -> None:
        """Do nothing: the scorer is somebody else's to close."""
