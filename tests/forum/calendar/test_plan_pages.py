"""Claims about planning in a browser without scripts: every mistake is named, and nothing typed is lost."""

import re

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.calendar.scopes import Scope
from forum.calendar.tables import Gathering, Occurrence, Stage
from tests.builders import GIVES_AWAY, HOLDS, Browser, Community
from tests.forum.calendar.gatherings import FORM, WEEKLY, Calendar

NEW = "/manage/gatherings/new"


def hidden(page: str, name: str) -> str:
    """Return what stands in a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


async def opened(browser: Browser, url: str) -> dict[str, str]:
    """Return what a form's hidden fields hold."""
    page = (await browser.get(url)).text
    return {
        name: hidden(page, name)
        for name in ("nonce", "key", "version", "based_on", "scope", "date_id", "did")
    }


async def rows(community: Community) -> list[Gathering]:
    async with community.services.database.reading() as session:
        return list((await session.exec(select(Gathering))).all())


async def test_a_manager_looks_at_the_dates_and_schedules_them(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | WEEKLY | {"space": calendar.space.slug}

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, NEW)
        looked = await browser.post(NEW, **(fields | form | {"do": "preview"}))
        before = await rows(community)
        done = await browser.post(NEW, **(fields | form | {"do": "schedule"}))
        listed = (await browser.get(done.headers["location"])).text

    assert before == []
    assert "Tue, Dec 1, 2026, 7:00\u202fPM – 8:00\u202fPM" in looked.text
    assert "Tue, Dec 1, 2026, 6:00\u202fPM – 7:00\u202fPM" in looked.text  # by the manager's own clock
    assert "Tue, Dec 22, 2026" in looked.text
    assert done.headers["location"] == "/manage/gatherings?done=scheduled"
    assert "It is scheduled." in listed
    assert "Tuesday circle" in listed
    (row,) = await rows(community)
    assert row.stage == Stage.SCHEDULED


async def test_all_mistakes_are_named_at_once_and_all_that_was_typed_comes_back(community: Community) -> None:
    calendar = await Calendar.of(community)
    wrong = {
        "title": "",
        "text": "Words that stay.",
        "kind": "rave",
        "minutes": "-30",
        "zone": "Mars/Olympus",
        "capacity": "0",
        "hosts": "Nobody",
        "format": "place",
        "area": HOLDS,
        "venue": "Ring 07700 900123",
        "agenda": "Welcome",
        "repeats": "weeks",
        "ends": "",
        "space": "nowhere",
        "do": "schedule",
    }

    async with community.browser(calendar.manager) as browser:
        answer = await browser.post(NEW, **(await opened(browser, NEW) | FORM | wrong))

    assert answer.status_code == 422
    for words in (
        "Give it a title",
        "Choose one from the list.",
        "It ends before it begins.",
        "There is no such time zone.",
        "Use a number from 1 to 100000.",
        "Nobody here has the handle Nobody.",
        "This cannot be used here.",
        "Line 1 could not be read.",
        "Choose at least one weekday.",
        "This never ends.",
    ):
        assert words in answer.text
    for typed in ("Words that stay.", 'value="-30"', 'value="Nobody"', "Ring 07700 900123", "Welcome"):
        assert typed in answer.text
    assert await rows(community) == []


async def test_a_time_that_the_clocks_skip_is_explained_with_two_to_choose_from(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | {"space": calendar.space.slug, "date": "2027-03-28", "time": "02:30"}

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, NEW)
        answer = await browser.post(NEW, **(fields | form | {"do": "schedule"}))
        chosen = await browser.post(NEW, **(fields | form | {"at": "2027-03-28T03:30"}))

    assert answer.status_code == 422
    assert "the clocks go forward then, and this time is not there" in answer.text
    assert 'name="at" value="2027-03-28T01:30"' in answer.text
    assert 'name="at" value="2027-03-28T03:30"' in answer.text
    assert chosen.status_code == 200
    assert 'value="03:30"' in chosen.text


async def test_a_time_that_the_clocks_show_twice_asks_which_is_meant(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | {"space": calendar.space.slug, "date": "2027-10-31", "time": "02:30"}

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, NEW)
        answer = await browser.post(NEW, **(fields | form | {"do": "schedule"}))
        chosen = await browser.post(NEW, **(fields | form | {"do": "schedule", "fold": "1"}))

    assert "show this time twice" in answer.text
    assert "(UTC+2)" in answer.text
    assert "(UTC+1)" in answer.text
    assert chosen.status_code == 303


async def test_dates_that_are_ticked_in_the_preview_are_left_out(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | WEEKLY | {"space": calendar.space.slug, "strike_2026-12-08": "on"}

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, NEW)
        looked = await browser.post(NEW, **(fields | form | {"do": "preview"}))
        await browser.post(NEW, **(fields | form | {"do": "schedule"}))

    assert ">\n2026-12-08</textarea>" in looked.text
    (row,) = await rows(community)
    assert [one.recurs_local[:10] for one in await calendar.dates(row.id)] == [
        "2026-12-01",
        "2026-12-15",
        "2026-12-22",
    ]


async def test_a_clash_of_a_host_or_a_venue_warns_and_lets_one_save(community: Community) -> None:
    calendar = await Calendar.of(community)
    await calendar.weekly(format="place", area="Old town", venue="8 Mount Street", title="The other one")
    form = FORM | {"space": calendar.space.slug, "time": "19:30", "format": "place", "area": "Old town"}
    form |= {"venue": "8  mount street"}

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, NEW)
        looked = await browser.post(NEW, **(fields | form | {"do": "preview"}))
        done = await browser.post(NEW, **(fields | form | {"do": "schedule"}))

    assert "At the same time there is also:" in looked.text
    assert "The other one" in looked.text
    assert "at the same place" in looked.text
    assert "with the host" in looked.text
    assert done.status_code == 303


async def test_words_that_are_asked_about_come_back_with_the_question_and_all_else(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    form = FORM | WEEKLY | {"space": calendar.space.slug, "text": GIVES_AWAY, "do": "schedule"}

    async with community.browser(calendar.manager) as browser:
        answer = await browser.post(NEW, **(await opened(browser, NEW) | form))
        again = {name: hidden(answer.text, name) for name in ("nonce", "key", "did")}
        del form["do"]
        done = await browser.post(NEW, **(form | again | {"choice": "masked"}))

    assert answer.status_code == 422
    assert "Send it without that" in answer.text
    assert done.headers["location"] == "/manage/gatherings?done=scheduled"


async def test_held_words_are_said_plainly_and_listed_as_waiting(community: Community) -> None:
    calendar = await Calendar.of(community)
    form = FORM | {"space": calendar.space.slug, "text": HOLDS, "do": "schedule"}

    async with community.browser(calendar.manager) as browser:
        done = await browser.post(NEW, **(await opened(browser, NEW) | form))
        listed = (await browser.get(done.headers["location"])).text

    assert done.headers["location"] == "/manage/gatherings?done=held"
    assert "its words are waiting for a person" in listed
    assert '<strong class="tag amber">Waiting for a person</strong>' in listed


async def test_one_date_is_changed_from_its_own_form(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    (_, second, *_) = await calendar.dates(gathering_id)
    url = f"/manage/gatherings/{gathering_id}/edit"

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, f"{url}?scope=one&date_id={second.id}")
        form = FORM | {"date": "2026-12-09", "do": "save"}
        done = await browser.post(url, **(fields | form))

    assert (fields["scope"], fields["date_id"]) == (Scope.ONE, str(second.id))
    assert done.headers["location"] == "/manage/gatherings?done=changed"
    async with community.services.database.reading() as session:
        date = await session.get_one(Occurrence, second.id)
    assert date.gathering_id != gathering_id


async def test_a_stale_form_comes_back_with_what_stands_there_now(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    url = f"/manage/gatherings/{gathering_id}/edit"

    async with community.browser(calendar.manager) as browser:
        fields = await opened(browser, url)
        await calendar.alter(gathering_id, **(WEEKLY | {"minutes": "75", "title": "Theirs"}))
        mine = FORM | WEEKLY | {"title": "Mine", "minutes": "90", "do": "save"}
        clash = await browser.post(url, **(fields | mine))
        again = {name: hidden(clash.text, name) for name in ("nonce", "version", "based_on")}
        done = await browser.post(url, **(fields | mine | again))

    assert clash.status_code == 409
    assert "Somebody else changed this gathering since you opened it." in clash.text
    for words in ("Theirs", "75", 'value="Mine"', 'value="90"'):
        assert words in clash.text
    assert done.status_code == 303
    assert (await calendar.row(gathering_id)).minutes == 90


async def test_a_copy_has_all_but_the_day(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly(slots="2 Bring a salad", agenda="10 Welcome", capacity="12")

    async with community.browser(calendar.manager) as browser:
        page = (await browser.get(f"{NEW}?copy={gathering_id}")).text

    for words in ("Tuesday circle", "2 Bring a salad", "10 Welcome", 'value="12"', 'value="Marlow"'):
        assert words in page
    assert 'name="date" type="date" value=""' in page


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.MENTOR, Role.MODERATOR])
async def test_for_everybody_else_these_pages_do_not_exist(community: Community, role: Role | None) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.weekly()
    who = await community.member("Rowan", role) if role else None

    async with community.browser(who) as browser:
        urls = (NEW, f"/manage/gatherings/{gathering_id}/edit", "/manage/gatherings")
        statuses = {(await browser.get(url)).status_code for url in urls}
        sent = (await browser.post(NEW, **(FORM | {"do": "schedule"}))).status_code

    assert statuses == ({303} if who is None else {404})
    assert sent == (403 if who is None else 404)
