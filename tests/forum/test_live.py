"""The websocket against a real server: talking both ways, losing nothing, and who may listen."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
import websockets
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from forum import live
from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.sessions import end_session, end_sessions, find_viewer
from forum.accounts.signing_in import Attempt, sign_in
from forum.accounts.tables import Account
from forum.messages.answering import near
from forum.messages.tables import State
from forum.messages.withdrawing import withdraw
from forum.rooms import attendance
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience
from realtime import frames
from realtime.backplane import Allowance
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    PASSWORD,
    STIGMA,
    Community,
    Member,
    published,
    serving,
)
from tests.forum.talk import edited, hold_one, rows_of, ruled, say_many

SOON = 10.0
"""Seconds after which a frame that does not come is a failure; nothing ever waits for so long."""


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is here is told at once instead of within a second."""
    monkeypatch.setattr(attendance, "TOLD_EVERY_SECONDS", 0.0)


class Peer:
    """A member's program at the other end."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.heard: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        """Send one frame."""
        await self.socket.send(json.dumps(frame, default=str))

    async def next(self) -> dict[str, Any]:
        """Return the next frame, whatever it is."""
        async with asyncio.timeout(SOON):
            frame: dict[str, Any] = json.loads(await self.socket.recv())
        self.heard.append(frame)
        return frame

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of the kind, with these fields if any are given."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame[name] == value for name, value in fields.items()):
                return frame

    async def join(self, place_id: UUID, since: int | None = None) -> dict[str, Any]:
        """Enter a room."""
        await self.send(type="join", place=place_id, since=since)
        return await self.until("joined")

    async def say(self, place_id: UUID, text: str, nonce: UUID | None = None, choice: str = "") -> str:
        """Say something; the value is the nonce."""
        nonce = nonce or uuid4()
        await self.send(
            type="say", place=place_id, nonce=nonce, text=text, parent=None, choice=choice or None
        )
        return str(nonce)

    async def told(self, place_id: UUID, text: str, choice: str = "") -> dict[str, Any]:
        """Say something; return what became of it."""
        return await self.until("answered", nonce=await self.say(place_id, text, choice=choice))

    async def closing(self) -> int:
        """Wait for the close; return its code."""
        with suppress(ConnectionClosed):
            while True:
                await self.next()
        assert self.socket.close_code is not None
        return self.socket.close_code

    def said(self) -> list[tuple[int, str]]:
        """Return the seq and id of every message that was heard."""
        return [(frame["seq"], frame["id"]) for frame in self.heard if frame["type"] == "message"]


@asynccontextmanager
async def listening(host: str, member: Member, **how: Any) -> AsyncIterator[Peer]:
    """Connect as a member."""
    headers = {"cookie": f"waypost-session={member.token}"}
    async with connect(f"ws://{host}/live", additional_headers=headers, **how) as socket:
        peer = Peer(socket)
        assert (await peer.next())["type"] == "welcome"
        yield peer


# Talking


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


async def test_a_detail_is_asked_about_and_others_hear_the_masked_line_only(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()

    async with (
        serving(community.services) as host,
        listening(host, rowan) as first,
        listening(host, wren) as second,
    ):
        await first.join(room.id)
        await second.join(room.id)
        asked, forged = [await first.told(room.id, GIVES_AWAY, choice) for choice in ("", "as-it-is")]
        sent = await first.told(room.id, GIVES_AWAY, "masked")
        heard = await second.until("message")

    assert (asked["state"], asked["id"], asked["choices"]) == ("asked", None, ["masked", "ask"])
    assert f"We saw: {EMAIL}" in asked["words"]
    assert f"Without it, others would read: {GIVES_AWAY_MASKED}" in asked["words"]
    assert (forged["state"], sent["state"], sent["seq"], heard["seq"]) == ("asked", "published", 1, 1)
    assert GIVES_AWAY_MASKED in heard["html"]
    assert EMAIL not in str(second.heard)


async def test_kinder_words_are_offered_and_a_line_may_go_as_it_is(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        asked, sent = [await peer.told(room.id, STIGMA, choice) for choice in ("", "as-it-is")]

    assert (asked["choices"], sent["state"], sent["choices"]) == (["as-it-is"], "published", [])
    assert "Instead of “junkies”: person with a substance use disorder" in asked["words"]


async def test_who_may_be_in_danger_is_told_whom_they_can_reach_and_the_team_is_told(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)

    async with (
        serving(community.services) as host,
        listening(host, rowan) as peer,
        listening(host, moderator) as team,
    ):
        await peer.join(room.id)
        calm = await peer.told(room.id, "Good evening, all.")
        told = [await peer.told(room.id, text) for text in (IN_DANGER, f"{IN_DANGER} {GIVES_AWAY}")]
        noticed = await team.until("notices")

    assert calm["words"] == []
    assert [one["state"] for one in told] == ["published", "held"]
    reach = [f"{line.name}: " for line in near(rowan.viewer.time_zone)]
    assert all(any(words.startswith(name) for words in one["words"]) for one in told for name in reach)
    assert noticed["unread"] == 1


async def test_a_refusal_says_why(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        nonce = await peer.say(room.id, "   ")
        told = await peer.until("answered")

    assert (told["nonce"], told["state"], told["id"]) == (nonce, "refused", None)
    assert any("nothing in it" in words for words in told["words"])


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


# Coming back


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


async def test_a_lot_that_was_missed_comes_in_pages(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MISSED_BYTES", 2_500)
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 9)
    found: list[str] = []

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id, since=0)
        page, pages = await peer.until("missed"), 1
        found += [item["id"] for item in page["items"]]
        while page["more"]:
            await peer.send(type="fetch", place=room.id, since=page["upto"])
            page, pages = await peer.until("missed"), pages + 1
            found += [item["id"] for item in page["items"]]

    assert pages > 2
    assert found == [str(one.message_id) for one in said]
    assert page["upto"] == 9


async def test_whoever_missed_nothing_hears_so(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 2)

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id, since=2)
        missed = await peer.until("missed")

    assert (missed["items"], missed["upto"], missed["more"]) == ([], 2, False)


# Who may


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_page_of_another_site_is_refused(community: Community, origin: str) -> None:
    rowan = await community.member()

    async with serving(community.services) as host:
        with pytest.raises(InvalidStatus) as caught:
            async with listening(host, rowan, origin=origin):
                pass

    assert caught.value.response.status_code == 403


async def test_a_page_of_this_site_is_welcome(community: Community) -> None:
    rowan = await community.member()

    async with (
        serving(community.services) as host,
        listening(host, rowan, origin=websockets.Origin(f"http://{host}")) as peer,
    ):
        await peer.send(type="ping")
        answer = await peer.next()

    assert answer == {"type": "pong"}


async def test_somebody_signed_out_is_sent_away(community: Community) -> None:
    rowan = await community.member()
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)

    async with serving(community.services) as host:
        headers = {"cookie": f"waypost-session={rowan.token}"}
        for sent in (headers, {"cookie": "waypost-session=guessed"}, {}):
            async with connect(f"ws://{host}/live", additional_headers=sent) as socket:
                assert await Peer(socket).closing() == frames.SIGNED_OUT


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
    monkeypatch.setattr(live, "WATCH_SECONDS", 0.01)
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)

    async with serving(community.services) as host:
        async with listening(host, linnet) as demoted:
            await appoint(community.services, "Linnet", Role.MEMBER)

            assert await demoted.closing() == frames.RESTARTING

        async with listening(host, rowan) as stale:
            community.clock.forward(days=community.services.settings.session_days + 1)

            assert await stale.closing() == frames.SIGNED_OUT


async def test_too_many_connections_are_told_when_to_come_back(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "SOCKETS", Allowance(1, 60))
    rowan = await community.member()

    async with serving(community.services) as host, listening(host, rowan):
        headers = {"cookie": f"waypost-session={rowan.token}"}
        async with connect(f"ws://{host}/live", additional_headers=headers) as second:
            peer = Peer(second)
            told = await peer.next()

            assert told["type"] == "later"
            assert 0 < told["seconds"] <= 61
            assert await peer.closing() == frames.TRY_AGAIN_LATER


async def test_a_hidden_room_a_thread_and_a_guess_are_all_the_same_nothing(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    hidden = await community.room(space=await community.space(Audience.TEAM))
    thread = published(await community.thread(linnet))
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
    monkeypatch.setattr(live, "ROOMS_MOST", 1)
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


# Bad frames


async def test_a_bad_frame_is_answered_and_the_connection_lives(community: Community) -> None:
    rowan, nonce = await community.member(), str(uuid4())
    bad = [
        "not json",
        "[]",
        '{"type": "dance"}',
        json.dumps({"type": "say", "place": "nowhere", "nonce": nonce, "text": "Hi"}),
        json.dumps({"type": "say", "place": str(uuid4()), "nonce": nonce, "text": 7}),
        json.dumps({"type": "join", "place": str(uuid4()), "since": -1}),
    ]

    async with serving(community.services) as host, listening(host, rowan) as peer:
        told = []
        for frame in bad:
            await peer.socket.send(frame)
            told.append(await peer.next())
        await peer.send(type="ping")
        last = await peer.next()

    assert all(frame["type"] == "error" and frame["words"] for frame in told)
    assert told[3]["nonce"] == told[4]["nonce"] == nonce
    assert last == {"type": "pong"}


async def test_a_text_too_long_for_a_room_is_refused_and_not_fatal(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        await peer.say(room.id, "word " * 500)
        told = await peer.until("answered")
        await peer.say(room.id, HARMLESS)
        after = await peer.until("answered")

    assert (told["state"], after["state"]) == ("refused", "published")


async def test_a_program_that_only_sends_nonsense_is_sent_away(community: Community) -> None:
    rowan = await community.member()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        for _ in range(10):
            await peer.socket.send("nonsense")
        code = await peer.closing()

    assert code == frames.TOO_MANY_MALFORMED


# How the room is held


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


# Notices


async def test_a_reply_shows_up_in_the_count_of_notices(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    thread = published(await community.thread(rowan))

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await community.say(wren, thread.place_id, "I am with you.")
        told = await peer.until("notices")

    assert told == {"type": "notices", "unread": 1}
