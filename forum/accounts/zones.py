"""The time zones that members choose from."""

from functools import cache
from zoneinfo import available_timezones

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the IANA database that stand for a place, and UTC, in order."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(REGIONS)))
