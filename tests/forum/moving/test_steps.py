"""Claims about the steps: nothing is written before what it refers to."""

from uuid import uuid4

from forum.migrations.running import tables
from forum.moving.steps import key_of, references_within, steps_of


def test_every_table_comes_after_those_it_refers_to() -> None:
    seen = set[str]()
    for step in steps_of(tables()):
        if not step.within:
            others = {key.column.table.name for key in step.table.foreign_keys} - {step.table.name}

            assert others <= seen
            seen.add(step.table.name)

    assert seen == set(tables().tables)


def test_what_refers_to_its_own_table_is_written_without_and_filled_in_at_the_end() -> None:
    message = tables().tables["message"]
    first = next(step for step in steps_of(tables()) if step.table is message)
    last = steps_of(tables())[-1]
    row = {column.name: None for column in message.columns} | {"id": uuid4(), "parent_id": uuid4()}

    assert references_within(message) == last.within == ("parent_id", "revises_id")
    assert first.values([tuple(row.values())]) == [row | {"parent_id": None}]
    assert last.values([tuple(row.values())]) == [
        {"key_id": row["id"], "parent_id": row["parent_id"], "revises_id": None}
    ]


def test_rows_that_refer_to_nothing_are_not_touched_again() -> None:
    message = tables().tables["message"]

    assert steps_of(tables())[-1].values([(None,) * len(message.columns)]) == []


def test_every_table_has_a_key_to_be_read_by() -> None:
    assert all(key_of(table) for table in tables().sorted_tables)
