"""Claims about whose zone counts: a member's own, then a visitor's choice, then the community's."""

from dataclasses import replace

from forum.app import create_app
from tests.builders import Browser, Community, shared_renderer


async def test_a_visitor_sees_the_communitys_zone_until_they_choose_and_a_member_their_own(
    community: Community,
) -> None:
    rowan = await community.member()
    settings = community.services.settings.model_copy(update={"time_zone": "Europe/Dublin"})
    renderer = shared_renderer("en", "Europe/Dublin")
    app = create_app(replace(community.services, settings=settings, renderer=renderer))
    said = []

    for member, chosen in ((None, ""), (None, "Asia/Tokyo"), (rowan, "Asia/Tokyo")):
        async with Browser(app, member) as browser:
            if chosen:
                browser.client.cookies.set("waypost-zone", chosen)
            said.append((await browser.get("/gatherings")).text)

    zones = ("Europe/Dublin", "Asia/Tokyo", "UTC")
    assert [f"Times are shown in {zone}." in page for zone, page in zip(zones, said, strict=True)] == [
        True,
        True,
        True,
    ]
