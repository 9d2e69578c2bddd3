"""Who has answered is forgotten when nobody is asked any more; what was answered stays counted."""

from sqlmodel import select

from forum.feedback.answering import answer
from forum.feedback.forgetting import forget_who_answered
from forum.feedback.questions import Choice, Question
from forum.feedback.tables import Feedback, FeedbackGiven
from forum.housekeeping import JOBS
from tests.builders import Community
from tests.forum.feedback.evenings import evening, manager_of, sign_up


async def test_marks_go_two_weeks_after_the_end_and_counts_stay(community: Community) -> None:
    rowan, manager = await community.member(), await manager_of(community)
    old = await evening(community, manager)
    await sign_up(community, old, rowan.id)
    await answer(community.services, rowan.viewer, old.id, dict.fromkeys(Question, Choice.YES))
    community.clock.forward(days=13)
    later = await evening(community, manager)
    await sign_up(community, later, rowan.id)
    await answer(community.services, rowan.viewer, later.id, dict.fromkeys(Question, Choice.NO))
    early = await forget_who_answered(community.services)
    community.clock.forward(hours=23)

    forgotten = await forget_who_answered(community.services)

    async with community.services.database.reading() as session:
        marks = (await session.exec(select(FeedbackGiven.occurrence_id))).all()
        counted = (await session.exec(select(Feedback.welcome_yes, Feedback.welcome_no))).all()
    assert (early, forgotten) == (0, 1)
    assert marks == [later.id]
    assert sorted(counted) == [(0, 1), (1, 0)]


def test_the_clock_forgets_them() -> None:
    assert "forget-who-answered" in {job.name for job in JOBS}
