"""Managers have no way to the desk, and moderators none to managing: every address of both is asked."""

from collections.abc import Iterator

import pytest
from starlette.routing import Route

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.app import routes
from forum.review.matters import latest_item
from tests.builders import Community, acts
from tests.forum.talk import hold_one

ROUTES = [route for route in routes() if isinstance(route, Route)]


def under(folder: str) -> list[Route]:
    """Return every address at or below this one, among which there must be several."""
    found = [route for route in ROUTES if route.path == folder or route.path.startswith(f"{folder}/")]
    assert len(found) > 5
    return found


def addresses(route: Route, values: dict[str, str]) -> Iterator[str]:
    """Yield the address with what it takes filled in: with something that is there."""
    path = route.path
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    yield path


@pytest.mark.parametrize(
    ("role", "folder"), [(Role.MANAGER, "/desk"), (Role.MODERATOR, "/manage"), (Role.MENTOR, "/manage")]
)
async def test_every_address_of_the_others_is_closed_to_reading_and_to_forms(
    community: Community, role: Role, folder: str
) -> None:
    asking, rowan = await community.member("Siskin", role), await community.member()
    waiting = await hold_one(community, rowan, (await community.room()).id)
    async with community.services.database.reading() as session:
        item = await latest_item(session, waiting.message_id)
    assert item is not None
    values = {"id:uuid": str(waiting.message_id), "slug": "space-1", "handle": "Rowan", "name": "x"}
    answers: dict[tuple[str, str], int] = {}

    async with community.browser(asking) as browser:
        for route in under(folder):
            for address in addresses(route, values):
                if "POST" in (route.methods or ()):
                    answers["POST", address] = (await browser.post(address, reason="x")).status_code
                else:
                    answers["GET", address] = (await browser.get(address)).status_code
                    csv = (await browser.get(f"{address}.csv")).status_code
                    answers["GET", f"{address}.csv"] = csv

    assert {asked: status for asked, status in answers.items() if status not in (403, 404)} == {}
    assert {method for method, _ in answers} == {"GET", "POST"}


async def test_what_is_closed_to_them_is_open_to_whose_it_is(community: Community) -> None:
    """The walk above would find doors that are open: for those whose doors they are, they are."""
    linnet = await community.member("Linnet", Role.MODERATOR)
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser(linnet) as browser, community.browser(marlow) as managing:
        desk, manage = await browser.get("/desk"), await managing.get("/manage")
        numbers = await managing.get("/manage/numbers")

    assert (desk.status_code, manage.status_code, numbers.status_code) == (200, 200, 200)


async def test_a_managers_layout_does_not_count_what_waits(community: Community) -> None:
    marlow, rowan = await community.member("Marlow", Role.MANAGER), await community.member()
    await hold_one(community, rowan, (await community.room()).id)

    async with community.browser(marlow) as browser:
        page = (await browser.get("/manage")).text

    assert "/desk" not in page


async def test_appointing_a_manager_is_in_the_audit_log(community: Community) -> None:
    rowan, harbour = await community.member(), await community.member("Harbour", Role.ADMINISTRATOR)

    await appoint(community.services, "Rowan", Role.MANAGER, harbour.id)

    (entry,) = await acts(community)
    assert (entry.act, entry.actor_id, entry.subject) == ("role", harbour.id, f"account:{rowan.id}")
    assert entry.details == '{"from":"member","to":"manager"}'
