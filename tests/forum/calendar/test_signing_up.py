"""Claims about signing up: seats are never oversold, who waits moves up in order, and twice is once."""

import asyncio
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.calendar import signing_up
from forum.calendar.signing_up import Seating, leave, sign_up
from forum.calendar.tables import Coming, SignUp, Stage
from forum.calendar.taking_slots import take_slot
from forum.errors import Closed, Forbidden, NotFound, TooManyRequests
from forum.facts import SeatChanged
from forum.spaces.tables import Audience
from realtime.backplane import Allowance
from tests.builders import Community, Member
from tests.forum.calendar.crowd import crowd, noted
from tests.forum.calendar.planned import (
    change,
    date_now,
    needs,
    plan,
    sign_ups,
    takers,
)

SEATED, MAYBE = Seating(Coming.YES, seated=True), Seating(Coming.MAYBE)


def waits(number: int) -> Seating:
    """Return what somebody is told who waits as this number."""
    return Seating(Coming.YES, number=number)


@pytest.mark.everywhere
async def test_of_200_at_once_20_have_a_seat_and_the_rest_a_number_without_gaps(community: Community) -> None:
    planned, members = await plan(community, capacity=20), await crowd(community, 200)

    answers = await asyncio.gather(
        *(sign_up(community.services, one.viewer, planned.id, Coming.YES) for one in members)
    )
    rows, date = await sign_ups(community, planned.id), await date_now(community, planned.id)

    waiting = [row for row in rows if row.queue_number is not None]
    assert sum(answer.seated for answer in answers) == sum(row.seated_at is not None for row in rows) == 20
    assert [row.queue_number for row in waiting] == list(range(1, 181))
    # What each was told when they asked is what stands there.
    told = {one.id: answer.number for one, answer in zip(members, answers, strict=True)}
    assert [told[row.account_id] for row in waiting] == list(range(1, 181))
    assert (date.coming, date.queued) == (20, 180)


@pytest.mark.everywhere
async def test_when_5_leave_at_once_exactly_the_first_5_who_wait_move_up(community: Community) -> None:
    planned, members = await plan(community, capacity=20), await crowd(community, 60)
    for one in members:
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)

    with noted(community) as facts:
        await asyncio.gather(*(leave(community.services, one.viewer, planned.id) for one in members[3:8]))
    rows, date = await sign_ups(community, planned.id), await date_now(community, planned.id)

    seated = {row.account_id for row in rows if row.seated_at is not None}
    assert seated == {one.id for one in (*members[:3], *members[8:25])}
    assert [row.queue_number for row in rows if row.queue_number is not None] == list(range(6, 41))
    assert date.coming == 20
    moved = [fact.account_id for fact in facts if fact.what == "promoted"]
    assert moved == [one.id for one in members[20:25]]


async def test_a_number_is_the_place_in_line_now_and_not_the_one_it_was(community: Community) -> None:
    planned, (ash, birch, cedar) = await plan(community, capacity=1), await crowd(community, 3)
    for one in (ash, birch, cedar):
        last = await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    await leave(community.services, ash.viewer, planned.id)

    again = await sign_up(community.services, cedar.viewer, planned.id, Coming.YES)

    assert (last, again) == (waits(2), waits(1))


@pytest.mark.parametrize("reply", Coming)
async def test_the_same_form_twice_is_the_same_answer_and_no_second_fact(
    community: Community, reply: Coming
) -> None:
    planned, rowan = await plan(community), await community.member()

    with noted(community) as facts:
        answers = [await sign_up(community.services, rowan.viewer, planned.id, reply) for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(facts) == 1
    assert (await date_now(community, planned.id)).coming == (reply is Coming.YES)


async def test_maybe_takes_no_seat_and_who_says_it_later_gives_theirs_back(community: Community) -> None:
    planned, (ash, birch) = await plan(community, capacity=1), await crowd(community, 2)
    await sign_up(community.services, ash.viewer, planned.id, Coming.YES)
    await sign_up(community.services, birch.viewer, planned.id, Coming.YES)

    with noted(community) as facts:
        answer = await sign_up(community.services, ash.viewer, planned.id, Coming.MAYBE)
    second = await sign_up(community.services, birch.viewer, planned.id, Coming.YES)

    assert (answer, second) == (MAYBE, SEATED)
    assert [(fact.account_id, fact.what) for fact in facts] == [(birch.id, "promoted"), (ash.id, "maybe")]


async def test_who_may_come_waits_like_others_when_they_make_up_their_mind(community: Community) -> None:
    planned, (ash, birch, cedar) = await plan(community, capacity=1), await crowd(community, 3)
    await sign_up(community.services, cedar.viewer, planned.id, Coming.MAYBE)
    await sign_up(community.services, ash.viewer, planned.id, Coming.YES)
    await sign_up(community.services, birch.viewer, planned.id, Coming.YES)

    assert await sign_up(community.services, cedar.viewer, planned.id, Coming.YES) == waits(2)


async def test_whoever_gives_up_a_seat_and_comes_back_is_last_in_line(community: Community) -> None:
    planned, (ash, birch, cedar) = await plan(community, capacity=1), await crowd(community, 3)
    for one in (ash, birch, cedar):
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    await sign_up(community.services, ash.viewer, planned.id, Coming.NO)

    assert await sign_up(community.services, ash.viewer, planned.id, Coming.YES) == waits(2)


async def test_leaving_leaves_nothing_behind_unless_they_came(community: Community) -> None:
    planned, (ash, birch) = await plan(community), await crowd(community, 2)
    for one in (ash, birch):
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    async with community.services.database.transaction() as tx:
        came = await tx.session.get_one(SignUp, (planned.id, birch.id))
        came.came_at = community.clock()

    answers = [await leave(community.services, one.viewer, planned.id) for one in (ash, birch, ash)]

    assert answers == [Seating(), Seating(Coming.NO), Seating()]
    assert [row.account_id for row in await sign_ups(community, planned.id)] == [birch.id]
    assert (await date_now(community, planned.id)).coming == 0


async def test_who_does_not_come_gives_back_what_they_took_on(community: Community) -> None:
    planned, (ash, birch) = await plan(community), await crowd(community, 2)
    slot = await needs(community, planned, "Bread", 2)
    for one in (ash, birch):
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
        await take_slot(community.services, one.viewer, planned.id, slot.id)

    await sign_up(community.services, ash.viewer, planned.id, Coming.NO)
    await sign_up(community.services, birch.viewer, planned.id, Coming.MAYBE)

    assert [one.account_id for one in await takers(community, planned.id)] == [birch.id]


async def test_sign_up_closes_when_it_was_said_to_and_leaving_at_the_end(community: Community) -> None:
    planned, (ash, birch) = await plan(community, sign_up_closes_minutes=60), await crowd(community, 2)
    await sign_up(community.services, ash.viewer, planned.id, Coming.YES)

    community.clock.forward(hours=1, minutes=59)
    await sign_up(community.services, birch.viewer, planned.id, Coming.MAYBE)
    community.clock.forward(minutes=1)
    with pytest.raises(Closed) as late:
        await sign_up(community.services, birch.viewer, planned.id, Coming.YES)
    await sign_up(community.services, birch.viewer, planned.id, Coming.NO)
    community.clock.forward(hours=2)
    with pytest.raises(Closed) as over:
        await sign_up(community.services, ash.viewer, planned.id, Coming.NO)
    with pytest.raises(Closed):
        await leave(community.services, ash.viewer, planned.id)

    assert "closed" in late.value.words.msgid
    assert "over" in over.value.words.msgid
    assert (await date_now(community, planned.id)).coming == 1


async def test_nobody_signs_up_for_what_is_cancelled_or_a_draft(community: Community) -> None:
    wren = await community.member("Wren")
    one, whole, draft = [await plan(community, title=title, hosts=(wren,)) for title in ("A1", "B2", "C3")]
    await change(community, one.dates[0], cancelled_at=community.clock())
    await change(community, whole.gathering, stage=Stage.CANCELLED)
    await change(community, draft.gathering, stage=Stage.DRAFT)
    said = []

    for planned in (one, whole, draft):
        with pytest.raises(Closed) as closed:
            await sign_up(community.services, wren.viewer, planned.id, Coming.YES)
        said.append(closed.value.words.msgid)

    assert ["cancelled" in words for words in said] == [True, True, False]
    assert "draft" in said[2]


async def test_nobody_signs_up_for_what_they_do_not_see_or_only_read_about(community: Community) -> None:
    rowan, space = await community.member(), await community.space(Audience.INVITED)
    hidden = await plan(community, space=space)
    public = await plan(community, space=space, title="Open evening", is_public=True)

    with pytest.raises(NotFound):
        await sign_up(community.services, rowan.viewer, hidden.id, Coming.YES)
    with pytest.raises(NotFound):
        await sign_up(community.services, rowan.viewer, uuid4(), Coming.YES)
    with pytest.raises(Forbidden):
        await sign_up(community.services, rowan.viewer, public.id, Coming.YES)

    assert await sign_ups(community, hidden.id) == await sign_ups(community, public.id) == []


async def test_minds_are_changed_at_a_pace_that_others_can_follow(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_up, "CHANGES", Allowance(2, 60))
    planned, rowan = await plan(community), await community.member("Rowan", Role.MENTOR)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    await leave(community.services, rowan.viewer, planned.id)

    with pytest.raises(TooManyRequests):
        await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)

    assert await sign_ups(community, planned.id) == []


async def test_each_change_is_told_as_what_it_was(community: Community) -> None:
    planned, (ash, birch) = await plan(community, capacity=1), await crowd(community, 2)

    with noted(community) as facts:
        await sign_up(community.services, ash.viewer, planned.id, Coming.YES)
        await sign_up(community.services, birch.viewer, planned.id, Coming.YES)
        await leave(community.services, ash.viewer, planned.id)
        await sign_up(community.services, ash.viewer, planned.id, Coming.NO)

    who: dict[object, Member] = {one.id: one for one in (ash, birch)}
    assert [(who[fact.account_id], fact.what) for fact in facts] == [
        (ash, "seated"),
        (birch, "queued"),
        (birch, "promoted"),
        (ash, "left"),
        (ash, "declined"),
    ]
    assert all(isinstance(fact, SeatChanged) and fact.at == community.clock() for fact in facts)
