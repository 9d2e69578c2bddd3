"""What a draft would have changed: the latest messages judged once more, for a few seconds at most."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from forum.backtesting import Limit, Trial, backtest
from forum.comparing import Comparison, Fate
from forum.in_force import both
from forum.policies.own import Own, composed
from forum.policies.tables import PolicyDraft
from forum.services import Services
from moderation.draft import Policy
from moderation.policy import PolicyFile

DAYS = 180
LIMIT = Limit(300, 5.0)
"""Enough to see a change of a few in a hundred, and an answer while somebody waits; our own choice."""
PAGE = 20
MOST_RULES = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """Counts by what becomes of messages, before and after, and which rules make the difference."""

    messages: int = 0
    failed: int = 0
    ruled: int = 0
    agreed_before: int = 0
    agreed_after: int = 0
    was: Mapping[str, int] = field(default_factory=dict)
    becomes: Mapping[str, int] = field(default_factory=dict)
    newly: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many messages would have fared otherwise."""
        return sum(self.newly.values())

    @classmethod
    def of(cls, told: Comparison) -> Self:
        """Return the counts of a comparison."""
        return cls(
            messages=told.messages,
            failed=told.failed,
            ruled=told.ruled,
            agreed_before=told.agreed_before,
            agreed_after=told.agreed_after,
            was={fate.value: told.was[fate] for fate in Fate},
            becomes={fate.value: told.becomes[fate] for fate in Fate},
            newly={fate.value: count for fate, count in told.newly.items()},
            rules={fate.value: dict(rules.most_common(MOST_RULES)) for fate, rules in told.rules.items()},
        )

    def as_json(self) -> str:
        """Return it as it is kept with the draft."""
        return json.dumps({name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """Return what was kept; None where the draft was not tried."""
        return cls(**json.loads(text)) if text else None


async def preview(services: Services, draft: PolicyDraft, limit: Limit = LIMIT) -> Preview:
    """Judge the latest messages by what is in force and by the draft; nothing is written.

    The answer comes within some seconds: what could not be judged in that time is not counted.
    """
    policy = composed(PolicyFile.load(), Own.from_json(draft.own), "draft")
    words = both(services.policy, Policy.read(draft.words))
    trial = Trial(policy, DAYS, page=PAGE, words=words, limit=limit)
    return Preview.of(await backtest(services, trial, lambda _done, _total: None))
