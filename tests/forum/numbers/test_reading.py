"""A year in numbers: only settled months, from the first gathering on, and feedback only of enough."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.calendar.kinds import Kind
from forum.calendar.tables import Occurrence
from forum.feedback.answering import answer
from forum.feedback.questions import Answers, Choice, Question
from forum.numbers.attending import CAME, SIGNED_UP
from forum.numbers.reading import MonthNumbers, read_numbers
from forum.transparency.months import Month
from tests.forum.numbers.seasons import Season

OCTOBER = datetime(2026, 10, 14, 19, tzinfo=UTC)
GLAD: Answers = dict.fromkeys(Question, Choice.YES)
SO_SO: Answers = {**GLAD, Question.USEFUL: Choice.PARTLY}


async def numbers_at(season: Season, now: datetime) -> tuple[MonthNumbers, ...]:
    async with season.community.services.database.reading() as session:
        return await read_numbers(session, now)


async def say(season: Season, date: Occurrence, answers: list[Answers]) -> None:
    """Let the first members answer, each a day after the date."""
    clock = season.community.clock
    now, clock.now = clock.now, date.ends_at + timedelta(days=1)
    for account_id, said in zip(season.members, answers, strict=False):
        viewer = Viewer(account_id, "", Role.MEMBER, "UTC", account_id)
        await answer(season.community.services, viewer, date.id, said)
    clock.now = now


@pytest.mark.everywhere
async def test_a_settled_month_is_told(season: Season) -> None:
    date = await season.hold(OCTOBER, Kind.SUPPORT, came=7, waited=5)
    await season.hold(OCTOBER + timedelta(days=7), Kind.SUPPORT, came=6)
    await season.hold(OCTOBER + timedelta(days=8), Kind.GAMES)
    await say(season, date, [GLAD] * 5 + [SO_SO] * 2)

    (month,) = await numbers_at(season, season.community.clock())

    assert (month.month, dict(month.held)) == (Month(2026, 10), {"support": 2, "games": 1})
    assert (month.pooled.told(SIGNED_UP), month.pooled.told(CAME)) == (18, 13)
    assert month.returning.total == 6
    assert month.feedback[Question.WELCOME].rows == (("yes", 7),)
    assert (month.feedback[Question.USEFUL].rows, month.feedback[Question.USEFUL].others) == ((), 7)


async def test_where_few_guests_did_not_answer_no_answer_is_told(season: Season) -> None:
    date = await season.hold(OCTOBER, Kind.SUPPORT, came=9)
    await say(season, date, [GLAD] * 8)

    (month,) = await numbers_at(season, season.community.clock())

    assert all(told.rows == () for told in month.feedback.values())


async def test_a_month_is_told_when_its_feedback_has_closed_and_not_a_moment_earlier(season: Season) -> None:
    await season.hold(OCTOBER, Kind.SUPPORT, came=7)
    settled = datetime(2026, 11, 16, tzinfo=UTC)

    assert await numbers_at(season, settled - timedelta(seconds=1)) == ()
    assert [one.month for one in await numbers_at(season, settled)] == [Month(2026, 10)]


async def test_a_year_is_told_and_no_more_and_months_without_gatherings_are_in_it(season: Season) -> None:
    await season.hold(datetime(2025, 3, 5, tzinfo=UTC), Kind.SUPPORT, came=7)
    await season.hold(OCTOBER, Kind.SUPPORT, came=7)

    months = await numbers_at(season, season.community.clock())

    assert [str(months[0].month), str(months[-1].month), len(months)] == ["2025-11", "2026-10", 12]
    assert [one.pooled.told(CAME) for one in months] == [0] * 11 + [7]


async def test_without_gatherings_there_is_nothing_to_tell(season: Season) -> None:
    assert await numbers_at(season, season.community.clock()) == ()
