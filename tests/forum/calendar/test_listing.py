"""Claims about lists of dates: in order, each once, for who may see them, in the same number of queries."""

from datetime import datetime, timedelta

import pytest

from forum.accounts.roles import Role
from forum.calendar.cards import Card
from forum.calendar.kinds import Kind, Pathway
from forum.calendar.listing import (
    Between,
    cards_before,
    cards_from,
    cards_of,
    date_about,
    id_of,
    moments_between,
    next_up,
    others_of,
)
from forum.calendar.looking import Looking, View
from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming, Stage
from forum.cursor import Cursor
from forum.spaces.tables import Audience
from tests.builders import Community, Member
from tests.forum.calendar.planned import change, keeper, part_off, plan
from tests.forum.talk import statements

ALL = Looking(View.LIST)
HOUR = timedelta(hours=1)


async def listed(community: Community, who: Member | None, looking: Looking = ALL) -> list[Card]:
    """Return every date from now on, as somebody sees it."""
    async with community.services.database.reading() as session:
        return await cards_from(session, who.viewer if who else None, community.clock(), looking, 100)


@pytest.mark.everywhere
async def test_paging_gives_each_date_once_in_order_also_where_many_begin_at_once(
    community: Community,
) -> None:
    rowan, now, space = await community.member(), community.clock(), await community.space()
    planned = await plan(community, *[now + HOUR * (number // 4) for number in range(11)], space=space)
    pages, start = list[list[Card]](), now - HOUR

    at: datetime | Cursor = start
    async with community.services.database.reading() as session:
        while found := await cards_from(session, rowan.viewer, at, ALL, 3):
            pages.append(found)
            at = Cursor(found[-1].starts_at, found[-1].id)
        back = await cards_before(
            session, rowan.viewer, Cursor(pages[2][0].starts_at, pages[2][0].id), ALL, 3
        )

    shown = [card.id for one in pages for card in one]
    assert sorted(shown) == sorted(date.id for date in planned.dates)
    assert len(set(shown)) == 11
    assert back == pages[1]


@pytest.mark.everywhere
async def test_a_span_begins_with_its_first_moment_and_ends_before_its_last(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now - HOUR, now, now + HOUR, now + 2 * HOUR)

    async with community.services.database.reading() as session:
        found = await moments_between(session, rowan.viewer, Between(now, now + 2 * HOUR), ALL)
        cards = await cards_of(session, rowan.viewer, [id_of(key) for key, _ in found])

    assert [starts_at for _, starts_at in found] == [now, now + HOUR]
    assert [card.id for card in cards] == [date.id for date in planned.dates[1:3]]


@pytest.mark.everywhere
async def test_everybody_is_listed_what_they_may_see_and_nothing_else(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MENTOR)
    linnet, host = await community.member("Linnet", Role.MODERATOR), await community.member("Fern")
    invited = await community.space(Audience.INVITED)
    await plan(community, title="For all", is_public=True)
    await plan(community, title="Members")
    await plan(community, title="Mentors", for_whom="mentors", hosts=(host,))
    await plan(community, title="Invited", space=invited)
    await plan(community, title="Draft", stage=Stage.DRAFT, hosts=(host,))

    titles = {
        who.viewer.handle if who else "": {card.title for card in await listed(community, who)}
        for who in (None, rowan, wren, linnet, host)
    }

    assert titles == {
        "": {"For all"},
        "Rowan": {"For all", "Members"},
        "Wren": {"For all", "Members", "Mentors"},
        "Linnet": {"For all", "Members", "Mentors", "Invited"},
        "Fern": {"For all", "Members", "Mentors"},
    }


async def test_lists_are_narrowed_by_kind_and_pathway(community: Community) -> None:
    rowan = await community.member()
    await plan(community, title="Games", kind=Kind.GAMES, pathway=Pathway.FAMILIES)
    await plan(community, title="Support", kind=Kind.SUPPORT, pathway=Pathway.FAMILIES)

    games = await listed(community, rowan, Looking(View.LIST, kind=Kind.GAMES))
    families = await listed(community, rowan, Looking(View.LIST, pathway=Pathway.FAMILIES))
    neither = await listed(community, rowan, Looking(View.LIST, kind=Kind.GAMES, pathway=Pathway.FIRST_STEPS))

    assert [card.title for card in games] == ["Games"]
    assert {card.title for card in families} == {"Games", "Support"}
    assert neither == []


async def test_a_card_says_whether_it_is_off_and_what_oneself_has_answered(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    now = community.clock()
    planned = await plan(community, now + HOUR, now + 2 * HOUR, capacity=1)
    await sign_up(community.services, wren.viewer, planned.id, Coming.YES)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    await change(community, planned.dates[1], cancelled_at=now)

    mine, others = await listed(community, rowan), await listed(community, wren)

    assert [(card.reply, card.seated, card.cancelled) for card in mine] == [
        (Coming.YES, False, False),
        (None, False, True),
    ]
    assert others[0].seated


@pytest.mark.everywhere
async def test_next_up_are_ones_own_dates_and_then_others_that_go_ahead(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, *[now + number * HOUR for number in range(1, 8)], minutes=30)
    begun = await plan(community, now - timedelta(minutes=10), title="Begun")
    first, second, third, fourth, fifth, sixth, _ = planned.dates
    await change(community, first, cancelled_at=now)
    await sign_up(community.services, rowan.viewer, second.id, Coming.NO)
    await sign_up(community.services, rowan.viewer, fifth.id, Coming.MAYBE)

    async with community.services.database.reading() as session:
        found = await next_up(session, rowan.viewer, now, 4)

    assert [card.id for card in found] == [fifth.id, begun.id, third.id, fourth.id]
    assert sixth.id not in {card.id for card in found}


async def test_an_outing_of_several_days_is_next_until_it_ends(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    outing = await plan(community, now - timedelta(days=3), minutes=5 * 24 * 60)

    async with community.services.database.reading() as session:
        found = await next_up(session, rowan.viewer, now, 3)

    assert [card.id for card in found] == [outing.id]


async def test_what_is_next_costs_two_queries_however_much_there_is(community: Community) -> None:
    rowan, now, counts = await community.member(), community.clock(), []
    for number in (1, 9):
        await plan(community, *[now + one * HOUR for one in range(1, number + 1)], title=f"Of {number}")
        with statements(community.services) as said:
            async with community.services.database.reading() as session:
                await next_up(session, rowan.viewer, now, 3)
        counts.append(len(said))

    assert counts == [2, 2]


@pytest.mark.everywhere
async def test_other_dates_are_of_the_same_series_also_where_some_were_parted_off(
    community: Community,
) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now - 5 * HOUR, now + HOUR, now + 2 * HOUR)
    await plan(community, now + HOUR, title="Something else")
    parted = await part_off(community, planned, now + 3 * HOUR)

    async with community.services.database.reading() as session:
        of_one = await others_of(session, rowan.viewer, planned.dates[1], now, 10)
        of_parted = await others_of(session, rowan.viewer, parted.dates[0], now, 10)

    assert [card.id for card in of_one] == [planned.dates[2].id, parted.id]
    assert [card.id for card in of_parted] == [planned.dates[1].id, planned.dates[2].id]


async def test_words_lead_to_their_next_date_and_then_to_the_last_one(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now - 5 * HOUR, now + HOUR, now + 2 * HOUR)
    draft = await plan(community, title="Draft", stage=Stage.DRAFT)
    manager = await keeper(community)

    async def about(place_id: object, who: Member, moment: datetime) -> object:
        async with community.services.database.reading() as session:
            return await date_about(session, who.viewer, place_id, moment)  # type: ignore[arg-type]

    place_id = planned.gathering.place_id
    assert await about(place_id, rowan, now) == planned.dates[1].id
    assert await about(place_id, rowan, now + timedelta(days=9)) == planned.dates[2].id
    assert await about(draft.gathering.place_id, manager, now) == draft.id
    assert await about(manager.id, manager, now) is None
