"""A site served in this process: its clock is in the test's hand, and the worker's jobs run when told to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forum.housekeeping import JOBS
from tests.builders import Community, opened_community, serving
from tests.journeys.site import free_port
from tests.postbox import Postbox


@dataclass(frozen=True, slots=True)
class InHand:
    """The site, and the moment that it takes for now."""

    url: str
    community: Community
    box: Postbox

    async def at(self, moment: datetime) -> None:
        """Let it be that moment, and the worker do what is due then."""
        assert moment >= self.community.clock.now
        self.community.clock.now = moment
        await self.work()

    async def work(self) -> None:
        """Do all that a worker does by the clock, each job once; what fails fails here."""
        for job in JOBS:
            await job.run(self.community.services)


@asynccontextmanager
async def site_in_hand(prepared: Path, folder: Path, box: Postbox) -> AsyncIterator[InHand]:
    """Serve an empty site whose letters go to that box."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    async with (
        opened_community(
            prepared, folder, origin=origin, mail_url=box.url, mail_from="post@waypost.example"
        ) as community,
        serving(community.services, port),
    ):
        yield InHand(origin, community, box)
