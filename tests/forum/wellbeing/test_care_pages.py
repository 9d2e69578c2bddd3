"""The moderators' own page: every choice on it is kept, and nobody else knows that there is one."""

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.review.tables import ReviewItem
from forum.wellbeing.buddies import choose_buddy
from forum.wellbeing.debriefing import TALK, say_how
from forum.wellbeing.shifts import start_shift
from tests.builders import Community
from tests.forum.talk import hold_one, statements
from tests.forum.wellbeing.deciding import read_hard
from tests.forum.wellbeing.test_debriefing import cared_for

HERE = "/desk/care-for-us"


async def test_every_choice_is_kept_and_shown(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await community.member("Curlew", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        answers = [
            await browser.post(f"{HERE}/cover", cover="all"),
            await browser.post(f"{HERE}/topics", **{"leave-drugs": "on", "leave-children": "on"}),
            await browser.post(f"{HERE}/buddy", buddy="Curlew"),
            await browser.post(f"{HERE}/shift", do="start"),
        ]
        page = (await browser.get(answers[-1].headers["location"])).text

    assert [answer.headers["location"].partition("=")[2] for answer in answers] == [
        "cover",
        "topics",
        "buddy",
        "on",
    ]
    assert 'value="all" required checked' in page
    assert 'name="leave-drugs" type="checkbox" value="on" checked' in page
    assert "Your buddy is Curlew." in page
    assert "You are on shift" in page
    assert "End my shift" in page


async def test_a_shift_is_ended_and_a_buddy_let_go(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    await start_shift(community.services, linnet.id)

    async with community.browser(linnet) as browser:
        ended = await browser.post(f"{HERE}/shift", do="end")
        alone = await browser.post(f"{HERE}/buddy", buddy="")
        page = (await browser.get(HERE)).text

    assert [one.headers["location"].partition("=")[2] for one in (ended, alone)] == ["off", "no-buddy"]
    assert "You have no buddy yet." in page
    assert "Start my shift" in page


async def test_after_five_hard_ones_a_pause_is_suggested_but_nothing_is_closed(community: Community) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()
    await read_hard(community, linnet, rowan, 4)

    async with community.browser(linnet) as browser:
        before = (await browser.get(HERE)).text
        await read_hard(community, linnet, rowan, 1)
        after = (await browser.get(HERE)).text
        desk = await browser.get("/desk")

    assert "That was" not in before
    assert "That was 5 hard ones." in after
    assert "In this session you decided on 5 hard items." in after
    assert desk.status_code == 200


@pytest.mark.parametrize(
    ("form", "fields", "words"),
    [
        ("cover", {"cover": "x"}, "Choose one from the list."),
        ("topics", {"leave-politics": "on"}, "Choose from the list."),
        ("buddy", {"buddy": "Nobody Here"}, "Choose another moderator from the list, or nobody."),
    ],
)
async def test_a_mistake_is_named(
    community: Community, form: str, fields: dict[str, str], words: str
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        answer = await browser.post(f"{HERE}/{form}", **fields)
        again = await browser.get(f"{HERE}/{form}")

    assert (answer.status_code, again.status_code) == (422, 200)
    assert words in answer.text


async def test_an_item_is_handed_to_the_buddy_from_the_desk(community: Community) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()
    curlew = await community.member("Curlew", Role.MODERATOR)
    await hold_one(community, rowan, (await community.room()).id)
    async with community.services.database.reading() as session:
        item = (await session.exec(select(ReviewItem))).one()
    fields = {"item": str(item.id), "version": str(item.version), "why": ""}

    async with community.browser(linnet) as browser:
        alone = await browser.post(f"{HERE}/hand", **fields)
        await choose_buddy(community.services, linnet.viewer, "Curlew")
        stale = await browser.post(f"{HERE}/hand", **fields | {"version": "99"})
        nonsense = await browser.post(f"{HERE}/hand", **fields | {"item": "x"})
        handed = await browser.post(f"{HERE}/hand", **fields)

    async with community.services.database.reading() as session:
        now = (await session.exec(select(ReviewItem))).one()
    assert (alone.status_code, stale.status_code, nonsense.status_code) == (422, 409, 400)
    assert handed.headers["location"] == f"{HERE}?done=handed"
    assert now.claimed_by == curlew.id


async def test_whoever_was_told_sees_who_would_like_to_talk_and_says_when_they_have(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    curlew = await community.member("Curlew", Role.MODERATOR)
    await choose_buddy(community.services, linnet.viewer, "Curlew")
    await say_how(community.services, linnet.viewer, await cared_for(community, linnet), TALK)

    async with community.browser(curlew) as browser:
        notices = (await browser.get("/notices")).text
        before = (await browser.get(HERE)).text
        done = await browser.post(f"{HERE}/talks/{linnet.id}")
        after = (await browser.get(done.headers["location"])).text
        again = await browser.post(f"{HERE}/talks/{linnet.id}")

    assert f'<a href="{HERE}">A moderator would like to talk to you' in notices
    assert "Linnet would like to talk to somebody" in before
    assert "Linnet would like to talk to somebody" not in after
    assert again.status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if not role.can_moderate])
async def test_for_everybody_else_there_is_no_such_page(community: Community, role: Role) -> None:
    rowan = await community.member("Rowan", role)

    async with community.browser(rowan) as browser:
        pages = [await browser.get(url) for url in (HERE, f"{HERE}/cover")]
        forms = [
            await browser.post(f"{HERE}/{form}")
            for form in ("shift", "cover", "topics", "buddy", "hand", f"talks/{rowan.id}")
        ]

    assert {answer.status_code for answer in (*pages, *forms)} == {404}


async def test_the_page_asks_the_same_whether_the_team_is_small_or_large(community: Community) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()
    counts = []

    async with community.browser(linnet) as browser:
        for team in ((), ("Curlew", "Dunlin", "Wren")):
            for handle in team:
                other = await community.member(handle, Role.MODERATOR)
                await start_shift(community.services, other.id)
                await choose_buddy(community.services, other.viewer, "Linnet")
                await say_how(community.services, other.viewer, await cared_for(community, other), TALK)
                await read_hard(community, linnet, rowan, 3)
            with statements(community.services) as said:
                await browser.get(HERE)
            counts.append(len(said))

    assert counts[0] == counts[1]
