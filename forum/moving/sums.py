"""Sums: what a table holds, as a count and one number that is the same on every kind of database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from struct import pack
from uuid import UUID

MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Sum:
    """So many rows, and the sum of their SHA-256 hashes modulo 2^256.

    Whatever order they come in, the sum is the same: databases sort text differently. A row that is lost,
    changed or there twice changes it. It guards against faults, not against forgers.
    """

    rows: int = 0
    total: int = 0

    def plus(self, rows: Iterable[Sequence[object]]) -> "Sum":
        """Return the sum with these rows; TypeError for a value of a kind that no column has."""
        count, total = self.rows, self.total
        for row in rows:
            count += 1
            total += hash_of(row)
        return Sum(count, total % MODULUS)

    def as_text(self) -> str:
        """Return it as it is written down: the count, a colon, 64 hex digits."""
        return f"{self.rows}:{self.total:064x}"


Sums = Mapping[str, Sum]
"""By the name of the table."""


def hash_of(row: Sequence[object]) -> int:
    """Return the SHA-256 of a row's values, each with its kind and its length before it."""
    told = sha256()
    for value in row:
        mark, plain = encoded(value)
        told.update(mark + pack(">Q", len(plain)) + plain)
    return int.from_bytes(told.digest())


def encoded(value: object) -> tuple[bytes, bytes]:
    """Return a letter for the kind of a value, and its one way to be written, whichever database gave it.

    A moment is written in UTC with microseconds, a number by IEEE 754 with one zero (SQLite keeps no sign of
    it), a text in UTF-8. ValueError for a moment without its zone.
    """
    match value:
        case None | bool():
            return b"b", str(value).encode()
        case int():
            return b"i", str(value).encode()
        case float():
            return b"f", pack(">d", value + 0.0)
        case str():
            return b"s", value.encode()
        case UUID():
            return b"u", value.bytes
        case datetime():
            return b"t", _in_utc(value).encode()
    raise TypeError(f"no column holds values of the kind {type(value).__name__}")


def _in_utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
