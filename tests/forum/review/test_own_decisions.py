"""The list of what was decided about what a member wrote: all of it, and nothing of others or of silence."""

from forum.accounts.roles import Role
from forum.review.cases import Letter, letter
from forum.review.own_decisions import Listed, listed
from forum.review.reporting import report
from tests.builders import Community, Member, published
from tests.forum.review.appeals import appealed, decide, refused_by_machine, taken_down
from tests.forum.talk import hold_one, say_many, statements


async def rows(community: Community, member: Member) -> list[Listed]:
    async with community.services.database.reading() as session:
        return await listed(session, community.services.renderer, member.viewer)


async def test_what_waits_was_refused_or_taken_down_is_listed_and_a_silent_report_is_not(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    down = await taken_down(community, rowan, linnet, room)
    community.clock.forward(minutes=1)
    by_machine = await refused_by_machine(community, rowan, room.id)
    await appealed(community, rowan, by_machine)
    community.clock.forward(minutes=1)
    waiting = await hold_one(community, rowan, room.id)
    [kept, _] = await say_many(community, rowan, room.id, 2)
    await report(community.services, (await community.member("Wren")).viewer, kept.message_id, "other")
    await decide(community, linnet, kept.message_id, "keep")

    found = await rows(community, rowan)

    assert [(row.url, row.appeal) for row in found] == [
        (f"/reasons/{waiting.message_id}", ""),
        (f"/reasons/{by_machine}", "pending"),
        (f"/reasons/{down}", ""),
    ]
    assert await rows(community, linnet) == []


async def test_letters_about_a_handle_are_listed(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    wanted = Letter(None, rowan.id, linnet.id, "Your handle names a place. We gave you another.")
    await letter(community.services, wanted)

    [row] = await rows(community, rowan)
    async with community.browser(rowan) as own, community.browser(await community.member("Wren")) as other:
        page, hidden = await own.get(row.url), await other.get(row.url)

    assert "Your handle names a place." in page.text
    assert "The moderation team" in page.text
    assert "Linnet" not in page.text
    assert hidden.status_code == 404


async def test_the_list_costs_the_same_queries_however_long(community: Community) -> None:
    rowan, room, counts = await community.member(), await community.room(), []
    for more in (1, 4):
        for _ in range(more):
            community.clock.forward(minutes=20)
            published(await community.say(rowan, room.id, f"Well, {more}."))
            await hold_one(community, rowan, room.id)
        with statements(community.services) as said:
            found = await rows(community, rowan)
        counts.append((len(found), len(said)))

    assert counts[0][1] == counts[1][1]
    assert counts[1][0] == 5
