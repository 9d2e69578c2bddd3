"""The queue's page: what waits, in order, filtered, and several decided at once."""

import pytest

from forum.accounts.roles import Role
from forum.desk import listing
from forum.messages.tables import State
from forum.wellbeing.shifts import start_shift
from tests.builders import HOLDS, IN_DANGER, Community, held, published
from tests.forum.queueing import item_of, open_items
from tests.forum.talk import hold_one, ruled, statements

ADVERT = "Visit https://a.example/1 and https://b.example/2 and https://c.example/3 now."


async def test_a_moderator_sees_what_waits_where_from_whom_and_why(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room(name="Evening check-in")).id)
    item = await item_of(community, waiting.message_id)

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text

    assert f'href="/desk/{item.id}"' in desk
    assert f'data-item="{item.id}"' in desk
    for words in ("Held message", "Rowan", "Evening check-in", "Harm to who reads it", HOLDS, "1 item waits"):
        assert words in desk


async def test_where_somebody_may_be_in_danger_stands_first_and_is_covered(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    unkind = await hold_one(community, wren, room.id)
    community.clock.forward(minutes=5)
    danger = published(await community.say(rowan, room.id, IN_DANGER))
    first, below = [await item_of(community, one.message_id) for one in (danger, unkind)]

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text

    assert 0 < desk.index(f'href="/desk/{first.id}"') < desk.index(f'href="/desk/{below.id}"')
    assert '<details class="cover">' in desk.partition(f'data-item="{below.id}"')[0]
    assert '<details class="cover">' not in desk.partition(f'data-item="{below.id}"')[2]


async def test_a_plain_form_shows_only_what_was_asked_for(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    waiting = await hold_one(community, rowan, room.id)
    item = await item_of(community, waiting.message_id)
    link = f'href="/desk/{item.id}?'

    async with community.browser(linnet) as browser:
        of_kind = (await browser.get("/desk?kind=held&space=&stage=&older=")).text
        of_space = (await browser.get(f"/desk?space={room.space_id}&stage=new")).text
        others = [(await browser.get(f"/desk?{asked}")).text for asked in ("kind=care", "older=1")]
        nonsense = (await browser.get("/desk?kind=x&stage=%01&space=1&older=9")).text
        community.clock.forward(hours=2)
        later = (await browser.get("/desk?older=1")).text

    assert [link in one for one in (of_kind, of_space, *others, later)] == [True, True, False, False, True]
    assert "Nothing of this kind waits." in others[0]
    assert f'href="/desk/{item.id}"' in nonsense


async def test_others_see_who_looks_at_what_and_who_is_on_shift(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await start_shift(community.services, linnet.id)
    async with community.browser(linnet) as browser:
        await browser.get(f"/desk/{waiting.message_id}")
        own = (await browser.get("/desk")).text

    async with community.browser(harbour) as browser:
        desk = (await browser.get("/desk")).text

    assert "You look at this until" in own
    assert "Linnet looks at this until" in desk
    assert "Linnet is on shift" in desk
    assert "Open the first" not in desk


async def test_several_alike_are_refused_together_and_each_has_its_answer(community: Community) -> None:
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    adverts = [
        held(await community.say(await community.member(f"New{n}", days=0), room.id, f"{ADVERT} {n}"))
        for n in range(3)
    ]
    unkind = await hold_one(community, await community.member("Wren"), room.id)
    items = {item.message_id: item for item in await open_items(community)}
    fields = {f"item-{one.id}": str(one.version) for one in items.values()}
    await ruled(community, linnet, adverts[2].message_id, release=True)

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        none = await browser.post("/desk/several", action="refuse", reason="no-dealing")
        without = await browser.post("/desk/several", **fields, action="refuse")
        answer = await browser.post("/desk/several", **fields, action="refuse", reason="no-dealing")

    assert f'name="item-{items[adverts[0].message_id].id}"' in desk
    assert f'name="item-{items[unkind.message_id].id}"' not in desk
    assert (none.status_code, "Tick at least one." in none.text) == (422, True)
    assert (without.status_code, without.text.count(" checked") >= 2) == (422, True)
    assert "2 of them are decided." in answer.text
    assert "Somebody has decided on this already." in answer.text
    assert "This one needs to be read by itself." in answer.text
    states = [(await community.message(one.message_id)).state for one in (*adverts, unkind)]
    assert states == [State.REFUSED, State.REFUSED, State.PUBLISHED, State.HELD]


async def test_the_desk_costs_the_same_queries_for_three_items_and_for_more(community: Community) -> None:
    linnet, room, counts = await community.member("Linnet", Role.MODERATOR), await community.room(), []
    for more in (3, 9):
        for number in range(more):
            await hold_one(community, await community.member(f"Member{more}{number}"), room.id)
        async with community.browser(linnet) as browser:
            with statements(community.services) as said:
                await browser.get("/desk")
        counts.append(len(said))

    assert counts[0] == counts[1]


async def test_older_items_are_a_page_away_across_the_lanes(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 1)
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    unkind = await hold_one(community, wren, room.id)
    community.clock.forward(minutes=5)
    danger = published(await community.say(rowan, room.id, IN_DANGER))
    first_id, second_id = [str((await item_of(community, one.message_id)).id) for one in (danger, unkind)]

    async with community.browser(linnet) as browser:
        first = (await browser.get("/desk")).text
        older = first.partition('href="/desk?after=')[2].partition('"')[0]
        second = (await browser.get(f"/desk?after={older}")).text
        tampered = await browser.get("/desk?after=yesterday")

    assert (first_id in first, second_id in first) == (True, False)
    assert (first_id in second, second_id in second) == (False, True)
    assert tampered.status_code == 400


async def test_whoever_rests_reads_no_queue(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    async with community.browser(linnet) as browser:
        await browser.post("/desk/care-for-us/pause")

        desk = await browser.get("/desk")

    assert "Come back now" in desk.text
