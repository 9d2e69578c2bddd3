"""Where a page of a list ends, as it stands in an address: the next page starts after it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from forum.errors import ForumError


@dataclass(frozen=True, slots=True)
class Cursor:
    """The moment and the id of the last row shown; stable however many rows come before it."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        """Return it as it goes into an address."""
        return quote(f"{self.at.isoformat()}_{self.id}", safe="")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Return the cursor of an address, its moment in UTC; ForumError when somebody changed it."""
        moment, _, row_id = text.partition("_")
        try:
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None:
                raise ForumError
            return cls(at.astimezone(UTC), UUID(row_id))
        except (ValueError, OverflowError):
            raise ForumError from None
