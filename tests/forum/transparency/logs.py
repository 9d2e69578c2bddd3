"""Builds logs of decisions for tests, as values and as entries of a community's audit log."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from forum.audit.recording import Act, record
from forum.transparency.tally import Seen
from tests.builders import Community

OCTOBER = datetime(2026, 10, 10, 18, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """A ruling as the log tells it."""

    kind: str = "held"
    outcome: str = "released"
    reason: str = ""
    rule: str = "toxicity"
    found_by: str = "machine"
    measure: str = ""
    seconds: float = 540

    def details(self) -> dict[str, str | float]:
        """Return its details."""
        names = ("kind", "outcome", "reason", "rule", "found_by", "measure", "seconds")
        return {name: getattr(self, name) for name in names}


def ruling(said: Said | None = None, at: datetime = OCTOBER, subject: str = "") -> Seen:
    """Return a ruling, about a message of its own unless told otherwise."""
    return Seen(at, "ruling", subject or f"message:{uuid4()}", json.dumps((said or Said()).details()))


def undone(subject: str, at: datetime = OCTOBER, ruling_id: str = "", how: str = "undone") -> Seen:
    """Return the taking back of a ruling."""
    return Seen(at, "ruling-undone", subject, json.dumps({"ruling": ruling_id or str(uuid4()), "how": how}))


def appeal(outcome: str = "upheld", seconds: float = 3600, at: datetime = OCTOBER) -> Seen:
    """Return a decided appeal."""
    details = {"outcome": outcome, "reason": "kindness", "by": "person", "seconds": seconds}
    return Seen(at, "appeal-decided", f"message:{uuid4()}", json.dumps(details))


async def write(community: Community, entries: Iterable[Seen]) -> None:
    """Write entries into the community's own log, by somebody who is nobody."""
    async with community.services.database.transaction() as tx:
        for one in entries:
            await record(tx, Act(one.at, uuid4(), one.act, one.subject, json.loads(one.details)))


def an_evening() -> list[Seen]:
    """Return what fills every table: 40 released, 20 refused and 10 reported messages, 12 appeals."""
    refused = Said(outcome="refused", reason="kindness", seconds=60)
    kept = Said("reported", "kept", rule="unkind", found_by="person", seconds=7200)
    private = Said(outcome="refused", reason="privacy", rule="others-details", measure="warn", seconds=60)
    said = [Said()] * 40 + [refused] * 12 + [private] * 8 + [kept] * 10
    rulings = [ruling(one, OCTOBER + timedelta(minutes=number)) for number, one in enumerate(said)]
    return rulings + [appeal("upheld" if number < 5 else "declined") for number in range(12)]
