"""Steps: in which order the tables are filled, so that nothing refers to what is not there yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Insert, MetaData, Table, Update, bindparam, insert, update

Row = Sequence[Any]
KEY = "key_"


@dataclass(frozen=True, slots=True)
class Step:
    """One pass over a table: its rows are written, or afterwards what they refer to in the table itself.

    An answer can be kept before what it answers, so rows are first written without such references.
    """

    table: Table
    within: tuple[str, ...] = ()
    """The columns that this pass fills; empty for the pass that writes the rows."""

    @property
    def statement(self) -> Insert | Update:
        """What is executed with the `values` of many rows."""
        if not self.within:
            return insert(self.table)
        keys = [column == bindparam(KEY + column.name, type_=column.type) for column in key_of(self.table)]
        return update(self.table).where(*keys).values({name: bindparam(name) for name in self.within})

    def values(self, rows: Sequence[Row]) -> list[dict[str, object]]:
        """Return what to write of these rows, each with all columns of its table; none where nothing is."""
        named = [dict(zip(self.table.columns.keys(), row, strict=True)) for row in rows]
        if not self.within:
            later = dict.fromkeys(references_within(self.table))
            return [one | later for one in named]
        keys = [column.name for column in key_of(self.table)]
        return [
            {KEY + name: one[name] for name in keys} | {name: one[name] for name in self.within}
            for one in named
            if any(one[name] is not None for name in self.within)
        ]


def steps_of(tables: MetaData) -> tuple[Step, ...]:
    """Return the passes: every table after those it refers to, then what refers to its own table."""
    ordered = tables.sorted_tables
    own = [(table, references_within(table)) for table in ordered]
    return (*map(Step, ordered), *(Step(table, names) for table, names in own if names))


def references_within(table: Table) -> tuple[str, ...]:
    """Return the columns by which a row refers to another one of its table."""
    return tuple(
        column.name for column in table.columns if any(key.references(table) for key in column.foreign_keys)
    )


def key_of(table: Table) -> tuple[Column[Any], ...]:
    """Return the columns of the primary key, by which rows are read in order."""
    return tuple(table.primary_key.columns)
