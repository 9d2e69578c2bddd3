"""What a date's people find when it is over: the questions, the thanks, and what of these is still theirs."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from forum.accounts.sessions import Viewer, viewer_or_none
from forum.errors import NotFound
from forum.feedback.answering import has_answered
from forum.feedback.dates import PastDate, find_past
from forum.feedback.thanking import own_thanks, thanks_for
from forum.services import services_of
from forum.shown import Shown

DATE_PAGE = "/gatherings/{"
"""How the pattern of a date's own page begins; what lies below it has another slash."""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """A date that is over, for one of its people."""

    date: PastDate
    open: bool
    """Whether guests are asked now."""
    answered: bool
    thanked: bool
    thanks: Sequence[Shown]
    """What was said to the hosts, as far as this one may read it."""

    @property
    def can_answer(self) -> bool:
        """Whether the three questions wait for this guest."""
        return self.open and self.date.guest and not self.answered

    @property
    def can_thank(self) -> bool:
        """Whether this guest may still thank the hosts."""
        return self.open and self.date.guest and not self.date.host and not self.thanked

    @property
    def url(self) -> str:
        """Where all of it is done."""
        return f"/gatherings/{self.date.occurrence.id}/feedback"


async def look_back(session: AsyncSession, occurrence_id: UUID, viewer: Viewer, now: datetime) -> Afterwards:
    """Return what this member finds; NotFound where the date does not exist for them."""
    date = await find_past(session, occurrence_id, viewer)
    return Afterwards(
        date,
        date.is_open(now),
        await has_answered(session, occurrence_id, viewer.id),
        await own_thanks(session, occurrence_id, viewer.id) is not None,
        await thanks_for(session, occurrence_id, viewer),
    )


async def on_date_page(request: Request) -> Afterwards | None:
    """Return it for the page of a date that is over, for its guests and hosts; None for all other pages."""
    viewer, occurrence_id = viewer_or_none(request), _date_shown(request)
    if viewer is None or occurrence_id is None:
        return None
    services = services_of(request)
    now = services.clock()
    async with services.database.glancing() as session:
        with suppress(NotFound):
            found = await look_back(session, occurrence_id, viewer, now)
            over = found.date.occurrence.ends_at <= now and not found.date.cancelled
            return found if over and (found.date.guest or found.date.host) else None
    return None


def _date_shown(request: Request) -> UUID | None:
    pattern = str(getattr(request.scope.get("route"), "path", ""))
    ids = [one for one in request.path_params.values() if isinstance(one, UUID)]
    is_date = pattern.startswith(DATE_PAGE) and pattern.endswith("}") and pattern.count("/") == len(ids) + 1
    return ids[0] if is_date and len(ids) == 1 else None
