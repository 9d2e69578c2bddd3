"""Builds months of gatherings: dates with so many in each way, without a database or in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from forum.calendar.kinds import Kind
from forum.calendar.tables import Coming, Occurrence
from forum.numbers.attending import DateCounts, Way
from tests.builders import Community, Member
from tests.forum.feedback.evenings import Evening, Said, evening, sign_up

START = datetime(2026, 10, 1, 19, tzinfo=UTC)
SAID: Mapping[Way, Said] = {
    Way.CAME: Said(came=True),
    Way.ABSENT: Said(),
    Way.WAITED: Said(queue=1),
    Way.MAYBE: Said(Coming.MAYBE),
}


def counted(number: int, kind: str = "support", **ways: int) -> DateCounts:
    """Return the date of the nth day of October with so many in each way."""
    counts = {Way(name): count for name, count in ways.items()}
    return DateCounts(uuid7(), START + timedelta(days=number), kind, uuid7(), counts)


@dataclass
class Season:
    """A community with members enough for a month of gatherings."""

    community: Community
    manager: Member
    members: list[UUID]

    async def hold(self, at: datetime, kind: Kind, **ways: int) -> Occurrence:
        """Hold a gathering: the first members came, the next did not, and so on."""
        wanted = Evening(self.community.clock() - at, kind)
        date = await evening(self.community, self.manager, wanted=wanted)
        people = iter(self.members)
        for name, count in ways.items():
            for _ in range(count):
                await sign_up(self.community, date, next(people), SAID[Way(name)])
        return date
