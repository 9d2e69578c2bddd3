"""Pauses: a quarter of an hour away from the desk, taken with one button and ended with another."""

from datetime import datetime, timedelta
from uuid import UUID

from forum.services import Services
from forum.wellbeing.comfort import own_comfort
from forum.wellbeing.tables import Comfort

PAUSE = timedelta(minutes=15)
"""Long enough for a walk around the block; our own choice."""


def resting_until(comfort: Comfort, now: datetime) -> datetime | None:
    """Return when the moderator's pause ends; None when they are not in one."""
    until = comfort.rest_until
    return until if until is not None and until > now else None


async def rest(services: Services, account_id: UUID) -> datetime:
    """Begin a pause and return when it ends; one that runs already goes on as it is."""
    now = services.clock()
    async with services.database.transaction() as tx:
        comfort = await own_comfort(tx, account_id)
        running = resting_until(comfort, now)
        if running is not None:
            return running
        comfort.rest_since, comfort.rest_until = now, now + PAUSE
    return now + PAUSE


async def come_back(services: Services, account_id: UUID) -> None:
    """End the pause now; without one, nothing changes."""
    now = services.clock()
    async with services.database.transaction() as tx:
        comfort = await own_comfort(tx, account_id)
        if resting_until(comfort, now) is not None:
            comfort.rest_until = now
