"""Watching the desk: who hears of what, and for how long."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.broadcasts import DESK
from forum.errors import NotFound
from forum.review import watching
from forum.review.claiming import claim
from forum.review.outcomes import Action
from forum.review.tables import ReviewItem
from forum.review.watching import DeskWatch, shown_among
from realtime import frames
from realtime.connection import Connection
from realtime.envelope import Envelope
from tests.builders import Community, Member
from tests.forum.queueing import item_of, open_items, recuse
from tests.forum.talk import decided, hold_one
from tests.realtime.twins import PaperWire, ignore

SOON = 5.0


class Seat:
    """A connection that watches the desk, and who is said to sit there."""

    def __init__(self, community: Community, viewer: Viewer | None) -> None:
        self.viewer = viewer
        self.fails = False
        self.wire = PaperWire()
        self.connection = Connection(self.wire)
        self.watch = DeskWatch(community.services, self.connection, self._recognised)
        self.running: asyncio.Task[None] = asyncio.create_task(self.connection.run(ignore))

    async def _recognised(self) -> Viewer | None:
        if self.fails:
            raise OperationalError("", {}, OSError("the disk is away"))
        return self.viewer

    async def hears(self, count: int) -> list[dict[str, object]]:
        """Return the first frames, once there are so many."""
        async with asyncio.timeout(SOON):
            return [json.loads(frame) for frame in (await self.wire.hears(count))[:count]]

    async def rise(self) -> None:
        """Watch no longer, and hang up."""
        await self.watch.end()
        self.wire.leave()
        await asyncio.wait_for(self.running, SOON)

    async def closing(self) -> int:
        """Return the code that the connection is closed with."""
        await asyncio.wait([self.running], timeout=SOON)
        assert self.wire.closed is not None
        return self.wire.closed[0]


@asynccontextmanager
async def seated(community: Community, member: Member) -> AsyncIterator[Seat]:
    """Let somebody watch the desk."""
    seat = Seat(community, member.viewer)
    await seat.watch.start()
    await seat.hears(1)
    yield seat
    await seat.rise()


async def waiting(community: Community, author: Member) -> ReviewItem:
    """Let something of the author's wait."""
    room = await community.room()
    return await item_of(community, (await hold_one(community, author, room.id)).message_id)


async def test_a_moderator_hears_how_much_waits_then_what_is_new_claimed_and_done(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    await waiting(community, rowan)

    async with seated(community, linnet) as seat:
        item = await waiting(community, rowan)
        until = (await claim(community.services, linnet.id, item.id)).until
        await decided(community, linnet, item, Action.RELEASE)
        told = await seat.hears(4)

    about = {"type": "desk", "item": str(item.id), "kind": "held", "lane": 1, "who": None, "until": None}
    assert told == [
        {"type": "watching", "waiting": 1},
        about | {"what": "new"},
        about | {"what": "claimed", "who": "Linnet", "until": until.isoformat()},
        about | {"what": "done"},
    ]


async def test_for_whoever_is_no_moderator_there_is_no_desk(community: Community) -> None:
    for number, role in enumerate((Role.MEMBER, Role.MENTOR, Role.MANAGER)):
        seat = Seat(community, (await community.member(f"Rowan{number}", role)).viewer)

        with pytest.raises(NotFound):
            await seat.watch.start()
        await seat.rise()


async def test_for_whoever_is_signed_out_there_is_no_desk_and_its_end_is_nothing(
    community: Community,
) -> None:
    seat = Seat(community, None)

    with pytest.raises(NotFound):
        await seat.watch.start()
    await seat.rise()


async def test_nobody_hears_of_what_is_their_own_or_of_whom_they_are_recused_from(
    community: Community,
) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()
    wren = await community.member("Wren")
    await recuse(community, linnet, wren)

    async with seated(community, linnet) as seat:
        await waiting(community, linnet)
        await waiting(community, wren)
        item = await waiting(community, rowan)
        told = await seat.hears(2)

    assert [frame.get("item") for frame in told] == [None, str(item.id)]


async def test_whoever_asked_for_a_second_opinion_hears_no_more_of_it(community: Community) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()
    item = await waiting(community, rowan)
    await decided(community, linnet, item, Action.ESCALATE)

    async with community.services.database.reading() as session:
        shown = await shown_among(session, linnet.id, [item.id, uuid4()])

    assert shown == set()
    assert await open_items(community) != []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda viewer: replace(viewer, role=Role.MEMBER), frames.RESTARTING),
        (lambda viewer: None, frames.SIGNED_OUT),
    ],
    ids=["the role went", "the session ended"],
)
async def test_the_watch_ends_before_anything_else_is_told(
    community: Community, change: Callable[[Viewer], Viewer | None], code: int
) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()

    async with seated(community, linnet) as seat:
        seat.viewer = change(linnet.viewer)
        await waiting(community, rowan)
        closed = await seat.closing()

    assert closed == code
    assert [json.loads(frame)["type"] for frame in seat.wire.heard] == ["watching"]


async def test_whoever_cannot_be_recognised_just_now_is_told_nothing_and_comes_back(
    community: Community,
) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()

    async with seated(community, linnet) as seat:
        seat.fails = True
        await waiting(community, rowan)

        assert await seat.closing() == frames.RESTARTING


async def test_watching_twice_is_watching_once(community: Community) -> None:
    linnet, rowan = await community.member("Linnet", Role.MODERATOR), await community.member()

    async with seated(community, linnet) as seat:
        await seat.watch.start()
        await waiting(community, rowan)
        await seat.watch.start()
        told = await seat.hears(4)

    assert sorted(str(frame["type"]) for frame in told) == ["desk", "watching", "watching", "watching"]


async def test_whoever_is_far_behind_comes_back(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_UNTOLD", 2)
    linnet = await community.member("Linnet", Role.MODERATOR)

    async with seated(community, linnet) as seat:
        change = frames.DeskChange(uuid4(), "held", 1, "new")
        for _ in range(4):
            await community.services.backplane.publish(Envelope.of(DESK, frames.desk(change)))

        assert await seat.closing() == frames.RESTARTING
