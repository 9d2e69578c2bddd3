"""What a database holds, row by row, read and written without any of the mover's own code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from forum.engines import WRITES, open_engine
from forum.migrations.running import tables
from moderation.markup import render

Everything = dict[str, list[tuple[object, ...]]]
Rows = Iterable[tuple[str, dict[str, object]]]
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
FIRST, LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001 - hypothesis adds the zone


@dataclass(frozen=True, slots=True)
class Awkward:
    """Values of which databases keep some in their own way."""

    text: str
    score: float | None
    small: int
    moment: datetime | None
    flag: bool
    large: int


AWKWARD = st.lists(
    st.builds(
        Awkward,
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
        st.one_of(st.none(), st.floats(allow_nan=False)),
        st.integers(-(2**31), 2**31 - 1),
        st.one_of(st.none(), st.datetimes(FIRST, LAST, timezones=st.just(UTC))),
        st.booleans(),
        st.integers(1, 2**63 - 1),
    ),
    min_size=8,
    max_size=20,
)


async def everything(url: str) -> Everything:
    """Return all rows of all tables, in an order that does not depend on the database."""
    engine = open_engine(url)
    try:
        async with engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in await connection.execute(select(table))), key=repr)
                for table in tables().sorted_tables
            }
    finally:
        await engine.dispose()


async def put(url: str, rows: Rows) -> None:
    """Write rows as they are, past every door, in the order that is given."""
    engine = open_engine(url)
    async with engine.execution_options(**{WRITES: True}).begin() as connection:
        for table, row in rows:
            await connection.execute(insert(tables().tables[table]), row)
    await engine.dispose()


async def done(url: str, statement: str) -> None:
    """Execute a statement, past every door."""
    engine = open_engine(url)
    async with engine.execution_options(**{WRITES: True}).begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def awkward(made: Iterable[Awkward]) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield rows of five tables with values of every kind that columns have."""
    for number, one in enumerate(made):
        account, place, message = uuid4(), uuid4(), uuid4()
        yield "account", _account(account, one)
        yield "place", _place(place, one)
        yield "message", _message((message, place, account), one)
        words = dict.fromkeys(("rule", "lane", "detail", "label", "kind", "spans"), one.text)
        numbers = {"outcome": one.small, "score": one.score}
        yield "recorded_finding", {"id": uuid4(), "message_id": message, **numbers, **words}
        yield "policy_version", {"number": number, "made_at": NOW, "words": one.text, "own": one.text}


def _account(identity: UUID, one: Awkward) -> dict[str, object]:
    names = dict.fromkeys(("handle_key", "handle_look"), f"{one.text}{identity}")
    moments = {"created_at": NOW, "suspended_until": one.moment}
    flags = {"show_presence": one.flag, "nudges": not one.flag}
    others = ("handle", "password_hash", "email", "role", "time_zone", "guidelines_version")
    return {"id": identity, **names, **moments, **flags, **dict.fromkeys(others, one.text)}


def _place(identity: UUID, one: Awkward) -> dict[str, object]:
    plain = {"closed": False, "slow_seconds": 0, "needs_facilitator": one.flag, "kind": "room"}
    moments = {"created_at": NOW, "last_at": NOW}
    return {"id": identity, "name": one.text, "about": one.text, "last_seq": one.large, **plain, **moments}


def _message(ids: tuple[UUID, UUID, UUID], one: Awkward) -> dict[str, object]:
    keys = dict(zip(("id", "place_id", "author_id"), ids, strict=True)) | {"nonce": uuid4()}
    plain = {"is_opening": one.flag, "depth": 0, "version": 1, "note": "", "state": "held", "seq": one.large}
    told = {"title": one.text, "text": one.text, "html": render(one.text)}
    return {**keys, **plain, **told, "created_at": NOW, "published_at": one.moment}
