"""Keepable: which values a database can keep, and what is put where it cannot."""

import math
import re
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, TypeDecorator

from forum.audit.tables import AuditEntry, AuditHead

NUL, REPLACED = "\0", "\ufffd"
HALVES = re.compile("[\ud800-\udfff]")
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
SEALED = frozenset({str(AuditEntry.__tablename__), str(AuditHead.__tablename__)})
"""Tables in which nothing may be replaced: a hash would not hold any more."""
SMALL_BITS, LARGE_BITS = 32, 64


def fault_in(column: Column[Any], value: object, dialect: Dialect) -> str | None:
    """Return in plain words why the database cannot keep the value in this column, or None.

    PostgreSQL refuses NUL in text, a text longer than its column and integers wider than theirs
    (https://www.postgresql.org/docs/current/datatype-character.html); neither kind keeps half a character,
    and SQLite turns what is not a number into nothing. The words never hold the value.
    """
    if value is None:
        return None if column.nullable else "is missing"
    kind = kind_of(column)
    if not isinstance(value, kind):
        return f"is not of the kind {kind.__name__}"
    strict = dialect.name == "postgresql"
    if isinstance(value, str):
        return _in_text(value, getattr(column.type, "length", None) if strict else None, strict=strict)
    if isinstance(value, int) and not isinstance(value, bool):
        bits = SMALL_BITS if strict and not isinstance(column.type, BigInteger) else LARGE_BITS
        return None if -(1 << bits - 1) <= value < 1 << bits - 1 else f"is too large for {bits} bits"
    if isinstance(value, float) and not strict and math.isnan(value):
        return "is not a number"
    return None


def kind_of(column: Column[Any]) -> type[Any]:
    """Return what the values of a column are in Python."""
    kind = column.type
    return (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type


def _in_text(value: str, length: int | None, *, strict: bool) -> str | None:
    if strict and NUL in value:
        return "holds a NUL"
    if HALVES.search(value):
        return "holds bytes that are no UTF-8"
    return f"is longer than {length} characters" if length and len(value) > length else None


def mended(column: Column[Any], value: object, dialect: Dialect) -> object:
    """Return a text with U+FFFD for every NUL and every half of a character; anything else as it is.

    It comes back as the column's own type gives what it keeps. In the audit log nothing is replaced.
    """
    if not isinstance(value, str) or column.table.name in SEALED or not UNKEEPABLE.search(value):
        return value
    processor = column.type.result_processor(dialect, None)
    replaced = UNKEEPABLE.sub(REPLACED, value)
    return processor(replaced) if processor else replaced
