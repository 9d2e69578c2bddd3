"""Threads are heard live: replies, edits and removals, by whoever may read them; nobody hears who reads."""

from forum.accounts.roles import Role
from forum.messages.withdrawing import withdraw
from forum.notifications.noticing import unread
from forum.spaces.tables import Audience, Membership
from realtime.envelope import CAUGHT_UP
from tests.builders import Community, published, serving
from tests.forum.live.peers import listening
from tests.forum.talk import edited, hold_one, say_many


async def test_a_reply_an_edit_and_a_withdrawal_reach_whoever_reads_the_thread(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))

    async with serving(community.services) as host, listening(host, wren) as peer:
        joined = await peer.join(thread.place_id, 1)
        reply = published(await community.say(rowan, thread.place_id, "How are you all?"))
        under = published(await community.say(rowan, thread.place_id, "Well, I hope.", reply.message_id))
        heard = [await peer.until("message") for _ in range(2)]
        await edited(community, rowan, under.message_id, "Well, I do hope.")
        heard.append(await peer.until("message"))
        await withdraw(community.services, rowan.id, reply.message_id)
        heard.append(await peer.until("message"))

    assert (joined["seq"], joined["here"]) == (1, {"count": 0, "names": []})
    assert [frame["seq"] for frame in heard] == [2, 3, 4, 5]
    assert f'data-parent="{reply.message_id}"' in heard[1]["html"]
    assert "Well, I do hope." in heard[2]["html"]
    assert "How are you all?" not in heard[3]["html"]
    assert [frame["type"] for frame in peer.heard if frame["type"] == "presence"] == []


async def test_coming_back_to_a_thread_brings_what_was_missed(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))
    await say_many(community, rowan, thread.place_id, 3)

    async with serving(community.services) as host, listening(host, wren) as peer:
        await peer.join(thread.place_id, 2)
        missed = await peer.until("missed")

    assert [item["seq"] for item in missed["items"]] == [3, 4]
    assert (missed["since"], missed["upto"], missed["more"]) == (2, 4, False)
    assert all(item["html"].startswith("<article") for item in missed["items"])


async def test_what_waits_in_a_thread_is_told_to_nobody(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))

    async with serving(community.services) as host, listening(host, wren) as peer:
        await peer.join(thread.place_id, 1)
        await hold_one(community, rowan, thread.place_id)
        await community.say(rowan, thread.place_id, "How are you all?")
        heard = await peer.until("message")

    assert heard["seq"] == 2
    assert "How are you all?" in heard["html"]
    assert len(peer.said()) == 1


async def test_who_may_not_read_a_thread_any_more_hears_it_no_longer(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MODERATOR)
    space = await community.space(Audience.INVITED)
    async with community.services.database.transaction() as tx:
        tx.session.add(Membership(space_id=space.id, account_id=rowan.id))
    thread = published(await community.thread(wren, space=space))

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(thread.place_id, 1)
        async with community.services.database.transaction() as tx:
            await tx.session.delete(await tx.session.get_one(Membership, (space.id, rowan.id)))
        community.services.backplane._listeners.deliver(CAUGHT_UP)  # type: ignore[attr-defined]

        assert await peer.closing() == 1012


async def test_after_a_break_members_hear_anew_what_is_theirs_alone(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    rowan = await community.member()
    thread = published(await community.thread(linnet))
    await community.say(rowan, thread.place_id)

    async with serving(community.services) as host, listening(host, linnet) as peer:
        await peer.send(type="watch-desk")
        await peer.until("watching")
        community.services.backplane._listeners.deliver(CAUGHT_UP)  # type: ignore[attr-defined]
        notices = await peer.until("notices")
        watching = await peer.until("watching")
    async with community.services.database.reading() as session:
        expected = await unread(session, linnet.id)

    assert (notices["unread"], watching["waiting"]) == (expected, 0)
    assert expected == 1
