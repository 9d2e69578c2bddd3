"""Claims about how PostgreSQL finds a month's dates among thousands: by when they begin."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from forum.calendar.listing import Between, moments_between
from forum.calendar.looking import Looking, View
from forum.services import Services
from tests.builders import Community
from tests.forum.calendar.planned import plan

GATHERINGS, DATES = 10, 200
INDEX = "ix_occurrence_starts_at_id"

Said = tuple[str, Mapping[str, Any]]


@contextmanager
def asked(services: Services) -> Iterator[list[Said]]:
    """Collect the queries that reach the database, with their values."""
    said: list[Said] = []

    def note(_one: object, _cursor: object, statement: str, values: Mapping[str, Any], *_: object) -> None:
        if statement.startswith("SELECT"):
            said.append((statement, values))

    engine = services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans(step: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return how each table, or index, is read below a step of a plan."""
    where = step.get("Index Name") or step.get("Relation Name")
    if where:
        yield step["Node Type"], where
    for below in step.get("Plans", ()):
        yield from scans(below)


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True, scope="session")
async def test_of_two_thousand_dates_a_month_is_found_by_the_index_of_when_they_begin(
    community: Community,
) -> None:
    rowan, now, space = await community.member(), community.clock(), await community.space()
    for number in range(GATHERINGS):
        first = now - timedelta(days=365, hours=number)
        days = (timedelta(days=730 * turn / DATES) for turn in range(DATES))
        await plan(community, *(first + day for day in days), space=space)
    month = Between(now, now + timedelta(days=42))
    engine = community.services.database.engine
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")

    with asked(community.services) as said:
        async with community.services.database.reading() as session:
            found = await moments_between(session, rowan.viewer, month, Looking(View.MONTH))
    [(statement, values)] = said
    async with engine.connect() as connection:
        explained = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", dict(values))
        read = list(scans(explained.scalar_one()[0]["Plan"]))

    assert 100 < len(found) < 130
    assert INDEX in [where for _, where in read], read
    assert ("Seq Scan", "occurrence") not in read
