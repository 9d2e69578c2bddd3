"""What somebody wants to do in a meeting, as a form tells it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from forum.accounts.sessions import Viewer
from forum.database import Transaction
from forum.errors import NotFound
from forum.meetings.finding import Held
from forum.messages.resending import optional_id


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to do, with what the form says of it."""

    viewer: Viewer
    form: Mapping[str, str]
    now: datetime

    def id(self, name: str) -> UUID:
        """Return the id in a field; NotFound where it is none."""
        found = optional_id(self.form.get(name))
        if found is None:
            raise NotFound
        return found

    @property
    def seen(self) -> UUID | None:
        """The turn that was taken when the form was made."""
        return optional_id(self.form.get("seen"))


Verb = Callable[[Transaction, Held, Act], Awaitable[bool]]
"""Does it in a meeting that is locked; says whether those who are there have to be told."""
