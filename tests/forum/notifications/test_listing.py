"""A member's notices: what they say, what they never say, and what stays new."""

from forum.accounts.roles import Role
from forum.broadcasts import account_topic
from forum.notifications.listing import Told, latest_unseen, mark_seen, notices_of
from forum.notifications.noticing import unread
from forum.review.reporting import report
from forum.spaces.opening import invite
from forum.spaces.tables import Audience, Membership
from tests.builders import HARMLESS, HOLDS, IN_DANGER, Community, Member, published
from tests.forum.talk import heard, hold_one, ruled, say_many, statements


async def told(community: Community, member: Member, size: int = 50) -> list[Told]:
    """Return a page of the member's notices."""
    async with community.services.database.reading() as session:
        return await notices_of(session, member.viewer, community.services.renderer, None, size)


async def see_all(community: Community, member: Member) -> None:
    """Open the page of notices."""
    async with community.services.database.reading() as session:
        latest = await latest_unseen(session, member.viewer)
    await mark_seen(community.services, member.viewer, latest)


async def test_a_refusal_names_the_guideline_and_neither_the_moderator_nor_the_reporter(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("WrenTheReporter")
    linnet, room = await community.member("LinnetTheModerator", Role.MODERATOR), await community.room()
    said = published(await community.say(rowan, room.id))
    await report(community.services, wren.viewer, said.message_id, "unkind")
    await ruled(community, linnet, said.message_id, release=False, reason="privacy")

    notice = (await told(community, rowan))[0]
    async with community.browser(rowan) as browser:
        page = (await browser.get("/notices")).text

    assert notice.words == ("Guideline: What is said here stays here.",)
    assert (notice.who, notice.text) == (None, HARMLESS)
    assert notice.again == f"/rooms/{room.id}?again={said.message_id}#end"
    assert "What is said here stays here." in page
    for handle in ("WrenTheReporter", "LinnetTheModerator"):
        assert handle not in page


async def test_the_words_come_back_wherever_they_can_be_sent_again(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    await ruled(community, linnet, waiting.message_id, release=False)

    async with community.browser(rowan) as browser:
        again = (await told(community, rowan))[0].again
        assert again
        form = (await browser.get(again.partition("#")[0])).text

    assert HOLDS + "</textarea>" in form


async def test_places_that_closed_to_the_member_are_left_out_and_count_as_seen(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    space = await community.space(Audience.INVITED)
    await invite(community.services, space.id, "Rowan")
    thread = published(await community.thread(rowan, space=space))
    await community.say(linnet, thread.place_id, "An answer in a closed circle.")
    async with community.services.database.transaction() as tx:
        await tx.session.delete(await tx.session.get_one(Membership, (space.id, rowan.id)))

    assert await told(community, rowan) == []
    await see_all(community, rowan)

    async with community.services.database.reading() as session:
        assert await unread(session, rowan.id) == 0


async def test_a_notice_that_comes_while_one_reads_stays_new(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    await say_many(community, wren, thread.place_id, 2)
    async with community.services.database.reading() as session:
        latest = await latest_unseen(session, rowan.viewer)
    await community.say(wren, thread.place_id, "While you were reading.")

    async with heard(community.services, account_topic(rowan.id)) as frames:
        await mark_seen(community.services, rowan.viewer, latest)

    assert [one.is_new for one in await told(community, rowan)] == [True, False, False]
    assert frames == [{"type": "notices", "unread": 1}]


async def test_the_page_costs_the_same_queries_for_three_notices_and_for_thirty(
    community: Community,
) -> None:
    rowan, wren, counts = await community.member(), await community.member("Wren"), []
    thread = published(await community.thread(rowan))
    for more in (3, 27):
        await say_many(community, wren, thread.place_id, more)
        with statements(community.services) as said:
            found = await told(community, rowan)
        counts.append((len(found), len(said)))

    assert counts == [(3, 2), (30, 2)]


async def test_a_notice_of_care_leads_a_moderator_to_the_desk_from_any_space(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    space = await community.space(Audience.INVITED)
    await invite(community.services, space.id, "Rowan")
    said = published(await community.say(rowan, (await community.room(space=space)).id, IN_DANGER))

    [notice] = await told(community, linnet)
    async with community.browser(linnet) as browser:
        page = (await browser.get("/notices")).text

    assert (notice.kind, notice.url) == ("care", f"/desk/{said.message_id}")
    assert notice.who is not None
    assert (notice.who.handle, notice.text, notice.again) == ("Rowan", None, None)
    assert "Somebody may be in danger. Please look now" in page
    assert IN_DANGER not in page
