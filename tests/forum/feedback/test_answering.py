"""Answering: each guest once, however many at once, and nothing but counts is kept."""

import asyncio
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from forum.accounts.roles import Role
from forum.errors import Closed, Conflict, Forbidden
from forum.feedback.answering import answer, has_answered
from forum.feedback.questions import Answers, Choice, Question, counter
from forum.feedback.tables import Feedback, FeedbackGiven
from tests.builders import Community, Member
from tests.forum.feedback.evenings import evening, manager_of, sign_up

EXAMPLES = count()
GLAD: Answers = dict.fromkeys(Question, Choice.YES)


async def counts_of(community: Community, date_id: object) -> dict[str, int]:
    """Return the counts of a date that are not 0."""
    async with community.services.database.reading() as session:
        row = await session.get(Feedback, date_id)
    return (
        {} if row is None else {name: n for name, n in row.model_dump(exclude={"occurrence_id"}).items() if n}
    )


@pytest.mark.everywhere
async def test_many_guests_at_once_are_all_counted_and_each_once(community: Community) -> None:
    guests = [await community.member(f"Heron-{number}") for number in range(8)]
    date = await evening(community, await manager_of(community))
    for one in guests:
        await sign_up(community, date, one.id)
    said: list[Answers] = [dict.fromkeys(Question, choice) for choice in (Choice.YES, Choice.NO)]

    async def once(number: int, guest: Member) -> type[BaseException] | None:
        try:
            await answer(community.services, guest.viewer, date.id, said[number % 2])
        except Conflict as error:
            return type(error)
        return None

    twice = [once(number, one) for number, one in enumerate(guests) for _ in range(2)]
    answers = await asyncio.gather(*twice)

    assert sorted(str(one) for one in answers) == [str(Conflict)] * 8 + ["None"] * 8
    assert await counts_of(community, date.id) == {
        counter(question, choice): 4 for question in Question for choice in (Choice.YES, Choice.NO)
    }


async def test_the_first_answer_counts(community: Community) -> None:
    rowan, date = await community.member(), await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)
    await answer(community.services, rowan.viewer, date.id, GLAD)

    with pytest.raises(Conflict):
        await answer(community.services, rowan.viewer, date.id, dict.fromkeys(Question, Choice.NO))

    assert await counts_of(community, date.id) == dict.fromkeys(("welcome_yes", "useful_yes", "again_yes"), 1)


async def test_too_early_too_late_and_no_guest_leave_nothing_behind(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    date = await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)
    community.clock.forward(hours=-2)
    with pytest.raises(Closed):
        await answer(community.services, rowan.viewer, date.id, GLAD)
    community.clock.forward(hours=2)
    with pytest.raises(Forbidden):
        await answer(community.services, wren.viewer, date.id, GLAD)
    community.clock.forward(days=14)
    with pytest.raises(Closed):
        await answer(community.services, rowan.viewer, date.id, GLAD)

    async with community.services.database.reading() as session:
        assert (await session.exec(select(FeedbackGiven))).all() == []
        assert (await session.exec(select(Feedback))).all() == []
        assert not await has_answered(session, date.id, rowan.id)


@given(said=st.lists(st.tuples(*[st.sampled_from(list(Choice))] * 3), min_size=1, max_size=4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_counts_are_those_of_the_answers_in_whatever_order(
    community: Community, said: list[tuple[Choice, ...]]
) -> None:
    number = next(EXAMPLES)
    date = await evening(community, await community.member(f"Marlow-{number}", Role.MANAGER))
    expected: dict[str, int] = {}
    for at, choices in enumerate(said):
        guest = await community.member(f"Wren-{number}-{at}")
        await sign_up(community, date, guest.id)
        await answer(community.services, guest.viewer, date.id, dict(zip(Question, choices, strict=True)))
        for question, choice in zip(Question, choices, strict=True):
            expected[counter(question, choice)] = expected.get(counter(question, choice), 0) + 1

    assert await counts_of(community, date.id) == expected
