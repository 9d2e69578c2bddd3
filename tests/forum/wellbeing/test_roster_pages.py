"""The roster's page: the week in words and in a table, by one's own clock, and hours taken and given back."""

import re

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.wellbeing.shifts import start_shift
from forum.wellbeing.signing_on import Hours, take_hours
from tests.builders import Browser, Community, Member
from tests.forum.talk import statements


async def living_in(community: Community, handle: str, zone: str) -> Member:
    """A moderator in a time zone."""
    member = await community.member(handle, Role.MODERATOR)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, member.id)).time_zone = zone
    return member


async def cells(browser: Browser, url: str = "/desk/roster") -> list[list[str]]:
    """The table's cells as text, a list for each hour."""
    page = (await browser.get(url)).text
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL)
    return [[re.sub("<[^>]*>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row)] for row in rows]


async def test_hours_are_taken_by_ones_own_clock_and_read_by_another(community: Community) -> None:
    linnet = await living_in(community, "Linnet", "Europe/Berlin")
    curlew = await living_in(community, "Curlew", "America/New_York")

    async with community.browser(linnet) as browser:
        taken = await browser.post("/desk/roster", weekday="0", start="19", end="21")
        mine = await cells(browser)
        page = (await browser.get(taken.headers["location"])).text
    async with community.browser(curlew) as browser:
        theirs = await cells(browser)

    assert taken.headers["location"] == "/desk/roster?done=taken"
    assert [row[0] for row in mine[18:22]] == ["nobody", "Linnet", "Linnet", "nobody"]
    assert [row[0] for row in theirs[12:16]] == ["nobody", "Linnet", "Linnet", "nobody"]
    assert re.search(r"Monday, 7:00\sPM – 9:00\sPM", page)


async def test_hours_are_given_back(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await take_hours(community.services, linnet.viewer, Hours(0, 19, 21, "Asia/Kolkata"))
    fields = {"weekday": "0", "start": "19", "end": "21"}

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/roster")).text
        odd = await browser.post("/desk/roster/leave", **fields, zone="Nowhere")
        back = await browser.post("/desk/roster/leave", **fields, zone="Asia/Kolkata")
        after = (await browser.get(back.headers["location"])).text

    assert "Asia/Kolkata" in page
    assert odd.status_code == 400
    assert "You have no hours yet." in after


async def test_what_nobody_has_is_told_in_words_day_by_day(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await take_hours(community.services, linnet.viewer, Hours(0, 0, 24, "UTC"))
    await take_hours(community.services, linnet.viewer, Hours(1, 6, 23, "UTC"))

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/roster?week=2026-11-26")).text

    gaps = re.sub("<[^>]*>", "", page.partition('<h2 id="gaps">')[2].partition("</section>")[0])
    assert "Monday 23 November" not in gaps
    assert re.search(r"Tuesday 24 November: 12:00\sAM – 6:00\sAM, 11:00\sPM – 12:00\sAM", gaps)
    assert "Wednesday 25 November: all day" in gaps


async def test_a_full_week_says_so(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    for day in range(7):
        await take_hours(community.services, linnet.viewer, Hours(day, 0, 24, "UTC"))

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/roster")).text

    assert "Somebody is there in every hour of this week." in page
    assert ">nobody<" not in page


async def test_in_the_week_in_which_the_clocks_go_forward_an_hour_is_not_there(community: Community) -> None:
    linnet = await living_in(community, "Linnet", "Europe/Berlin")

    async with community.browser(linnet) as browser:
        forward = await cells(browser, "/desk/roster?week=2026-03-25")
        back = await cells(browser, "/desk/roster?week=2026-10-25")

    assert [row[6] for row in forward[1:4]] == ["nobody", "no such hour", "nobody"]
    assert {cell for row in back for cell in row} == {"nobody"}


@pytest.mark.parametrize("week", ["x", "0001-01-01", "9999-12-31", "2026-13-45", "\u0662\u0660\u0662\u0666"])
async def test_a_week_that_makes_no_sense_is_this_one(community: Community, week: str) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/roster", params={"week": week})).text

    assert "Monday 16 November" in page
    assert "(today)" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"weekday": "7", "start": "19", "end": "21"}, "Choose a day."),
        ({"weekday": "0", "start": "x", "end": "21"}, "Choose when it begins."),
        ({"weekday": "0", "start": "21", "end": "19"}, "Choose an end after the beginning."),
        ({}, "Choose a day."),
    ],
)
async def test_a_mistake_is_named_and_what_was_chosen_stays(
    community: Community, fields: dict[str, str], words: str
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with community.browser(linnet) as browser:
        answer = await browser.post("/desk/roster", **fields)
        again = await browser.get("/desk/roster/leave")

    assert (answer.status_code, again.status_code) == (422, 200)
    assert words in answer.text
    if fields.get("start") == "21":
        assert '<option value="21" selected>' in answer.text


async def test_the_table_can_be_read_and_moved_by_keyboard(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    await start_shift(community.services, linnet.id)

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/roster")).text

    assert '<div class="sideways" role="region" aria-label="The week by hours and days" tabindex="0">' in page
    assert page.count('scope="col"') == 8
    assert page.count('scope="row"') == 24
    assert "You are on shift" in page


@pytest.mark.parametrize("role", [role for role in Role if not role.can_moderate])
async def test_for_everybody_else_there_is_no_roster(community: Community, role: Role) -> None:
    rowan = await community.member("Rowan", role)

    async with community.browser(rowan) as browser:
        answers = [
            await browser.get("/desk/roster"),
            await browser.post("/desk/roster", weekday="0", start="19", end="21"),
            await browser.post("/desk/roster/leave", weekday="0", start="19", end="21", zone="UTC"),
        ]

    assert [answer.status_code for answer in answers] == [404] * 3


async def test_the_page_asks_the_same_however_many_are_on_the_roster(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    counts = []

    async with community.browser(linnet) as browser:
        for team in ((), ("Curlew", "Dunlin", "Wren")):
            for handle in team:
                other = await community.member(handle, Role.MODERATOR)
                await take_hours(community.services, other.viewer, Hours(2, 8, 20, "Europe/Berlin"))
                await start_shift(community.services, other.id)
            with statements(community.services) as said:
                await browser.get("/desk/roster")
            counts.append(len(said))

    assert counts[0] == counts[1]
