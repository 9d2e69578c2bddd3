"""Broadcasts: encoded once, in order, for whoever may be listening, and never fatal."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from forum.broadcasts import DESK, Broadcasts, account_topic, ended_topic, has_facilitator, place_topic
from forum.facts import (
    ItemChanged,
    MessageChanged,
    MessageHeld,
    MessagePublished,
    MessageRefused,
    NoticesChanged,
    PlaceChanged,
    SessionsEnded,
)
from forum.shown import Author, Shown
from moderation.markup import render
from realtime.backplane import Presence
from realtime.envelope import Envelope, Topic
from realtime.in_process import InProcess
from tests.builders import Community
from tests.forum.talk import heard

PLACE, SOMEBODY = uuid4(), uuid4()


def shown(seq: int, text: str = "Good evening.") -> Shown:
    """Return a published line."""
    author = Author(SOMEBODY, "Rowan")
    return Shown(uuid4(), seq, author, render(text), datetime(2026, 11, 22, tzinfo=UTC), "published")


def published(seq: int, kind: str = "room", text: str = "Good evening.") -> MessagePublished:
    """Return the fact that a line was published."""
    return MessagePublished(PLACE, kind, shown(seq, text), seq, None, released=False)


async def test_facts_are_told_in_their_order(community: Community) -> None:
    broadcasts = Broadcasts(community.services.backplane, community.services.renderer)

    async with heard(community.services, PLACE) as frames:
        changed = MessageChanged(PLACE, "room", shown(1), 3)
        await broadcasts.announce([published(1), published(2), changed])

    assert [(frame["type"], frame["seq"]) for frame in frames] == [("message", n) for n in (1, 2, 3)]


async def test_what_waits_or_is_refused_is_told_to_nobody(community: Community) -> None:
    noting = Noting()
    broadcasts = Broadcasts(noting, community.services.renderer)

    await broadcasts.announce([MessageHeld(uuid4(), SOMEBODY), MessageRefused(uuid4(), SOMEBODY)])
    await broadcasts.announce([published(1, "case"), published(1, "profile")])

    assert noting.published == []


async def test_a_thread_is_told_of_its_messages_as_its_page_shows_them(community: Community) -> None:
    broadcasts = Broadcasts(community.services.backplane, community.services.renderer)

    async with heard(community.services, PLACE) as frames:
        await broadcasts.announce([published(1, "thread"), published(2)])

    assert [frame["html"].split()[0] for frame in frames] == ["<article", "<li"]


class Noting(InProcess):
    """A backplane that remembers everything it was given, whoever listens."""

    def __init__(self) -> None:
        super().__init__()
        self.published: list[Envelope] = []

    async def publish(self, envelope: Envelope) -> None:
        self.published.append(envelope)


async def test_a_broadcast_carries_no_active_element(community: Community) -> None:
    broadcasts = Broadcasts(community.services.backplane, community.services.renderer)

    async with heard(community.services, PLACE) as frames:
        await broadcasts.announce([published(1, text="<script>alert(1)</script> [x](javascript:1)")])

    assert "<script" not in frames[0]["html"]
    assert 'href="javascript' not in frames[0]["html"]


async def test_one_fact_that_cannot_be_told_does_not_silence_the_next(community: Community) -> None:
    stumbling = Stumbling()
    broadcasts = Broadcasts(stumbling, community.services.renderer)
    heard_seqs: list[str] = []
    await stumbling.subscribe(place_topic(PLACE), lambda envelope: heard_seqs.append(envelope.frame))

    await broadcasts.announce([published(1), published(2)])

    assert len(heard_seqs) == 1
    assert '"seq":2' in heard_seqs[0]


class Stumbling(InProcess):
    """A backplane that fails once."""

    fallen = False

    async def publish(self, envelope: Envelope) -> None:
        if not self.fallen:
            self.fallen = True
            raise ConnectionError
        await super().publish(envelope)


async def test_members_are_told_what_concerns_only_them(community: Community) -> None:
    broadcasts = Broadcasts(community.services.backplane, community.services.renderer)
    kept = uuid4()

    async with (
        heard(community.services, account_topic(SOMEBODY)) as own,
        heard(community.services, ended_topic(SOMEBODY)) as ended,
        heard(community.services, account_topic(uuid4())) as others,
    ):
        await broadcasts.announce([NoticesChanged(SOMEBODY, 3), SessionsEnded(SOMEBODY, kept=kept)])
        await broadcasts.announce([SessionsEnded(SOMEBODY, ended=kept)])

    assert own == [{"type": "notices", "unread": 3}]
    assert ended == [{"ended": None, "kept": str(kept)}, {"ended": str(kept), "kept": None}]
    assert others == []


async def test_the_desk_hears_what_changed_there(community: Community) -> None:
    broadcasts = Broadcasts(community.services.backplane, community.services.renderer)
    item, until = uuid4(), datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    claimed = ItemChanged(item, "held", 1, "claimed", SOMEBODY, "Linnet", until)

    async with heard(community.services, DESK) as desk:
        await broadcasts.announce([claimed, ItemChanged(item, "held", 1, "done", SOMEBODY)])

    told = [(frame["item"], frame["what"], frame["who"], frame["until"]) for frame in desk]
    assert told == [
        (str(item), "claimed", "Linnet", "2026-11-22T18:05:00+00:00"),
        (str(item), "done", None, None),
    ]


async def test_a_room_says_whether_it_still_waits(community: Community) -> None:
    backplane = community.services.backplane
    broadcasts = Broadcasts(backplane, community.services.renderer)
    fact = PlaceChanged(PLACE, closed=False, slow_seconds=9, needs_facilitator=True)

    async with heard(community.services, PLACE) as frames:
        await broadcasts.announce([fact])
        await backplane.arrive(place_topic(PLACE), Presence("1", SOMEBODY, None, facilitator=True), 60)
        await broadcasts.announce([fact])

    assert [frame["waiting_for_facilitator"] for frame in frames] == [True, False]
    assert await has_facilitator(backplane, PLACE)


def test_topics_of_different_things_never_meet() -> None:
    same = UUID(int=7)
    topics: set[Topic] = {place_topic(same), account_topic(same), ended_topic(same), DESK}

    assert len(topics) == 4
