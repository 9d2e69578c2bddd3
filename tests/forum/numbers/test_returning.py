"""Returning members: twice within ninety days, each counted once, and never so few that one is told of."""

from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from forum.calendar.kinds import Kind
from forum.numbers.returning import WITHIN, Visit, returning, visits
from forum.transparency.months import Month
from tests.forum.numbers.seasons import Season

OCTOBER = Month(2026, 10)


def came(account_id: UUID, *days_before_the_end: float, kind: str = "support") -> list[Visit]:
    """Return somebody's visits, so many days before the end of October."""
    return [Visit(account_id, OCTOBER.end - timedelta(days=days), kind) for days in days_before_the_end]


def test_who_came_twice_within_ninety_days_returned() -> None:
    twice = [visit for _ in range(6) for visit in came(uuid7(), 1, 90)]
    once = [visit for _ in range(7) for visit in came(uuid7(), 5)]
    too_long_ago = came(uuid7(), 5, 90.01) + came(uuid7(), 0, -1)

    found = returning(OCTOBER, [*twice, *once, *too_long_ago])

    assert timedelta(days=90) == WITHIN
    assert (found.total, found.told.rows) == (6, (("support", 6),))


def test_everybody_counts_where_they_came_most_and_small_kinds_are_put_together() -> None:
    seen = [visit for _ in range(9) for visit in came(uuid7(), 1, 8)]
    seen += [visit for _ in range(3) for visit in came(uuid7(), 1, 8, kind="games")]
    mixed = uuid7()
    seen += came(mixed, 1, 8, kind="social") + came(mixed, 3)

    found = returning(OCTOBER, seen)

    assert (found.total, found.told.rows, found.told.others) == (13, (), 13)
    more = [visit for _ in range(2) for visit in came(uuid7(), 1, 8, kind="games")]
    told = returning(OCTOBER, [*seen, *more]).told
    assert (told.rows, told.others) == ((("support", 9),), 6)


def test_of_1_to_4_only_that_is_told() -> None:
    for count, total in ((0, 0), (1, None), (4, None), (5, 5)):
        found = returning(OCTOBER, [visit for _ in range(count) for visit in came(uuid7(), 1, 2)])

        assert found.total == total


async def test_only_who_came_is_read(season: Season) -> None:
    now = season.community.clock()
    await season.hold(now - timedelta(days=2), Kind.GAMES, came=2, absent=3, maybe=1)
    await season.hold(now - timedelta(days=9), Kind.GAMES, came=1)

    async with season.community.services.database.reading() as session:
        seen = await visits(session, now, now - timedelta(days=5), now)

    assert [(one.account_id, one.kind) for one in seen] == [(one, "games") for one in season.members[:2]]
