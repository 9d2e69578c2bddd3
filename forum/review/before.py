"""What was so before a ruling, kept beside it as JSON, so that it can be put back."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Before:
    """States, moments and ids, never words: those that a ruling changed are kept aside as messages.

    Of a handle that was changed, the handle itself: nothing else keeps it.
    """

    state: str = ""
    """Where the message stood."""
    left_at: int = 0
    """The message's version as the ruling left it: another one, and somebody has changed it since."""
    masked_from: UUID | None = None
    """Where the words that were typed are kept aside."""
    replaced: UUID | None = None
    """Where the words that an edit replaced are kept aside."""
    stage: str = ""
    reports: tuple[UUID, ...] = ()
    """The reports that the ruling closed."""
    alerts: tuple[UUID, ...] = ()
    """The alerts that it closed."""
    suspended_until: datetime | None = None
    removal: UUID | None = None
    """The removal that it made."""
    handle: str = ""

    def written(self) -> str:
        """Return it as it is kept."""
        told = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(told, default=_plain)

    @classmethod
    def read(cls, kept: str) -> Self:
        """Return what was kept; a ruling from before anything was kept has nothing to put back."""
        told = json.loads(kept or "{}")
        for name in ("masked_from", "replaced", "removal"):
            if name in told:
                told[name] = UUID(told[name])
        for name in ("reports", "alerts"):
            told[name] = tuple(map(UUID, told.get(name, ())))
        if "suspended_until" in told:
            told["suspended_until"] = datetime.fromisoformat(told["suspended_until"])
        return cls(**told)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
