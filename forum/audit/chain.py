"""The chain of the log: what one entry after the other shows to have been changed since it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from forum.audit.recording import seal
from forum.audit.tables import AuditEntry


class Kind(StrEnum):
    """What can be wrong with a log."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    FOREIGN = "foreign"
    PAST_END = "past-end"
    OTHER_END = "other-end"
    NO_END = "no-end"
    NOT_AS_KNOWN = "not-as-known"


ONE = {
    Kind.CHANGED: "entry {first} was changed",
    Kind.MOVED: "entry {first} was moved: it was entry {was}",
    Kind.MISSING: "entry {first} is missing",
    Kind.FOREIGN: "entry {first} was never part of the log",
    Kind.PAST_END: "entry {first} stands after the end of the log",
    Kind.OTHER_END: "entry {first} is not the one that the log is noted to end with",
    Kind.NO_END: "it is no longer noted that the log ends with entry {first}",
    Kind.NOT_AS_KNOWN: "entry {first} is not the one whose hash was written down",
}
MANY = {
    Kind.MISSING: "entries {first} to {last} are missing",
    Kind.PAST_END: "entries {first} to {last} stand after the end of the log",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with the log, and the entries, first to last, where it is."""

    kind: Kind
    first: int
    last: int
    was: int | None = None
    """Where an entry stood that was moved."""

    def __str__(self) -> str:
        """Say it in plain words."""
        says = MANY[self.kind] if self.last > self.first and self.kind in MANY else ONE[self.kind]
        return says.format(first=self.first, last=self.last, was=self.was)


@dataclass(frozen=True, slots=True)
class Link:
    """What the next entry is held against: the last one that was read, and whether its own hash holds."""

    seq: int = 0
    hash: str = ""
    holds: bool = True

    def then(self, entry: AuditEntry, *, holds: bool) -> "Link":
        """Return the link after an entry; what was never part of the log is passed over."""
        return self if entry.seq < 1 else replace(self, seq=entry.seq, hash=entry.hash, holds=holds)


def holds(entry: AuditEntry, seq: int | None = None) -> bool:
    """Return whether an entry's hash is that of what it says, or would be at another place of the log."""
    try:
        return seal(entry, seq) == entry.hash
    except (TypeError, ValueError):  # a field holds what no entry ever held
        return False


def faults_before(before: Link, entry: AuditEntry) -> Iterator[Fault]:
    """Yield what an entry whose hash holds, or its place, shows of what comes before it.

    It carries the hash of the entry before it: where the two differ, that one was rewritten, hash and all.
    """
    if entry.seq > before.seq + 1:
        yield Fault(Kind.MISSING, before.seq + 1, entry.seq - 1)
    elif before.holds and entry.previous != before.hash and holds(entry):
        wrong = max(before.seq, 1)
        yield Fault(Kind.CHANGED, wrong, wrong)


def fault_in(entry: AuditEntry, earlier: int | None) -> Fault:
    """Return what is wrong with an entry whose hash does not hold.

    `earlier` is the seq of the entry whose hash it carries, if there is one. Of two neighbours that changed
    places one follows an entry that has moved too, so a place up and a place down are tried besides.
    """
    if entry.seq < 1:
        return Fault(Kind.FOREIGN, entry.seq, entry.seq)
    may_be = sorted({(earlier or 0) + 1, entry.seq - 1, entry.seq + 1} - {entry.seq})
    was = next((seq for seq in may_be if holds(entry, seq)), None)
    return Fault(Kind.CHANGED if was is None else Kind.MOVED, entry.seq, entry.seq, was)


def faults_at_end(last: Link, end: Link | None) -> Iterator[Fault]:
    """Yield what is wrong where the log ends: `end` is where it is noted to, None where that is not noted."""
    if end is None:
        if last.seq:
            yield Fault(Kind.NO_END, last.seq, last.seq)
    elif last.seq < end.seq:
        yield Fault(Kind.MISSING, last.seq + 1, end.seq)
    elif last.holds and last.hash != end.hash:
        yield Fault(Kind.OTHER_END, end.seq, end.seq)
