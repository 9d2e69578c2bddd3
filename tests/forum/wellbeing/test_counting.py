"""How much it was: sessions end after a gap, weeks begin where one lives, and each item counts once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.roles import Role
from forum.wellbeing.counting import (
    GAP,
    MANY,
    Decided,
    Moments,
    Tally,
    monday_of,
    session_start,
    tally,
    tally_of,
)
from tests.builders import Community
from tests.forum.talk import statements
from tests.forum.wellbeing.deciding import decided, opened, read_hard

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)  # a Sunday
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def hard(minutes_ago: float, item_id: UUID | None = None) -> Decided:
    return Decided(NOW - timedelta(minutes=minutes_ago), item_id or uuid4(), hard=True)


def test_a_session_goes_back_to_the_first_gap() -> None:
    found = tally([hard(200), hard(50), hard(25), hard(1)], Moments(NOW, MONDAY))

    assert found == Tally(session=3, week=4, since_pause=3)


def test_half_an_hour_without_a_ruling_ends_the_session() -> None:
    assert tally([hard(30)], Moments(NOW, MONDAY)).session == 0
    assert tally([hard(29.9)], Moments(NOW, MONDAY)).session == 1


def test_mild_items_keep_a_session_going_but_do_not_count() -> None:
    mild = Decided(NOW - timedelta(minutes=20), uuid4(), hard=False)

    assert tally([hard(45), mild], Moments(NOW, MONDAY)).session == 1


def test_an_item_that_was_decided_twice_counts_once() -> None:
    item = uuid4()

    assert tally([hard(9, item), hard(3, item)], Moments(NOW, MONDAY)).session == 1


def test_a_pause_is_suggested_after_five_and_again_only_after_five_more() -> None:
    decisions = [hard(minute) for minute in (25, 24, 23, 22, 21)]
    paused = NOW - timedelta(minutes=20)

    assert tally(decisions[:4], Moments(NOW, MONDAY)).suggests_pause is False
    assert tally(decisions, Moments(NOW, MONDAY)).suggests_pause is True
    assert tally([*decisions, hard(2)], Moments(NOW, MONDAY, paused)) == Tally(6, 6, 1)


def test_a_week_begins_on_monday_where_the_moderator_lives() -> None:
    late_on_sunday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert monday_of(late_on_sunday, "UTC") == datetime(2026, 11, 16, tzinfo=UTC)
    assert monday_of(late_on_sunday, "Europe/Berlin") == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    # In the week in which the clocks went back, Monday began by the old time.
    assert monday_of(datetime(2026, 10, 25, 12, tzinfo=UTC), "Europe/Berlin") == datetime(
        2026, 10, 18, 22, tzinfo=UTC
    )


@given(st.lists(st.integers(0, 600), max_size=30).map(lambda ago: sorted(ago, reverse=True)))
def test_within_a_session_no_two_rulings_are_half_an_hour_apart(ago: list[int]) -> None:
    moments = [NOW - timedelta(minutes=minutes) for minutes in ago]

    start = session_start(moments, NOW)

    inside = [*(moment for moment in moments if moment >= start), NOW]
    before = [moment for moment in moments if moment < start]
    assert all(later - earlier < GAP for earlier, later in pairwise(inside))
    assert not before or start - before[-1] >= GAP


async def test_only_ones_own_hard_rulings_count_and_one_query_is_enough(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    rowan = await community.member()
    await read_hard(community, linnet, rowan, MANY)
    await decided(community, linnet, await opened(community, rowan, severity=2))
    await decided(community, linnet, await opened(community, rowan, severity=0, lane=0))
    await decided(community, curlew, await opened(community, rowan))

    async with community.services.database.reading() as session:
        with statements(community.services) as said:
            found = await tally_of(session, linnet.viewer, community.clock())

    assert found == Tally(MANY + 1, MANY + 1, MANY + 1)
    assert found.suggests_pause
    assert len(said) == 1
