"""The line after a decision is for whoever made it, while it stands."""

from forum.accounts.roles import Role
from tests.builders import Community
from tests.forum.talk import hold_one, ruled


async def test_only_ones_own_decision_is_told_with_a_button_for_a_minute(community: Community) -> None:
    linnet, siskin = [await community.member(name, Role.MODERATOR) for name in ("Linnet", "Siskin")]
    waiting = await hold_one(community, await community.member(), (await community.room()).id)
    ruling = await ruled(community, linnet, waiting.message_id, release=True)
    url = f"/desk?done={ruling.id}"

    async with community.browser(linnet) as browser, community.browser(siskin) as other:
        now, theirs = (await browser.get(url)).text, (await other.get(url)).text
        nonsense = await browser.get("/desk?done=x")
        community.clock.forward(minutes=2)
        later = (await browser.get(url)).text

    undo = f'action="/desk/{ruling.item_id}/undo"'
    assert [undo in page for page in (now, theirs, later)] == [True, False, False]
    assert ["Done: Published" in page for page in (now, theirs, later)] == [True, False, True]
    assert nonsense.status_code == 200
