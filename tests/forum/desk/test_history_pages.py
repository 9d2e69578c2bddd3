"""What was decided, page by page, with names for administrators only."""

import pytest

from forum.accounts.roles import Role
from forum.desk import history_pages
from tests.builders import Community, acts
from tests.forum.talk import hold_one, ruled, statements


async def test_the_latest_stands_first_and_a_handle_narrows_it(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_pages, "PAGE", 2)
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    for name in ("Rowan", "Wren", "Juniper"):
        waiting = await hold_one(community, await community.member(name), room.id)
        community.clock.forward(minutes=1)
        await ruled(community, linnet, waiting.message_id, release=name != "Wren")
    await hold_one(community, await community.member("Robin"), room.id)

    async with community.browser(linnet) as browser:
        first = (await browser.get("/desk/history")).text
        after = first.partition("after=")[2].partition('"')[0]
        second = (await browser.get(f"/desk/history?after={after}")).text
        of_wren = (await browser.get("/desk/history?handle=wren")).text
        nobody = (await browser.get("/desk/history?handle=nobody")).text
        tampered = await browser.get("/desk/history?after=x")

    assert 0 < first.index("Held message: Juniper") < first.index("Held message: Wren")
    assert ("Held message: Rowan" in first, "Held message: Rowan" in second) == (False, True)
    assert ("Not published" in of_wren, "Juniper" in of_wren, "Robin" in first + second) == (
        True,
        False,
        False,
    )
    assert "Nothing was decided here yet." in nobody
    assert tampered.status_code == 400


async def test_names_are_for_administrators_and_that_they_saw_them_is_noted(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    siskin = await community.member("Siskin", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await ruled(community, linnet, waiting.message_id, release=True)
    pages = []

    for reader in (siskin, harbour):
        async with community.browser(reader) as browser:
            pages.append((await browser.get("/desk/history")).text)

    assert ["by Linnet" in one for one in pages] == [False, True]
    assert [act.actor_id for act in await acts(community) if act.act == "data-read"] == [harbour.id]


async def test_the_history_costs_the_same_queries_however_long_it_is(community: Community) -> None:
    linnet, room, counts = await community.member("Linnet", Role.MODERATOR), await community.room(), []
    for more in (2, 5):
        for number in range(more):
            waiting = await hold_one(community, await community.member(f"Member{more}{number}"), room.id)
            await ruled(community, linnet, waiting.message_id, release=True)
        async with community.browser(linnet) as browser:
            with statements(community.services) as said:
                await browser.get("/desk/history")
        counts.append(len(said))

    assert counts[0] == counts[1]
