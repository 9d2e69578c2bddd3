"""Several decisions at once, as for spam: each by itself, so that none stops the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.errors import ForumError
from forum.review.decisions import Decision
from forum.review.ruling import rule
from forum.review.tables import Ruling
from forum.services import Services


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one decision; of `ruling` and `error` there is one."""

    decision: Decision
    ruling: Ruling | None = None
    error: ForumError | None = None

    @property
    def status(self) -> str:
        """The answer as one word: done, conflict, forbidden, not-found or invalid."""
        return self.error.reason if self.error else "done"


async def rule_many(services: Services, decisions: Sequence[Decision]) -> list[Answered]:
    """Carry out several decisions, each in a transaction of its own, and answer each in its turn."""
    return [await _answered(services, decision) for decision in decisions]


async def _answered(services: Services, decision: Decision) -> Answered:
    try:
        return Answered(decision, await rule(services, decision))
    except ForumError as error:
        return Answered(decision, error=error)
