"""What of the queue a moderator asks for, as it stands in an address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from forum.desk.said import KINDS, OLDER, STAGES
from forum.review.filters import Filters
from forum.wellbeing.leaving import Left


@dataclass(frozen=True, slots=True)
class Wish:
    """The fields of the form above the queue; empty for all of it, and so is any nonsense."""

    space: str = ""
    kind: str = ""
    stage: str = ""
    older: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Return what an address asks for."""
        return cls(
            space=query.get("space", "") if _space(query.get("space", "")) else "",
            kind=query.get("kind", "") if query.get("kind") in KINDS else "",
            stage=query.get("stage", "") if query.get("stage") in STAGES else "",
            older=query.get("older", "") if query.get("older") in OLDER else "",
        )

    def filters(self, now: datetime, left: Left | None = None) -> Filters:
        """Return it as the queue understands it, without what the moderator leaves to others."""
        return Filters(
            space_id=_space(self.space),
            kind=self.kind,
            stage=self.stage,
            older_than=now - timedelta(hours=int(self.older)) if self.older else None,
            shown=left.shown() if left is not None and left.anything else None,
        )

    def query(self, **more: str) -> str:
        """Return it for an address, with its question mark; nothing where all is asked for."""
        told = {name: value for name, value in {**asdict(self), **more}.items() if value}
        return f"?{urlencode(told)}" if told else ""


def _space(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
