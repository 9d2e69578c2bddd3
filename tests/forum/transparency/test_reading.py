"""Reading months from the audit log."""

from datetime import timedelta

from forum.transparency.months import SETTLES, Month
from forum.transparency.reading import KEPT, Reading, read
from tests.builders import Community
from tests.forum.talk import statements
from tests.forum.transparency.logs import OCTOBER, ruling, undone, write

MONTH, NOVEMBER = Month(2026, 10), Month(2026, 11)


async def reading(community: Community, month: Month | None = None) -> Reading:
    """Return what is read now, which must be there."""
    found = await read(community.services.database, month, community.clock())
    assert found is not None
    return found


async def test_without_a_month_the_last_that_is_over_is_read(community: Community) -> None:
    await write(community, [ruling() for _ in range(5)])

    found = await reading(community)

    assert (found.figures.headline.month, found.figures.headline.total) == (MONTH, 5)
    assert found.months == (NOVEMBER, MONTH)


async def test_a_new_community_reads_its_first_month(community: Community) -> None:
    found = await reading(community)

    assert (found.figures.headline.month, found.figures.running) == (NOVEMBER, True)


async def test_months_before_the_log_and_after_now_are_not_there(community: Community) -> None:
    await write(community, [ruling()])

    for month in (Month(2026, 9), Month(2026, 12), Month(0, 1), Month(9999, 12)):
        assert await read(community.services.database, month, community.clock()) is None


async def test_queries_are_the_same_however_many_months_there_are(community: Community) -> None:
    counts, long_ago = [], OCTOBER - timedelta(days=400)
    for number in (1, 14):
        await write(community, [ruling(at=long_ago + timedelta(days=28 * one)) for one in range(number)])
        KEPT.clear()
        with statements(community.services) as said:
            await reading(community)
        counts.append(len(said))

    assert counts[0] == counts[1] == 3


async def test_what_was_counted_is_not_read_again(community: Community) -> None:
    await write(community, [ruling() for _ in range(5)])
    first = await reading(community)

    with statements(community.services) as said:
        again = await reading(community)

    assert not any("audit_entry.details" in one for one in said)
    assert again.figures is first.figures


async def test_a_running_month_is_counted_anew_when_the_log_goes_on(community: Community) -> None:
    now = community.clock()
    await write(community, [ruling(at=now) for _ in range(5)])
    before = await reading(community, NOVEMBER)
    await write(community, [ruling(at=now) for _ in range(5)])

    after = await reading(community, NOVEMBER)

    assert (before.figures.headline.total, after.figures.headline.total) == (5, 10)


async def test_a_month_that_ends_is_told_in_full_though_nothing_was_added(community: Community) -> None:
    await write(community, [ruling(at=community.clock()) for _ in range(7)])
    running = await reading(community, NOVEMBER)
    community.clock.now = NOVEMBER.end + SETTLES

    over = await reading(community, NOVEMBER)

    assert (running.figures.headline.total, over.figures.headline.total) == (5, 7)


async def test_a_month_that_is_over_does_not_change_when_something_is_reversed(community: Community) -> None:
    made = [ruling(subject=f"message:{number}") for number in range(6)]
    await write(community, made)
    await reading(community)
    await write(community, [undone("message:1", at=community.clock(), how="reversed")])

    again = await reading(community)

    assert again.figures.headline.total == 6
