"""Turns: in order, one at a time, lost by nobody who is here, given once by two hosts at once."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.errors import Forbidden
from forum.meetings import turns
from forum.meetings.finding import locked
from forum.meetings.ticking import look_in
from forum.messages.openness import SHARING
from forum.spaces.tables import Place
from tests.builders import Community, Member, community_at, opened_community, published
from tests.forum.meetings.gathered import Planned, planned


async def three(community: Community) -> tuple[Planned, list[Member]]:
    """Return an open meeting with three guests."""
    members = [await community.member(name) for name in ("Rowan", "Wren", "Linnet")]
    meeting = await planned(community, *members)
    await meeting.open()
    return meeting, members


async def test_hands_are_taken_in_order_and_the_list_goes_on_by_itself(community: Community) -> None:
    meeting, (rowan, wren, linnet) = await three(community)
    for one in (wren, rowan, linnet, wren):
        await meeting.do(one, "raise")

    before = await meeting.turns()
    await meeting.do(meeting.host, "next", seen="")
    await meeting.do(wren, "done")
    await meeting.do(rowan, "pass")

    assert before == [("Wren", "waiting"), ("Rowan", "waiting"), ("Linnet", "waiting")]
    assert await meeting.turns() == [("Linnet", "sharing")]


async def test_who_shares_speaks_and_others_listen_until_they_are_done(community: Community) -> None:
    meeting, (rowan, wren, _) = await three(community)
    await meeting.arrive(meeting.host)
    await meeting.do(rowan, "raise")
    await meeting.do(meeting.host, "next", seen="")

    published(await community.say(rowan, meeting.place_id))
    with pytest.raises(Forbidden) as caught:
        await community.say(wren, meeting.place_id)
    await meeting.do(rowan, "done")
    published(await community.say(wren, meeting.place_id, "Thank you, Rowan."))

    assert caught.value.words == SHARING


async def test_the_list_waits_for_a_host_before_who_was_muted_who_may_speak_in_their_turn(
    community: Community,
) -> None:
    meeting, (rowan, wren, _) = await three(community)
    await meeting.arrive(meeting.host)
    await meeting.do(meeting.host, "mute", member=wren.id)
    for one in (rowan, wren):
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")

    await meeting.do(rowan, "done")
    waits = await meeting.turns()
    await meeting.do(meeting.host, "next", seen="")
    published(await community.say(wren, meeting.place_id))

    assert waits == [("Wren", "waiting")]
    assert await meeting.turns() == [("Wren", "sharing")]


async def test_more_time_is_a_hosts_to_give_from_now_at_the_earliest(community: Community) -> None:
    meeting, (rowan, *_) = await three(community)
    await meeting.do(rowan, "raise")
    await meeting.do(meeting.host, "next", seen="")
    first = await meeting.sharing()
    assert first is not None
    assert first.ends_at is not None
    with pytest.raises(Forbidden):
        await meeting.do(rowan, "time", seen=first.id)

    community.clock.forward(minutes=10)
    await meeting.do(meeting.host, "time", seen=first.id)

    longer = await meeting.sharing()
    assert first.ends_at - first.since == timedelta(minutes=3)  # type: ignore[operator]
    assert longer is not None
    assert longer.ends_at == community.clock() + turns.MORE_TIME


async def test_a_host_ends_a_turn_that_they_saw_and_the_list_waits_for_them(community: Community) -> None:
    meeting, (rowan, wren, _) = await three(community)
    for one in (rowan, wren):
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")
    taken = await meeting.sharing()
    assert taken is not None

    await meeting.do(meeting.host, "stop", seen=wren.id)
    still = await meeting.turns()
    await meeting.do(meeting.host, "stop", seen=taken.id)

    assert still == [("Rowan", "sharing"), ("Wren", "waiting")]
    assert await meeting.turns() == [("Wren", "waiting")]


@pytest.mark.everywhere
async def test_two_hosts_at_once_give_one_turn(community: Community) -> None:
    meeting, members = await three(community)
    for one in members:
        await meeting.do(one, "raise")

    await asyncio.gather(*(meeting.do(meeting.host, "next", seen="") for _ in range(8)))
    first = await meeting.sharing()
    assert first is not None
    await asyncio.gather(*(meeting.do(meeting.host, "next", seen=first.id) for _ in range(8)))

    assert await meeting.turns() == [("Wren", "sharing"), ("Linnet", "waiting")]


@pytest.mark.everywhere
async def test_another_process_goes_on_where_this_one_was(community: Community) -> None:
    meeting, (rowan, wren, _) = await three(community)
    for one in (rowan, wren):
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")

    async with community_at(community.services.database.url) as another:
        elsewhere = replace(meeting, community=another)
        before = await elsewhere.turns()
        await elsewhere.do(rowan, "done")

    assert before == [("Rowan", "sharing"), ("Wren", "waiting")]
    assert await meeting.turns() == [("Wren", "sharing")]


@pytest.mark.everywhere
async def test_everybody_at_once_gets_a_number_of_their_own(community: Community) -> None:
    members = [await community.member(f"Rowan{number}") for number in range(12)]
    meeting = await planned(community, *members)
    await meeting.open()

    await asyncio.gather(*(meeting.do(one, "raise") for one in (*members, *members)))

    state = (await meeting.held()).meeting
    assert len(await meeting.turns()) == state.hands == len(members)


@pytest.mark.everywhere
async def test_talk_and_turns_at_once_wait_for_each_other_and_never_in_a_circle(community: Community) -> None:
    meeting, (rowan, wren, linnet) = await three(community)
    await meeting.arrive(meeting.host)
    says = [community.say(meeting.host, meeting.place_id, f"Welcome, number {n}.") for n in range(8)]
    hands = [meeting.do(one, do) for one in (rowan, wren, linnet) for do in ("raise", "lower", "raise")]

    answers = await asyncio.gather(*says, *hands, return_exceptions=True)

    assert [one for one in answers if isinstance(one, BaseException)] == []


async def test_who_is_away_for_a_minute_loses_the_turn_and_who_comes_back_keeps_it(
    community: Community,
) -> None:
    meeting, (rowan, wren, linnet) = await three(community)
    await meeting.arrive(rowan, wren, linnet, meeting.host)
    for one in (rowan, wren):
        await meeting.do(one, "raise")
    await meeting.do(meeting.host, "next", seen="")

    await meeting.depart(rowan)
    await look_in(community.services, await meeting.held())
    community.clock.forward(seconds=50)
    await meeting.arrive(rowan)
    await look_in(community.services, await meeting.held())
    community.clock.forward(seconds=50)
    await look_in(community.services, await meeting.held())
    kept = await meeting.turns()
    await meeting.depart(rowan)
    await look_in(community.services, await meeting.held())
    community.clock.forward(seconds=60)
    await look_in(community.services, await meeting.held())

    assert kept == [("Rowan", "sharing"), ("Wren", "waiting")]
    assert await meeting.turns() == [("Wren", "sharing")]


async def test_where_nobody_is_seen_nobody_loses_a_turn(community: Community) -> None:
    meeting, (rowan, *_) = await three(community)
    await meeting.do(rowan, "raise")

    for _ in range(3):
        await look_in(community.services, await meeting.held())
        community.clock.forward(minutes=2)

    assert await meeting.turns() == [("Rowan", "waiting")]


NAMES = ("Rowan", "Wren", "Linnet")
STEPS = st.lists(
    st.tuples(st.sampled_from(("raise", "lower", "pass", "done")), st.sampled_from(NAMES))
    | st.tuples(st.sampled_from(("next", "stale", "stop")), st.just("Juniper")),
    max_size=14,
)


@dataclass
class Model:
    """What turns are, without any database."""

    waiting: list[str] = field(default_factory=list)
    sharing: str | None = None

    def step(self, do: str, who: str) -> None:
        """Do as the meeting does."""
        match do:
            case "raise" if who not in (*self.waiting, self.sharing):
                self.waiting.append(who)
            case "lower" | "pass" | "done" if who in self.waiting:
                self.waiting.remove(who)
            case "lower" | "pass" | "done" if who == self.sharing:
                self._next()
            case "next":
                self._next()
            case "stop":
                self.sharing = None

    def _next(self) -> None:
        self.sharing = self.waiting.pop(0) if self.waiting else None

    @property
    def seen(self) -> list[tuple[str, str]]:
        """What is told of it: the one who shares was always the first to raise a hand."""
        first = [(self.sharing, "sharing")] if self.sharing else []
        return [*first, *((one, "waiting") for one in self.waiting)]


@settings(max_examples=25)
@given(steps=STEPS)
def test_turns_are_what_the_model_says_whatever_is_done(steps: list[tuple[str, str]]) -> None:
    asyncio.run(_compare(steps))


prepared: dict[str, Path] = {}


@pytest.fixture(autouse=True)
def _prepared(prepared_database: Path) -> None:
    prepared["here"] = prepared_database


async def _compare(steps: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        async with opened_community(prepared["here"], Path(folder)) as community:
            meeting, members = await three(community)
            known, model = {one.viewer.handle: one for one in (*members, meeting.host)}, Model()
            for do, who in steps:
                taken = await meeting.sharing()
                seen = {"stale": meeting.place_id}.get(do, taken.id if taken else "")
                await meeting.do(known[who], "next" if do == "stale" else do, seen=seen)
                model.step(do, who)
                assert await meeting.turns() == model.seen
                async with community.services.database.transaction() as tx:
                    held = await locked(tx, meeting.place_id)
                    speaker: Place = held.place
                    assert speaker.speaker_id == (known[model.sharing].id if model.sharing else None)
