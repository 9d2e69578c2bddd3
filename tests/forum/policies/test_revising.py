"""Claims about revising: a guideline counts in this process at once, also for whoever signs up."""

from forum.accounts.roles import Role
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import HOLDS, Community, held, published


async def test_what_is_published_counts_at_once_and_what_waits_does_not(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    sheet = Sheet(PlaceKind.GUIDELINE, "kindness")

    published(await revise(community.services, Revision(sheet, harbour.id, 0, "Warmth", "Be *warm*.")))
    held(await revise(community.services, Revision(sheet, harbour.id, 1, "Cold", HOLDS)))

    told = community.services.in_force.guidelines[0]
    assert (told.own_title, str(told.html).strip()) == ("Warmth", "<p>Be <em>warm</em>.</p>")
    async with community.browser() as browser:
        page = await browser.get("/sign-up")
    assert "Warmth" in page.text
    assert "<p>Be <em>warm</em>.</p>" in page.text
