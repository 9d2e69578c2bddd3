"""One live connection: rooms are joined and left, talk goes both ways, and sessions and roles end."""

from uuid import UUID, uuid4

import pytest

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.sessions import end_session, end_sessions, find_viewer
from forum.accounts.signing_in import Attempt, sign_in
from forum.accounts.tables import Account
from forum.facts import MemberRemoved
from forum.live import hearing as hearing_module
from forum.live import shared
from forum.messages.tables import State
from forum.messages.withdrawing import withdraw
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience
from realtime import frames
from tests.builders import (
    HARMLESS,
    HOLDS,
    PASSWORD,
    Community,
    Member,
    published,
    serving,
)
from tests.forum.live.peers import listening
from tests.forum.talk import edited, hold_one, rows_of, ruled, say_many


async def test_two_members_talk_both_ways(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()

    async with (
        serving(community.services) as host,
        listening(host, rowan) as first,
        listening(host, wren) as second,
    ):
        await first.join(room.id)
        await second.join(room.id)
        await first.say(room.id, "Good evening.")
        heard = await second.until("message")
        await second.say(room.id, "Good to see you.")
        answer = await first.until("message", author=str(wren.id))

    assert (heard["seq"], heard["author"]) == (1, str(rowan.id))
    assert "Good evening." in heard["html"]
    assert (answer["seq"], answer["place"]) == (2, str(room.id))


async def test_what_is_held_is_told_to_its_author_and_arrives_in_order_once_released(
    community: Community,
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)

    async with (
        serving(community.services) as host,
        listening(host, rowan) as first,
        listening(host, wren) as second,
    ):
        await first.join(room.id)
        await second.join(room.id)
        nonce = await first.say(room.id, HOLDS)
        told = await first.until("answered")
        await second.say(room.id, "Is everybody well?")
        await second.until("answered")
        await ruled(community, moderator, UUID(told["id"]), release=True)
        await second.until("message", seq=2)

    assert (told["nonce"], told["state"], told["seq"]) == (nonce, "held", None)
    assert told["words"]
    assert [seq for seq, _ in second.said()] == [1, 2]
    assert second.said()[1][1] == told["id"]


async def test_whoever_waits_hears_how_long_it_usually_takes(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)
    before = await hold_one(community, wren, room.id)
    community.clock.forward(minutes=9)
    await ruled(community, moderator, before.message_id, release=True)

    async with serving(community.services) as host, listening(host, rowan) as live:
        await live.join(room.id)
        await live.say(room.id, HOLDS)
        told = await live.until("answered")

    assert told["words"][-1] == "usually about 9 minutes"


async def test_the_same_nonce_sent_again_is_one_line(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        nonce = UUID(await peer.say(room.id, HARMLESS))
        first = await peer.until("answered")
        await peer.say(room.id, HARMLESS, nonce)
        again = await peer.until("answered")

    assert again == first
    assert len(await rows_of(community, room.id)) == 1


async def test_whoever_left_a_room_hears_it_no_more(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        await peer.send(type="leave", place=room.id)
        await peer.send(type="ping")
        await peer.until("pong")
        await community.say(rowan, room.id)
        await peer.send(type="ping")
        await peer.until("pong")

    assert peer.said() == []


async def test_coming_back_brings_exactly_what_was_missed_with_edits_and_withdrawals(
    community: Community,
) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)
    async with serving(community.services) as host:
        async with listening(host, rowan) as peer:
            await peer.join(room.id)
            before = await say_many(community, wren, room.id, 3)
            await peer.until("message", seq=3)
        await edited(community, wren, before[0].message_id, "Other words than before.")
        await withdraw(community.services, wren.id, before[1].message_id)
        waiting = await hold_one(community, wren, room.id)
        after = published(await community.say(wren, room.id, "While you were away."))
        await ruled(community, moderator, waiting.message_id, release=True)
        await hold_one(community, wren, room.id)
        async with listening(host, rowan) as peer:
            joined = await peer.join(room.id, since=3)
            missed = await peer.until("missed")

    assert joined["seq"] == missed["upto"] == 7
    assert missed["more"] is False
    assert [(item["seq"], item["id"]) for item in missed["items"]] == [
        (4, str(before[0].message_id)),
        (5, str(before[1].message_id)),
        (6, str(after.message_id)),
        (7, str(waiting.message_id)),
    ]
    assert "Other words" in missed["items"][0]["html"]
    assert "Withdrawn" in missed["items"][1]["html"]


async def test_a_socket_closes_when_its_session_ends_elsewhere(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")

    async with (
        serving(community.services) as host,
        listening(host, rowan) as ended,
        listening(host, wren) as other,
    ):
        async with community.services.database.transaction() as tx:
            await end_sessions(tx, rowan.id, community.clock())
        code = await ended.closing()
        await other.send(type="ping")

        assert code == frames.SIGNED_OUT
        assert (await other.next())["type"] == "pong"


async def test_the_session_that_is_kept_stays_connected(community: Community) -> None:
    rowan = await community.member()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        async with community.services.database.transaction() as tx:
            await end_sessions(tx, rowan.id, community.clock(), kept=rowan.viewer.session_id)
        await peer.send(type="ping")

        assert (await peer.next())["type"] == "pong"


async def test_ending_one_session_leaves_the_others_connected(community: Community) -> None:
    rowan = await community.member()
    elsewhere = await sign_in(community.services, Attempt("Rowan", PASSWORD, "192.0.2.8"))
    viewer = await find_viewer(community.services, elsewhere)
    assert viewer is not None

    async with (
        serving(community.services) as host,
        listening(host, rowan) as here,
        listening(host, Member(viewer, elsewhere)) as there,
    ):
        await end_session(community.services, rowan.viewer, viewer.session_id)
        code = await there.closing()
        await here.send(type="ping")

        assert code == frames.SIGNED_OUT
        assert (await here.next())["type"] == "pong"


async def test_a_session_that_ran_out_and_a_role_that_changed_are_noticed(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "WATCH_SECONDS", 0.01)
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)

    async with serving(community.services) as host:
        async with listening(host, linnet) as demoted:
            await appoint(community.services, "Linnet", Role.MEMBER)

            assert await demoted.closing() == frames.RESTARTING

        async with listening(host, rowan) as stale:
            community.clock.forward(days=community.services.settings.session_days + 1)

            assert await stale.closing() == frames.SIGNED_OUT


async def test_a_moderator_who_asks_hears_the_desk_and_nobody_else_does(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()

    async with (
        serving(community.services) as host,
        listening(host, linnet) as desk,
        listening(host, rowan) as member,
    ):
        await desk.send(type="watch-desk")
        watching = await desk.until("watching")
        await member.send(type="watch-desk")
        refused = await member.until("error")
        held = await hold_one(community, rowan, room.id)
        new = await desk.until("desk")
        await ruled(community, linnet, held.message_id, release=True)
        done = await desk.until("desk")
        await member.send(type="ping")
        await member.until("pong")

    assert (watching["waiting"], refused["reason"]) == (0, "not-found")
    assert (new["what"], done["what"], new["item"]) == ("new", "done", done["item"])
    assert [frame["type"] for frame in member.heard if frame["type"] == "desk"] == []


async def test_whoever_is_no_moderator_any_more_hears_nothing_further(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()

    async with serving(community.services) as host, listening(host, linnet) as demoted:
        await demoted.send(type="watch-desk")
        await demoted.until("watching")
        await appoint(community.services, "Linnet", Role.MEMBER)
        await hold_one(community, rowan, room.id)

        assert await demoted.closing() == frames.RESTARTING
    assert [frame["type"] for frame in demoted.heard] == ["welcome", "watching"]


async def test_who_is_sent_away_from_a_room_comes_back_to_every_other_one(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        async with community.services.database.transaction() as tx:
            tx.record(MemberRemoved(room.id, rowan.id))

        assert await peer.closing() == frames.RESTARTING


async def test_a_hidden_room_a_thread_and_a_guess_are_all_the_same_nothing(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    hidden = await community.room(space=await community.space(Audience.TEAM))
    thread = published(await community.thread(linnet, space=await community.space(Audience.TEAM)))
    waiting = await hold_one(community, linnet, hidden.id)

    async with serving(community.services) as host, listening(host, rowan) as peer:
        told = []
        for place_id in (hidden.id, thread.place_id, uuid4()):
            await peer.send(type="join", place=place_id, since=0)
            told.append(await peer.next())
            await peer.send(type="fetch", place=place_id, since=0)
            told.append(await peer.next())
        await peer.say(hidden.id, HARMLESS)
        told.append({**await peer.next(), "nonce": None})
        await ruled(
            community, await community.member("Harbour", Role.ADMINISTRATOR), waiting.message_id, release=True
        )
        await peer.send(type="ping")
        last = await peer.next()

    assert [frame["reason"] for frame in told] == ["not-found"] * 7
    assert all(frame == told[0] for frame in told)
    assert last == {"type": "pong"}


async def test_one_may_be_in_so_many_rooms_at_once(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing_module, "ROOMS_MOST", 1)
    rowan, first, second = await community.member(), await community.room(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(first.id)
        await peer.join(first.id)
        await peer.send(type="join", place=second.id, since=None)
        told = await peer.until("error")
        await peer.send(type="leave", place=first.id)
        joined = await peer.join(second.id)

    assert (told["reason"], told["retry_after"]) == ("too-many", 2)
    assert joined["place"] == str(second.id)


async def test_a_text_too_long_for_a_room_is_refused_and_not_fatal(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        await peer.say(room.id, "word " * 500)
        told = await peer.until("answered")
        await peer.say(room.id, HARMLESS)
        after = await peer.until("answered")

    assert (told["state"], after["state"]) == ("refused", "published")


async def test_a_paused_room_answers_with_its_reason_and_tells_when_it_opens(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        await set_pace(community.services, room.id, Pace(closed=True))
        paused = await peer.until("room")
        nonce = await peer.say(room.id, HARMLESS)
        told = await peer.until("error")
        await set_pace(community.services, room.id, Pace(slow_seconds=5))
        opened = await peer.until("room")

    assert (paused["paused"], opened["paused"], opened["slow_seconds"]) == (True, False, 5)
    assert (told["reason"], told["nonce"], told["retry_after"]) == ("closed", nonce, None)


async def test_slow_mode_says_how_many_seconds_to_wait(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=30))

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        await peer.say(room.id, HARMLESS)
        await peer.until("answered")
        await peer.say(room.id, "And one more thing.")
        told = await peer.until("error")

    assert told["reason"] == "too-many"
    assert 30 <= told["retry_after"] <= 31
    assert [row.state for row in await rows_of(community, room.id)] == [State.PUBLISHED]


async def test_a_facilitator_opens_a_waiting_room_by_coming_and_closes_it_by_leaving(
    community: Community,
) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(needs_facilitator=True))

    async with serving(community.services) as host, listening(host, rowan) as peer:
        joined = await peer.join(room.id)
        await peer.say(room.id, HARMLESS)
        told = await peer.until("error")
        async with listening(host, juniper) as facilitator:
            await facilitator.join(room.id)
            opened = await peer.until("room")
            await peer.say(room.id, HARMLESS)
            said = await peer.until("answered")
        closed = await peer.until("room")

    assert joined["state"]["waiting_for_facilitator"] is True
    assert told["reason"] == "waiting-for-facilitator"
    assert (opened["waiting_for_facilitator"], said["state"]) == (False, "published")
    assert closed["waiting_for_facilitator"] is True


async def test_presence_counts_members_once_and_names_only_those_who_allow_it(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, wren.id)).show_presence = True

    async with serving(community.services) as host, listening(host, rowan) as peer:
        alone = await peer.join(room.id)
        async with listening(host, wren) as one, listening(host, wren) as two:
            await one.join(room.id)
            await two.join(room.id)
            both = await peer.until("presence", count=2)
        left = await peer.until("presence", count=1)

    assert alone["here"] == {"count": 1, "names": []}
    assert both["names"] == ["Wren"]
    assert left["names"] == []


async def test_a_reply_shows_up_in_the_count_of_notices(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await community.say(wren, thread.place_id, "I am with you.")
        told = await peer.until("notices")

    assert told == {"type": "notices", "unread": 1}
