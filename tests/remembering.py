"""The pipeline that ships, which judges the same draft only once: tests say the same words over and over."""

import asyncio
from functools import cache

from forum.settings import Settings
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.verdict import Lane, Verdict

judged: dict[object, Verdict] = {}
"""By all that a verdict depends on; none that says that something failed."""


@cache
def read_once() -> tuple[Scorer, PolicyFile]:
    """Return the lexicon and the policy that ship: nothing changes them, and reading them takes a while."""
    return open_scorer("lexicon:"), PolicyFile.load()


class Remembering(Pipeline):
    """Judges by the lexicon that ships; by its policy, what was judged before is not judged again."""

    def __init__(self, chosen: Settings) -> None:
        scorer, policy = read_once()
        super().__init__(scorer, deadline=chosen.screen_seconds, policy=policy)

    async def screen(self, draft: Draft) -> Verdict:
        """Return the verdict."""
        if self.policy is not read_once()[1]:  # another was put in force
            return await super().screen(draft)
        key = (
            *(draft.text, draft.title, draft.kind, draft.audience, draft.standing, draft.policy),
            *(frozenset(draft.choices.items()), frozenset(draft.signs.items())),
        )
        if key in judged:
            await asyncio.sleep(0)  # others have their turn, as they do while a scorer works
            return judged[key]
        verdict = await super().screen(draft)
        if not any(found.lane is Lane.FAULT for found in verdict.findings):
            judged[key] = verdict
        return verdict
