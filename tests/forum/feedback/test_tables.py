"""What the tables of feedback do not keep."""

from uuid import UUID

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from forum.feedback.tables import Feedback, FeedbackGiven
from tests.builders import Community


def test_of_answers_there_are_counts_and_nothing_else() -> None:
    columns = Feedback.__table__.columns  # type: ignore[attr-defined]

    assert {one.type.python_type for one in columns if one.name != "occurrence_id"} == {int}
    assert [one.name for one in columns if one.type.python_type is UUID] == ["occurrence_id"]


def test_of_who_has_answered_there_is_no_moment() -> None:
    columns = FeedbackGiven.__table__.columns  # type: ignore[attr-defined]

    assert {one.name for one in columns} == {"occurrence_id", "account_id"}


async def test_who_has_answered_has_no_row_numbers_in_a_migrated_database(community: Community) -> None:
    async with community.services.database.reading() as session:
        await session.exec(text("SELECT rowid FROM sign_up"))  # type: ignore[call-overload]
        with pytest.raises(OperationalError, match="rowid"):
            await session.exec(text("SELECT rowid FROM feedback_given"))  # type: ignore[call-overload]


@pytest.mark.everywhere
async def test_the_tables_are_there_on_every_database(community: Community) -> None:
    async with community.services.database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))

    assert {"feedback", "feedback_given", "thanks"} <= names
