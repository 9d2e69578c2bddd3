"""The manager's pages of numbers: for managers alone, in words, charts and files, and no handle on any."""

from datetime import UTC, datetime

import pytest

from forum.accounts.roles import Role
from forum.calendar.kinds import Kind
from tests.builders import Community
from tests.forum.feedback.evenings import TITLE
from tests.forum.numbers.seasons import Season

OCTOBER = datetime(2026, 10, 14, 19, tzinfo=UTC)
PAGES = ("/manage/numbers", "/manage/numbers/dates")
FILES = ("/manage/numbers.csv", "/manage/numbers/dates.csv")


async def test_numbers_are_told_in_tables_charts_and_files_without_a_handle(season: Season) -> None:
    await season.hold(OCTOBER, Kind.SUPPORT, came=7, absent=5)
    await season.hold(OCTOBER.replace(day=21), Kind.GAMES, came=2)

    async with season.community.browser(season.manager) as browser:
        numbers, dates = [(await browser.get(url)).text for url in PAGES]
        october = (await browser.get(f"{PAGES[1]}?month=2026-10")).text
        files = [await browser.get(url) for url in FILES]

    assert numbers.count("<svg") == 3
    assert "All others together" in numbers
    assert "No gathering took place in November 2026" in dates
    assert TITLE in october
    assert "<td>12</td><td>12</td><td>7</td><td>0</td>" in october
    assert "<td>2</td><td>2</td><td>2</td><td>0</td>" in october  # exactly, on the page
    assert [file.headers["content-type"] for file in files] == ["text/csv; header=present; charset=utf-8"] * 2
    assert "2026-10-14 2026-10-21" in files[1].text  # together, in the file
    assert "Heron" not in numbers + dates + october + files[0].text + files[1].text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MODERATOR])
async def test_for_everybody_but_managers_they_do_not_exist(community: Community, role: Role) -> None:
    asking = await community.member("Rowan", role)

    async with community.browser(asking) as browser:
        answers = [(await browser.get(url)).status_code for url in (*PAGES, *FILES)]

    assert answers == [404] * 4


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01", "9999-12", "2026-1", "２０２６-10"])
async def test_a_month_that_there_is_not_is_not_found(community: Community, month: str) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser(marlow) as browser:
        assert (await browser.get(f"{PAGES[1]}?month={month}")).status_code == 404


async def test_before_anything_is_settled_the_page_says_when_it_will_be(community: Community) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser(marlow) as browser:
        told = (await browser.get("/manage/numbers")).text
        manage = (await browser.get("/manage")).text

    assert "There is nothing to tell yet." in told
    assert 'href="/manage/numbers"' in manage
