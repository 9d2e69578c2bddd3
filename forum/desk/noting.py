"""Noting in the audit log that somebody of the team has read what is not open to everybody at the desk."""

from uuid import UUID

from forum.audit.recording import Act, record
from forum.services import Services

RECORD, NAMES = "record", "names"
"""What was read: a member's record, or the names of moderators."""


async def note_reading(services: Services, reader_id: UUID, subject: str, what: str) -> None:
    """Append `data-read` to the log, in a transaction of its own."""
    async with services.database.transaction() as tx:
        await record(tx, Act(services.clock(), reader_id, "data-read", subject, {"what": what}))
