"""Claims about seats: whatever members and managers do, a date is as its plainest description says."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from forum.calendar.seats import Locked, check_goes_ahead, check_takes_sign_ups, lock_date, promote
from forum.calendar.signing_up import leave, sign_up
from forum.calendar.tables import Coming, Occurrence, Stage
from forum.errors import Closed, NotFound
from tests.builders import Community, Prepared, opened_community
from tests.forum.calendar.crowd import crowd, noted
from tests.forum.calendar.planned import change, date_now, plan, sign_ups, unpaced, unwritten

MEMBERS = 5
WHO = st.integers(0, MEMBERS - 1)
CAPACITY = st.one_of(st.none(), st.integers(1, MEMBERS))


def machine(empty: Prepared, folder: Path) -> type[RuleBasedStateMachine]:
    """Return the machine: a date on a real database, and beside it two lists that say how it should be."""

    class Seats(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.runner, self.stack = asyncio.Runner(), AsyncExitStack()
            self.seated, self.queue, self.others = list[int](), list[int](), dict[int, Coming]()
            self.capacity: int | None = 2
            self.run(self.open())

        def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
            return self.runner.run(doing)

        async def open(self) -> None:
            opening = opened_community(empty, folder)
            self.community: Community = await self.stack.enter_async_context(opening)
            self.members = await crowd(self.community, MEMBERS)
            self.planned = await plan(self.community, capacity=2)

        def teardown(self) -> None:
            self.run(self.stack.aclose())
            self.runner.close()

        def forget(self, who: int) -> None:
            for answers in (self.seated, self.queue):
                if who in answers:
                    answers.remove(who)
            self.others.pop(who, None)

        def move_up(self) -> None:
            while self.queue and (self.capacity is None or len(self.seated) < self.capacity):
                self.seated.append(self.queue.pop(0))

        @rule(who=WHO, reply=st.sampled_from(Coming))
        def say(self, who: int, reply: Coming) -> None:
            viewer = self.members[who].viewer
            answer = self.run(sign_up(unpaced(self.community), viewer, self.planned.id, reply))
            said = Coming.YES if who in self.seated + self.queue else self.others.get(who)
            if reply is not said:
                self.forget(who)
                if reply is Coming.YES:
                    self.queue.append(who)
                else:
                    self.others[who] = reply
                self.move_up()
            number = self.queue.index(who) + 1 if who in self.queue else None
            assert (answer.reply, answer.seated, answer.number) == (reply, who in self.seated, number)

        @rule(who=WHO)
        def go(self, who: int) -> None:
            self.run(leave(unpaced(self.community), self.members[who].viewer, self.planned.id))
            self.forget(who)
            self.move_up()

        @rule(capacity=CAPACITY)
        def resize(self, capacity: int | None) -> None:
            if capacity is not None and capacity < len(self.seated):
                return  # the managers' form refuses that
            self.capacity = capacity
            self.run(self.write(capacity))
            self.move_up()

        async def write(self, capacity: int | None) -> None:
            async with self.community.services.database.transaction() as tx:
                date = await lock_date(tx, self.planned.id)
                date.gathering.capacity = capacity
                await promote(tx, date.occurrence, date.gathering, self.community.clock())

        @invariant()
        def it_is_as_described(self) -> None:
            rows = self.run(sign_ups(self.community, self.planned.id))
            date = self.run(date_now(self.community, self.planned.id))
            ids = {one.id: number for number, one in enumerate(self.members)}
            seated = {ids[row.account_id] for row in rows if row.seated_at is not None}
            waiting = [ids[row.account_id] for row in rows if row.queue_number is not None]
            others = {ids[row.account_id]: row.reply for row in rows if row.reply != Coming.YES}
            assert (seated, waiting, others) == (set(self.seated), self.queue, self.others)
            assert date.coming == len(seated)
            assert self.capacity is None or date.coming <= self.capacity

    return Seats


def test_seats_and_the_line_are_as_they_should_be_whatever_anybody_does(
    empty: Prepared, tmp_path: Path
) -> None:
    run_state_machine_as_test(
        machine(empty, tmp_path), settings=settings(max_examples=10, stateful_step_count=20, deadline=None)
    )


async def test_a_date_is_locked_as_it_is_now_and_not_as_it_was_read(community: Community) -> None:
    planned = await plan(community, capacity=3)

    async with community.services.database.transaction() as tx:
        before = await tx.session.get_one(Occurrence, planned.id)
        before.coming = 2
        await tx.session.flush()
        before.__dict__["coming"] = 7  # what an earlier read has left behind
        date = await lock_date(tx, planned.id)

        assert date.occurrence.coming == 2
        assert date.has_room


async def test_a_date_that_is_gone_cannot_be_locked(community: Community) -> None:
    planned = await plan(community)

    async with community.services.database.transaction() as tx:
        with pytest.raises(NotFound):
            await lock_date(tx, planned.gathering.id)


@pytest.mark.parametrize("how", ["cancelled", "over"])
async def test_nobody_moves_up_on_a_date_that_is_off_or_over(community: Community, how: str) -> None:
    planned, members = await plan(community, capacity=1), await crowd(community, 2)
    for one in members:
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    await change(community, planned.gathering, capacity=2)
    if how == "cancelled":
        await change(community, planned.dates[0], cancelled_at=community.clock())
    else:
        community.clock.forward(days=1)

    with noted(community) as facts:
        async with community.services.database.transaction() as tx:
            date = await lock_date(tx, planned.id)
            promoted = await promote(tx, date.occurrence, date.gathering, community.clock())

    assert (promoted, facts) == ((), [])


@pytest.mark.parametrize(
    ("check", "minutes_before", "allowed"),
    [
        (check_takes_sign_ups, 31, True),
        (check_takes_sign_ups, 30, False),
        (check_goes_ahead, 30, True),
        (check_goes_ahead, -59, True),
        (check_goes_ahead, -60, False),
    ],
)
def test_the_moment_of_the_close_itself_is_too_late(
    check: Callable[[Locked, datetime], None], minutes_before: int, *, allowed: bool
) -> None:
    start = datetime(2026, 11, 22, 18, tzinfo=UTC)
    occurrence = Occurrence(
        gathering_id=uuid4(),
        recurs_local="",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        changed_at=start,
    )
    gathering = unwritten(stage=Stage.SCHEDULED, sign_up_closes_minutes=30)
    now = start - timedelta(minutes=minutes_before)

    if allowed:
        check(Locked(occurrence, gathering), now)
    else:
        with pytest.raises(Closed):
            check(Locked(occurrence, gathering), now)
