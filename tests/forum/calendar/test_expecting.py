"""Claims about who is expected: guests by their word, hosts without one, and each of them once."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from forum.calendar.expecting import EXPECTED
from forum.calendar.tables import Occurrence
from tests.builders import Community
from tests.forum.reminders.gathered import coming, holding, plan

Row = tuple[UUID, UUID, str, int | None, bool]


async def expected(community: Community) -> set[Row]:
    """Return everybody who is expected, at any date."""
    async with community.services.database.reading() as session:
        rows = (await session.exec(select(*EXPECTED.c))).all()
    assert len(set(rows)) == len(rows)
    return {tuple(row) for row in rows}


@pytest.mark.everywhere
async def test_guests_are_expected_by_their_word_and_hosts_at_every_date_without_one(
    community: Community,
) -> None:
    rowan, willow, aspen = [await community.member(name) for name in ("Rowan", "Willow", "Aspen")]
    wren, now = await community.member("Wren"), community.clock()
    planned = await plan(community, now.replace(day=25), now.replace(day=26))
    await holding(community, planned, wren)
    first, second = (date.id for date in planned.dates)
    for member, reply, number in ((rowan, "yes", None), (willow, "yes", 4), (aspen, "no", None)):
        await coming(community, member, planned.date, reply, number)

    assert await expected(community) == {
        (first, rowan.id, "yes", None, False),
        (first, willow.id, "yes", 4, False),
        (first, wren.id, "yes", None, True),
        (second, wren.id, "yes", None, True),
    }


@pytest.mark.everywhere
@pytest.mark.parametrize(("reply", "number"), [("yes", None), ("yes", 7), ("maybe", None), ("no", None)])
async def test_a_host_who_signs_up_is_expected_once_never_waits_and_may_say_no(
    community: Community, reply: str, number: int | None
) -> None:
    wren, planned = await community.member("Wren"), await plan(community)
    await holding(community, planned, wren)

    await coming(community, wren, planned.date, reply, number)

    own = {(planned.date.id, wren.id, reply, None, True)}
    assert await expected(community) == (set() if reply == "no" else own)


async def test_dates_and_members_are_found_by_their_indexes_and_nothing_is_read_from_end_to_end(
    community: Community,
) -> None:
    rowan, planned = await community.member(), await plan(community)
    meant = (EXPECTED.c.account_id == rowan.id, EXPECTED.c.occurrence_id == planned.date.id)

    for one in meant:
        query = (
            select(Occurrence.id).join(EXPECTED, EXPECTED.c.occurrence_id == col(Occurrence.id)).where(one)
        )
        sql = str(query.compile(community.services.database.engine, compile_kwargs={"literal_binds": True}))
        async with community.services.database.engine.connect() as connection:
            rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")).all()
        steps = [row[-1] for row in rows]
        assert not [step for step in steps if step.startswith("SCAN") and "expected" not in step]
