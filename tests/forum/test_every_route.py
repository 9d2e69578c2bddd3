"""Every address of the site, asked by everybody: nothing breaks, and nothing hidden shows."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from starlette.routing import Route

from forum.accounts.roles import Role
from forum.app import routes
from forum.review.reporting import report
from forum.spaces.tables import Audience
from tests.builders import (
    Browser,
    Community,
    Member,
    Prepared,
    community_at,
    copied,
    held,
    like,
    opened_community,
    published,
)
from tests.forum.talk import edited, hold_one

EVERYBODY = [None, *Role]
ASKED = [
    *(("sqlite", role) for role in EVERYBODY),
    *(("postgresql", role) for role in (None, Role.MEMBER, Role.ADMINISTRATOR)),
]
"""An administrator is shown all pages of the team: whoever else is has nothing new to ask of a database."""
ROUTES = [route for route in routes() if isinstance(route, Route)]
GETS = [route for route in ROUTES if "GET" in (route.methods or ())]
POSTS = [route for route in ROUTES if "POST" in (route.methods or ())]
NONSENSE = "?after=%01&before=99999999999999999999&at=x&again=x&reply=x&sent=%F0%9F%92%A9&done=x&next=//x"
FORM = {
    "text": "\u202e\ud7ff",
    "title": "x" * 200,
    "nonce": "x",
    "version": "9" * 5000,
    "slow_seconds": "-1",
    "reason": "x",
    "ruling": "x",
    "action": "x",
    "measure": "x",
    "hours": "9" * 30,
    "wording": "x",
    "letter": "\ud7ff",
    "closing": "\ud7ff",
    "why": "\ud7ff",
    "do": "x",
    "to": "\u200b",
    "step": "x",
    f"item-{uuid4()}": "9" * 5000,
    "time_zone": "Nowhere/At-All",
    "handle": "\u200b",
    "space": "x",
    "slug": "../x",
    "audience": "x",
}


@dataclass
class Hidden:
    """A space of the team, and what is in it."""

    slug: str
    ids: dict[str, UUID]


async def hide(community: Community) -> Hidden:
    """Let the team talk among themselves: published, held, edited and reported."""
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    space = await community.space(Audience.TEAM)
    room = await community.room(space=space)
    thread = published(await community.thread(linnet, "Zeppelin handover.", "Zeppelin title", space))
    said = published(await community.say(linnet, room.id, "A zeppelin line."))
    edit = held(await edited(community, linnet, thread.message_id, "You are worthless, zeppelin."))
    waiting = await hold_one(community, linnet, room.id)
    await report(community.services, harbour.viewer, said.message_id, "other")
    ids = {"room": room.id, "thread": thread.place_id, "opening": thread.message_id, "line": said.message_id}
    return Hidden(space.slug, ids | {"edit": edit.message_id, "held": waiting.message_id})


def addresses(route: Route, ids: list[UUID], slug: str, handle: str) -> Iterator[str]:
    """Yield the route's address for every id, or once where it has none."""
    for number in ids if "{id:uuid}" in route.path else ids[:1]:
        yield (
            route.path.replace("{id:uuid}", str(number)).replace("{slug}", slug).replace("{handle}", handle)
        )


@dataclass(frozen=True, slots=True)
class Everybody:
    """A community of everybody, and what it hides: made once, and copied for every test."""

    database: Prepared
    hidden: Hidden
    members: Mapping[Role, Member]


@pytest.fixture(scope="module")
def everybody(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    """One member in each role, and a space of the team."""

    async def prepare(url: str) -> Everybody:
        async with community_at(url) as community:
            members = {role: await community.member(f"Rowan-{role}", role) for role in Role}
            return Everybody(like(empty, url), await hide(community), members)

    with copied(empty, tmp_path_factory.mktemp("hidden")) as url:
        yield asyncio.run(prepare(url))


@pytest.fixture
async def community(everybody: Everybody, tmp_path: Path) -> AsyncIterator[Community]:
    """A community with all that is prepared."""
    async with opened_community(everybody.database, tmp_path) as opened:
        yield opened


@pytest.fixture
def hidden(everybody: Everybody) -> Hidden:
    """What is hidden in the community."""
    return everybody.hidden


@pytest.fixture
def asking(everybody: Everybody, role: Role | None) -> Member | None:
    """The member in the role, or None for a visitor."""
    return None if role is None else everybody.members[role]


@pytest.mark.parametrize(("empty", "role"), ASKED, indirect=["empty"], scope="session")
async def test_no_page_breaks_whoever_asks_and_whatever_for(
    community: Community, hidden: Hidden, asking: Member | None
) -> None:
    answers: dict[str, int] = {}

    async with community.browser(asking) as browser:
        for route in GETS:
            kind = {"rooms": "room", "threads": "thread"}.get(route.path.split("/")[1], "edit")
            for address in addresses(route, [hidden.ids[kind]], hidden.slug, "Linnet"):
                for url in (address, address + NONSENSE):
                    answers[url] = (await browser.get(url)).status_code

    assert [url for url, status in answers.items() if status >= 500] == []
    assert len(answers) == 2 * len(GETS)


@pytest.mark.parametrize(("empty", "role"), ASKED, indirect=["empty"], scope="session")
async def test_no_form_breaks_and_none_is_taken_without_its_token(
    community: Community, hidden: Hidden, asking: Member | None
) -> None:
    ids = [hidden.ids["thread"], hidden.ids["held"]]
    broken, taken = [], []

    async with community.browser(asking) as browser:
        for route in POSTS:
            for address in addresses(route, ids, hidden.slug, "Linnet"):
                without = await browser.client.post(address, data={"text": "Hello", "form_token": "x" * 64})
                taken += [address] if without.status_code != 403 else []
                with_token = await browser.post(address, **FORM)
                broken += [address] if with_token.status_code >= 500 else []

    assert (broken, taken) == ([], [])


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.MENTOR])
async def test_what_is_hidden_does_not_exist_on_any_page(
    community: Community, hidden: Hidden, asking: Member | None
) -> None:
    told: dict[str, int] = {}

    async with community.browser(asking) as browser:
        for route in GETS:
            for address in addresses(route, list(hidden.ids.values()), hidden.slug, "Linnet"):
                answer = await browser.get(address)
                assert "zeppelin" not in answer.text.lower(), address
                assert hidden.slug not in answer.text.replace(address, "")
                if "{id:uuid}" in route.path or "{slug}" in route.path:
                    told[address] = answer.status_code

    to_the_door = {303} if asking is None else set()
    assert set(told.values()) <= {404, *to_the_door}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR])
async def test_no_form_reaches_what_is_hidden(community: Community, hidden: Hidden, asking: Member) -> None:
    told: dict[str, int] = {}

    async with community.browser(asking) as browser:
        for route in POSTS:
            if not route.path.startswith(("/threads", "/rooms", "/messages", "/desk", "/spaces")):
                continue
            for address in addresses(route, list(hidden.ids.values()), hidden.slug, "Linnet"):
                told[address] = await _fill_in(browser, address)

    # A thread is closed by moderators only: whoever is none hears that, for every id alike.
    assert {status for address, status in told.items() if address.endswith("/closed")} == {403}
    assert {status for address, status in told.items() if not address.endswith("/closed")} == {404}


async def _fill_in(browser: Browser, address: str) -> int:
    fields = {"text": "Let me in.", "title": "Let me in", "nonce": str(uuid4()), "version": "2"}
    fields |= {"reason": "other", "action": "release", "slow_seconds": "0"}
    fields |= {"do": "take", "why": "Let me.", "letter": "Let me.", "ruling": str(uuid4()), "step": "read"}
    return (await browser.post(address, **fields)).status_code


@pytest.mark.parametrize("role", Role)
async def test_the_desk_is_for_moderators_and_manage_is_for_managers(
    community: Community, hidden: Hidden, asking: Member, role: Role
) -> None:
    held_id = hidden.ids["held"]

    async with community.browser(asking) as browser:
        desk = {(await browser.get(url)).status_code for url in ("/desk", f"/desk/{held_id}")}
        manage = {(await browser.get("/manage")).status_code}
        made = await browser.post(
            "/manage/spaces", name="Ours", slug="ours", about="", audience=Audience.MEMBERS
        )

    assert desk == ({200} if role.can_moderate else {404})
    assert manage == ({200} if role.can_manage else {404})
    assert made.status_code == (303 if role.can_manage else 404)


async def test_a_visitor_is_shown_the_door_to_the_desk_and_to_manage(community: Community) -> None:
    async with community.browser() as browser:
        for url in ("/desk", "/manage", "/notices", "/settings"):
            answer = await browser.get(url)

            assert (answer.status_code, unquote(answer.headers["location"])) == (303, f"/sign-in?next={url}")
