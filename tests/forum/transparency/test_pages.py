"""The public page of what was decided, and its file."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from tests.builders import Browser, Community
from tests.forum.talk import statements
from tests.forum.transparency.logs import OCTOBER, Said, an_evening, ruling, write


async def plain(browser: Browser, url: str) -> str:
    """Return what a page says, without tags and with single spaces."""
    answer = await browser.get(url)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2].partition("</main")[0]).split())


async def test_anybody_reads_the_last_month_in_sentences(community: Community) -> None:
    await write(community, an_evening())

    async with community.browser() as browser:
        said = await plain(browser, "/transparency")
        page = (await browser.get("/transparency")).text

    assert "In October 2026 a person made 70 decisions." in said
    assert "Half were made within 9 minutes, nine in ten within 2 hours." in said
    assert "The machine held 60 messages and edits." in said
    assert "a person published 67% as they were written" in said
    assert "12 appeals were decided. In 5 of them the author was right." in said
    assert 'href="/transparency/2026-11"' in page


async def test_a_running_month_is_marked_so(community: Community) -> None:
    await write(community, [ruling(at=community.clock()) for _ in range(8)])

    async with community.browser() as browser:
        said = await plain(browser, "/transparency/2026-11")

    assert "This month is still running." in said
    assert "at least 5 decisions so far" in said


async def test_an_empty_month_and_one_with_few_decisions_say_so_in_a_sentence(community: Community) -> None:
    await write(community, [ruling(at=OCTOBER - timedelta(days=60)), *(ruling() for _ in range(4))])

    async with community.browser() as browser:
        empty, few = [await plain(browser, f"/transparency/2026-{month}") for month in ("09", "10")]

    assert "In September 2026 nothing had to be decided by a person." in empty
    assert "In October 2026 there were fewer than five decisions." in few


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-1", "october", "2026-09", "2026-12", "0000-01", "9999-12", "%01"]
)
async def test_months_that_cannot_be_are_not_there(community: Community, month: str) -> None:
    await write(community, [ruling()])

    async with community.browser() as browser:
        statuses = [(await browser.get(f"/transparency/{month}{end}")).status_code for end in ("", ".csv")]

    assert statuses == [404, 404]


async def test_the_file_is_offered_as_a_download(community: Community) -> None:
    await write(community, an_evening())

    async with community.browser() as browser:
        answer = await browser.get("/transparency/2026-10.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="decisions-2026-10.csv"'
    assert "2026-10,final,decisions,all,Decisions,70,count\r\n" in answer.text


async def test_every_chart_is_named_and_described_and_has_its_table(community: Community) -> None:
    for back in (2, 1, 0):
        at = OCTOBER - timedelta(days=31 * back)
        await write(community, [ruling(at=at) for _ in range(12)])
    await write(community, an_evening())

    async with community.browser() as browser:
        page = (await browser.get("/transparency")).text

    charts = [ElementTree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]  # noqa: S314
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert len(charts) == 3
    assert all(set(chart.attrib["aria-labelledby"].split()) <= ids for chart in charts)
    assert all(chart.findtext("title") and chart.findtext("desc") for chart in charts)
    assert page.count("<table>") >= len(charts)


async def test_nothing_that_names_anybody_is_on_the_page_or_in_the_file(community: Community) -> None:
    rowan = await community.member()
    telling = [
        ruling(Said(rule=str(rowan.id), kind="Rowan"), subject=f"account:{rowan.id}") for _ in range(9)
    ]
    entries = [*an_evening(), *telling]
    await write(community, entries)

    async with community.browser() as browser:
        told = "".join([(await browser.get(f"/transparency{end}")).text for end in ("", "/2026-10.csv")])

    assert "Rowan" not in told
    assert not [one.subject for one in entries if one.subject.partition(":")[2] in told]


async def test_the_page_costs_the_same_queries_however_much_was_decided(community: Community) -> None:
    counts = []
    for _ in range(2):
        await write(community, an_evening())
        async with community.browser() as browser:
            with statements(community.services) as said:
                await browser.get("/transparency/2026-11")
        counts.append(len(said))

    assert counts[0] == counts[1]


async def test_every_page_and_the_guidelines_lead_there(community: Community) -> None:
    async with community.browser() as browser:
        home, guidelines = (await browser.get("/")).text, (await browser.get("/guidelines")).text

    assert 'href="/transparency"' in home
    assert 'href="/transparency"' in guidelines.partition("<main")[2].partition("</main")[0]
