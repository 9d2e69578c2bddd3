"""A member's record: opening it is noted, and a conflict keeps it closed."""

from forum.accounts.roles import Role
from forum.review.reporting import report
from tests.builders import Community, acts, published
from tests.forum.queueing import item_of
from tests.forum.talk import decided, hold_one


async def test_a_record_has_decisions_measures_and_reports_and_is_noted(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    wren, room = await community.member("Wren"), await community.room(name="Evening check-in")
    waiting = await hold_one(community, rowan, room.id)
    item = await item_of(community, waiting.message_id)
    await decided(community, linnet, item, "refuse", measure="removal", hours=24)
    said = published(await community.thread(rowan))
    await report(community.services, wren.viewer, said.message_id, "unkind")

    async with community.browser(linnet) as browser:
        page = (await browser.get("/desk/members/rowan")).text

    for words in ("Not published", "Away from this room", "Evening check-in", "Reported: It is unkind"):
        assert words in page
    assert "Wren" not in page
    [read] = [act for act in await acts(community) if act.act == "data-read"]
    assert (read.actor_id, read.subject) == (linnet.id, f"account:{rowan.id}")


async def test_a_conflict_is_noted_once_and_closes_the_record(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    await hold_one(community, rowan, (await community.room()).id)

    async with community.browser(linnet) as browser:
        noted = await browser.post("/desk/members/Rowan/recusal")
        desk = (await browser.get(noted.headers["location"])).text
        record = await browser.get("/desk/members/Rowan")
        own = await browser.get("/desk/members/Linnet")
        nobody = await browser.get("/desk/members/Nobody")

    assert "You are not shown what is about this member any more." in desk
    assert "Nothing waits for a person." in desk
    assert [one.status_code for one in (record, own, nobody)] == [403, 403, 404]
    assert [act.act for act in await acts(community) if act.actor_id == linnet.id] == ["recusal"]
