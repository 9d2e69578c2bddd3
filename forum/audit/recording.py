"""Recording: an act is appended to the log, in the transaction of what was done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.tables import AuditEntry, AuditHead
from forum.database import Transaction

Plain = str | int | float | bool | None
"""What details may hold: names, counts and ids."""

HEAD = 1
"""The id of the one row that knows where the log ends."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: when, who (None: the machine or the command line), and to what, as `account:<id>`.

    `details` hold names, counts and ids; never a word that anybody wrote.
    """

    at: datetime
    actor_id: UUID | None
    act: str
    subject: str
    details: Mapping[str, Plain] = field(default_factory=dict)


async def record(tx: Transaction, act: Act) -> AuditEntry:
    """Append the act to the log and return its entry; TypeError where a detail is not plain.

    It commits with the transaction, or leaves no gap. From here to the commit nobody else can append,
    so this comes last in a transaction: whoever waited for something else now could wait for each other.
    """
    details = _plain(act.details)
    seq, previous = await _next(tx.session)
    entry = AuditEntry(
        seq=seq,
        at=act.at,
        actor_id=act.actor_id,
        act=act.act,
        subject=act.subject,
        details=details,
        previous=previous,
        hash="",
    )
    entry.hash = seal(entry)
    tx.session.add(entry)
    await tx.session.exec(update(AuditHead).where(col(AuditHead.id) == HEAD).values(hash=entry.hash))
    return entry


def seal(entry: AuditEntry, seq: int | None = None) -> str:
    """Return what the hash of an entry must be, or would be at another place of the log.

    That is SHA-256 (FIPS 180-4), in hex, of all other fields in canonical JSON: names sorted, no spaces,
    UTF-8, the moment in UTC with microseconds. ValueError for a moment without its zone.
    """
    if entry.at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    told: dict[str, Plain] = {
        "seq": entry.seq if seq is None else seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": None if entry.actor_id is None else str(entry.actor_id),
        "act": entry.act,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous,
    }
    return sha256(canonical(told).encode()).hexdigest()


def canonical(values: Mapping[str, Plain]) -> str:
    """Return the one way to write them as JSON; ValueError for what JSON cannot say, such as infinity."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(details: Mapping[str, Plain]) -> str:
    for name, value in details.items():
        if not isinstance(name, str) or not isinstance(value, Plain):
            raise TypeError(f"the detail {name!r} of an act is not plain but {type(value).__name__}")
    try:
        told = canonical(details)
        told.encode()
    except ValueError:  # infinity, not a number, or half a character
        raise TypeError("a detail of an act cannot be written in JSON and UTF-8") from None
    return told


async def _next(session: AsyncSession) -> tuple[int, str]:
    """Take the next place and the hash before it; the row stays locked until the commit."""
    if (taken := await _take(session)) is not None:
        return taken
    try:
        async with session.begin_nested():
            session.add(AuditHead(id=HEAD))
    except IntegrityError:
        pass  # somebody else has made it in this very moment
    taken = await _take(session)
    if taken is None:
        raise RuntimeError("the audit log has no head")
    return taken


async def _take(session: AsyncSession) -> tuple[int, str] | None:
    taking = (
        update(AuditHead)
        .where(col(AuditHead.id) == HEAD)
        .values(seq=col(AuditHead.seq) + 1)
        .returning(col(AuditHead.seq), col(AuditHead.hash))
        .execution_options(synchronize_session=False)
    )
    row = (await session.exec(taking)).one_or_none()
    return None if row is None else (row[0], row[1])
