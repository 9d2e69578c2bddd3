"""Claims about the whole site, from outside: the same on SQLite in one process, and at scale in two."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

import pytest

from tests.builders import HOLDS, PASSWORD
from tests.forum.live.peers import Peer
from tests.journeys.whole.sites import PROCESSES, Whole, whole_site
from tests.journeys.whole.visitor import Visitor, soon
from tests.postgres import Server

PER_MINUTE = 30
"""Lines that one member may say in rooms within a minute."""
SIGNED_OUT = 4401
FIRST, SECOND = 0, 1
"""The number of the process that somebody reaches; where there is one only, both are that."""
NUMBERS = count(1)


@pytest.fixture(scope="module", params=PROCESSES)
def whole(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgresql: Server
) -> Iterator[Whole]:
    """A site of each kind, served for all tests of this file."""
    with whole_site(request.param, tmp_path_factory.mktemp("whole"), postgresql) as served:
        yield served


@dataclass(frozen=True, slots=True)
class Cast:
    """Two members and an administrator, with a space and a room that she opened."""

    ada: Visitor
    ben: Visitor
    moss: Visitor
    space: str
    room: UUID


@pytest.fixture(scope="module")
def cast(whole: Whole) -> Cast:
    """Everybody signed up through the pages, each by another process."""
    return asyncio.run(gathered(whole, next(NUMBERS)))


async def gathered(whole: Whole, number: int) -> Cast:
    ada, ben, moss = (
        Visitor(f"{name}{number}", whole.ports) for name in ("Ada-River", "Ben-Field", "Moss-Warden")
    )
    for by, one in enumerate((ada, ben, moss)):
        await one.sign_up(by=by)
    whole.appoint(moss.handle, "administrator")
    await moss.open("/manage")
    await moss.send("/manage/spaces", name=f"Day {number}", slug=f"day-{number}", audience="members")
    await moss.open("/manage", by=SECOND)
    await moss.send("/manage/rooms", by=SECOND, space=f"day-{number}", name=f"Evening {number}")
    await ada.open("/rooms")
    room = ada.link(f"Evening {number}").removeprefix("/rooms/")
    return Cast(ada, ben, moss, f"/spaces/day-{number}", UUID(room))


async def release(moss: Visitor, handle: str) -> None:
    """Publish what waits of somebody's, by the desk's pages."""
    await moss.open("/desk")
    await moss.open(moss.link(handle))
    await moss.send(f"{moss.at.partition('?')[0]}/rulings", action="release")


async def test_a_thread_that_is_opened_at_one_process_is_answered_at_the_other(cast: Cast) -> None:
    title = "First evening at home"
    await cast.ada.open(f"{cast.space}/threads/new")
    await cast.ada.send(cast.space, title=title, text="It is *very* quiet here.")
    thread = cast.ada.at
    await cast.ben.open(thread, by=SECOND)
    await cast.ben.send(f"{thread}/replies", by=SECOND, text="Good to have you here.")
    await cast.ben.open(thread, by=SECOND)
    await cast.ben.send(f"{thread}/replies", by=SECOND, text=HOLDS)
    before = await cast.ada.open(thread)
    notices = await cast.ada.open("/notices")
    await release(cast.moss, cast.ben.handle)
    after = await cast.ada.open(thread)

    assert title in before
    assert "<em>very</em>" in before
    assert "Good to have you here." in before
    assert f"{cast.ben.handle} replied to you" in notices
    assert (HOLDS in before, HOLDS in after) == (False, True)


async def enters(stack: AsyncExitStack, cast: Cast, who: Visitor, by: int) -> Peer:
    peer = await stack.enter_async_context(who.live(by=by))
    await peer.join(cast.room, since=0)
    return peer


async def test_what_is_held_in_a_room_is_heard_once_a_moderator_releases_it_wherever_one_is(
    cast: Cast,
) -> None:
    async with AsyncExitStack() as stack:
        ada, ben = await enters(stack, cast, cast.ada, FIRST), await enters(stack, cast, cast.ben, SECOND)
        both = await soon(ada, "presence", place=str(cast.room), count=2)
        first = await ben.told(cast.room, "Good evening, everybody.")
        heard = await soon(ada, "message", id=first["id"])
        held = await ben.told(cast.room, HOLDS)
        later = await ada.told(cast.room, "Are you still there?")
        await release(cast.moss, cast.ben.handle)
        released = [await soon(peer, "message", id=held["id"]) for peer in (ada, ben)]
        between = [frame for frame in ada.heard if frame.get("id") == held["id"]]

    assert both["count"] == 2
    assert (first["state"], held["state"], later["state"]) == ("published", "held", "published")
    assert heard["seq"] == first["seq"]
    assert {frame["seq"] for frame in released} == {later["seq"] + 1}
    assert between == [released[0]]


async def test_who_comes_back_at_another_process_gets_what_was_missed_once_and_in_order(cast: Cast) -> None:
    async with AsyncExitStack() as stack:
        ben = await enters(stack, cast, cast.ben, SECOND)
        first = await ben.told(cast.room, "The kettle is on.")
        async with cast.ada.live(by=FIRST) as ada:
            await ada.join(cast.room, since=0)
            await ada.until("missed")
        nonce = uuid4()
        said = [await ben.told(cast.room, f"Cup number {number} is poured.") for number in range(3)]
        await ben.say(cast.room, "And one more.", nonce)
        once = await ben.until("answered", nonce=str(nonce))
        await ben.say(cast.room, "And one more.", nonce)
        again = await ben.until("answered", nonce=str(nonce))
        async with cast.ada.live(by=SECOND) as ada:
            await ada.join(cast.room, since=first["seq"])
            missed = await ada.until("missed")

    assert [item["id"] for item in missed["items"]] == [*(one["id"] for one in said), once["id"]]
    assert [item["seq"] for item in missed["items"]] == list(range(first["seq"] + 1, missed["upto"] + 1))
    assert (again["id"], again["seq"]) == (once["id"], once["seq"])


async def test_a_pace_is_one_whichever_process_one_speaks_to(whole: Whole, cast: Cast) -> None:
    fast = Visitor(f"Rill-Water{next(NUMBERS)}", whole.ports)
    await fast.sign_up()
    async with AsyncExitStack() as stack:
        peers = [await enters(stack, cast, fast, by) for by in (FIRST, SECOND)]
        told = []
        for number in range(PER_MINUTE + 4):
            told.append(await said_or_not(peers[number % 2], cast.room, f"Line {number}, by and by."))
            await asyncio.sleep(0.14)  # frames have a pace of their own

    assert told == [*["published"] * PER_MINUTE, *["too-many"] * 4]


async def said_or_not(peer: Peer, room: UUID, text: str) -> str:
    """Say a line; return what became of it, or why nothing did."""
    nonce = await peer.say(room, text)
    while True:
        frame = await peer.next()
        if frame.get("nonce") == nonce:
            return str(frame.get("state") or frame["reason"])


async def test_whoever_signs_out_elsewhere_is_cut_off_everywhere(whole: Whole, cast: Cast) -> None:
    there = Visitor(cast.ada.handle, whole.ports)
    await there.open("/sign-in", by=SECOND)
    wrong = await there.send("/sign-in", by=SECOND, handle=cast.ada.handle, password="not it at all")
    await there.send("/sign-in", by=SECOND, handle=cast.ada.handle, password=PASSWORD)
    async with there.live(by=SECOND) as peer:
        await cast.ada.open("/settings")
        await cast.ada.send("/sessions/end-others")
        code = await peer.closing()
    after = await there.open("/settings", by=SECOND)

    assert "That handle and password do not belong together." in wrong
    assert code == SIGNED_OUT
    assert there.at == "/sign-in"
    assert 'name="password"' in after


async def test_what_is_taken_back_at_one_process_is_gone_at_the_other(cast: Cast) -> None:
    await cast.ben.open(f"{cast.space}/threads/new", by=SECOND)
    await cast.ben.send(cast.space, by=SECOND, title="A walk", text="By the river, before breakfast.")
    thread = cast.ben.at
    before = await cast.ada.open(thread)
    await cast.ben.open(thread, by=SECOND)
    await cast.ben.open(cast.ben.link("Withdraw"), by=SECOND)
    await cast.ben.send("/messages/", by=SECOND)
    after = await cast.ada.open(thread)

    assert "before breakfast" in before
    assert "before breakfast" not in after
    assert "Withdrawn by its author." in after
