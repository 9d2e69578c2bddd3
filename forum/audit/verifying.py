"""Verifying: the log is read from its first entry to its last, and every change, gap and move is told."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import DataError, OperationalError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.audit.chain import Fault, Kind, Link, fault_in, faults_at_end, faults_before, holds
from forum.audit.recording import HEAD
from forum.audit.tables import AuditEntry, AuditHead
from forum.database import Database

BATCH = 500
"""Entries read at once."""
NEVER = datetime.min.replace(tzinfo=UTC)
UNREADABLE = (ValueError, TypeError, AttributeError, DataError, OperationalError)
"""What reading a row ends in whose moment is no moment, or whose text is none."""


@dataclass(frozen=True, slots=True)
class Known:
    """The hash of an entry, as it was once written down elsewhere."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read: how many entries, the last one's seq and hash, and how many faults were told."""

    entries: int
    seq: int
    hash: str
    faults: int


async def verify(
    database: Database, tell: Callable[[Fault], None], known: Known | None = None, batch: int = BATCH
) -> Verified:
    """Read the whole log, tell each fault where it is met, and return what was read.

    Whoever could rewrite every entry after one, and where the log ends, would show only against a hash that
    was written down elsewhere: `known`. Memory does not grow with the log. Others may append meanwhile.
    """
    async with database.reading() as session:
        reader, end = _Reader(session, tell, known), await _end(session)
        async for entry in _entries(session, end, batch):
            await reader.read(entry)
        await reader.finish(end)
    return reader.verified


class _Reader:
    """Goes along the chain and counts."""

    def __init__(self, session: AsyncSession, tell: Callable[[Fault], None], known: Known | None) -> None:
        self._session, self._tell, self._known = session, tell, known
        self._link = Link()
        self._entries = self._faults = 0

    @property
    def verified(self) -> Verified:
        """What was read until now."""
        return Verified(self._entries, self._link.seq, self._link.hash, self._faults)

    async def read(self, entry: AuditEntry) -> None:
        """Hold an entry against the one before it."""
        whole = holds(entry)
        self._say(faults_before(self._link, entry))
        if not whole:
            self._say([fault_in(entry, await _seq_of(self._session, entry.previous))])
        elif self._known is not None and entry.seq == self._known.seq and entry.hash != self._known.hash:
            self._say([Fault(Kind.NOT_AS_KNOWN, entry.seq, entry.seq)])
        self._link = self._link.then(entry, holds=whole)
        self._entries += 1

    async def finish(self, end: Link | None) -> None:
        """Hold the last entry against where the log is noted to end, and against what is known of it."""
        self._say(faults_at_end(self._link, end))
        up_to = max(self._link.seq, end.seq if end else 0)
        if self._known is not None and self._known.seq > up_to:
            self._say([Fault(Kind.MISSING, up_to + 1, self._known.seq)])
        first, last = await _past_end(self._session, up_to)
        if last:
            self._say([Fault(Kind.PAST_END, first, last)])

    def _say(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._tell(fault)
            self._faults += 1


async def _end(session: AsyncSession) -> Link | None:
    noted = (col(AuditHead.seq), col(AuditHead.hash))
    row = (await session.exec(select(*noted).where(AuditHead.id == HEAD))).first()
    return Link(row[0], row[1]) if row else None


async def _past_end(session: AsyncSession, up_to: int) -> tuple[int, int]:
    """Return the first and last seq after the end of this moment, or 0 and 0: others may append meanwhile."""
    end = select(AuditHead.seq).where(AuditHead.id == HEAD).scalar_subquery()
    seq = col(AuditEntry.seq)
    query = select(func.min(seq), func.max(seq)).where(seq > func.coalesce(end, up_to))
    first, last = (await session.exec(query)).one()
    return first or 0, last or 0


async def _seq_of(session: AsyncSession, hash_: str) -> int | None:
    return (await session.exec(select(AuditEntry.seq).where(AuditEntry.hash == hash_))).first()


async def _entries(session: AsyncSession, end: Link | None, batch: int) -> AsyncIterator[AuditEntry]:
    """Yield the entries in their order, up to the end that is noted, so many read at once."""
    seq = col(AuditEntry.seq)
    query = select(AuditEntry.seq).order_by(seq).limit(batch)
    if end is not None:
        query = query.where(seq <= end.seq)
    seqs = (await session.exec(query)).all()
    while seqs:
        for entry in await _read(session, seqs):
            yield entry
        seqs = (await session.exec(query.where(seq > seqs[-1]))).all()


async def _read(session: AsyncSession, seqs: Sequence[int]) -> Sequence[AuditEntry]:
    """Return these entries; one whose fields cannot even be read comes as one whose hash does not hold."""
    between = col(AuditEntry.seq).between(seqs[0], seqs[-1])
    try:
        return (await session.exec(select(AuditEntry).where(between).order_by(col(AuditEntry.seq)))).all()
    except UNREADABLE:
        if len(seqs) == 1:
            return [AuditEntry(seq=seqs[0], at=NEVER, act="", subject="", details="", previous="", hash="")]
    half = len(seqs) // 2
    return [*await _read(session, seqs[:half]), *await _read(session, seqs[half:])]
