"""Claims about what a database can keep, column by column."""

import pytest
from sqlalchemy import Column, Dialect, make_url

from forum.migrations.running import tables
from forum.moving.keepable import SEALED, fault_in, kind_of, mended
from forum.moving.sums import encoded
from moderation.markup import CleanHtml, render
from tests.builders import Clock

POSTGRESQL: Dialect = make_url("postgresql+psycopg://").get_dialect()()
SQLITE: Dialect = make_url("sqlite+aiosqlite://").get_dialect()()
SAMPLES: dict[type, object] = {bool: True, int: 7, float: 0.5, str: "calm"}


def column(name: str) -> Column[object]:
    table, _, inside = name.partition(".")
    return tables().tables[table].columns[inside]


@pytest.mark.parametrize(
    ("name", "value", "on_postgresql", "on_sqlite"),
    [
        ("message.text", "calm \U0001f33f", None, None),
        ("message.text", "a\0b", "holds a NUL", None),
        ("message.text", "a\udc80b", "holds bytes that are no UTF-8", "holds bytes that are no UTF-8"),
        ("message.text", 7, "is not of the kind str", "is not of the kind str"),
        ("message.text", None, "is missing", "is missing"),
        ("message.path", "x" * 160, None, None),
        ("message.path", "x" * 161, "is longer than 160 characters", None),
        ("message.path", None, None, None),
        ("message.seq", 2**63 - 1, None, None),
        ("message.version", 2**31 - 1, None, None),
        ("message.version", 2**31, "is too large for 32 bits", None),
        ("message.version", -(2**31) - 1, "is too large for 32 bits", None),
        ("message.is_opening", True, None, None),
        ("message.is_opening", 1, "is not of the kind bool", "is not of the kind bool"),
        ("message.id", "7", "is not of the kind UUID", "is not of the kind UUID"),
        ("recorded_finding.score", float("nan"), None, "is not a number"),
        ("recorded_finding.score", float("inf"), None, None),
    ],
)
def test_each_kind_of_database_says_what_it_cannot_keep(
    name: str, value: object, on_postgresql: str | None, on_sqlite: str | None
) -> None:
    assert fault_in(column(name), value, POSTGRESQL) == on_postgresql
    assert fault_in(column(name), value, SQLITE) == on_sqlite


def test_every_column_there_is_has_a_kind_that_can_be_summed() -> None:
    for table in tables().sorted_tables:
        for one in table.columns:
            kind = kind_of(one)
            sample = SAMPLES.get(kind) or (Clock().now if kind.__name__ == "datetime" else kind(int=7))

            assert encoded(sample), f"{table.name}.{one.name}"
            assert isinstance(sample, kind)


def test_what_cannot_be_kept_is_replaced_and_html_stays_clean_html() -> None:
    html = CleanHtml.__new__(CleanHtml, "<p>a\0b</p>")

    assert mended(column("message.text"), "a\0b\udc80", POSTGRESQL) == "a\ufffdb\ufffd"
    assert mended(column("message.html"), html, POSTGRESQL) == "<p>a\ufffdb</p>"
    assert type(mended(column("message.html"), html, POSTGRESQL)) is type(render("calm"))
    assert mended(column("message.text"), "calm", POSTGRESQL) == "calm"
    assert mended(column("message.seq"), 7, POSTGRESQL) == 7


def test_nothing_is_replaced_in_the_audit_log() -> None:
    assert mended(column("audit_entry.subject"), "a\0b", POSTGRESQL) == "a\0b"
    assert {name for name in tables().tables if name.startswith("audit")} == SEALED
