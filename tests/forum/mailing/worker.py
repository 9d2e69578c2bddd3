"""A worker that delivers what is due, or is killed (kill -9) at a moment it is told."""

import asyncio
import os
import signal
from dataclasses import dataclass, replace
from datetime import datetime

from forum.accounts.tables import Account
from forum.mail.letters import Letter, Mailer
from forum.mailing.delivering import deliver
from forum.mailing.tables import Outgoing
from forum.services import Services
from tests.builders import services_of, settings


@dataclass(frozen=True, slots=True)
class Killed:
    """A mailer whose process is killed before a letter is handed over, or right after it was taken."""

    real: Mailer
    when: str
    name: str = "killed"
    delivers: bool = True

    async def send(self, letter: Letter) -> None:
        """Send it, and be killed."""
        if self.when == "sending":
            end()
        await self.real.send(letter)
        if self.when == "recording":
            end()

    async def check(self) -> None:
        """Return."""


def end() -> None:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)


async def word(services: Services, row: Outgoing, account: Account, token: str) -> Letter:
    """Word a letter for a test, to an address made from its key."""
    to = f"{row.key.replace(':', '-')}@heather.example"
    return Letter(to, "Appointment", "Soon.", row.key, row.kind, f"https://forum.example.org/stop/{token}")


async def word_killed(services: Services, row: Outgoing, account: Account, token: str) -> Letter:
    """Be killed while a claimed letter is worded."""
    end()
    return await word(services, row, account, token)


def run(database: str, mail: str, now: datetime, when: str) -> None:
    """Deliver once; for a process of its own."""
    asyncio.run(_run(database, mail, now, when))


async def _run(database: str, mail: str, now: datetime, when: str) -> None:
    chosen = settings(database_url=database, mail_url=mail, mail_from="post@example.org")
    services = services_of(chosen, lambda: now)  # type: ignore[arg-type]
    services = replace(services, mailer=Killed(services.mailer, when))
    await deliver(services, {"test": word_killed if when == "wording" else word})
    await services.aclose()
