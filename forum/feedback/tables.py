"""The tables of what comes after a gathering: what was answered, who has answered, and where thanks stand.

**What somebody with the database can learn.** No answer is kept, of anybody: a date has one row of nine
counts, and an answer adds one to three of them. So there is no row to join with a name, no moment, no order,
and it is not even kept which answers were given together. Who has answered is kept apart, without a moment,
to take each answer once; on SQLite this table has no row numbers (`WITHOUT ROWID`), so the order of answering
is not in it either, and it is emptied when answers end (`forgetting.py`).

What they can learn all the same: who has answered, until then; on PostgreSQL also in which order (`xmin`);
how somebody answered, if they are the only one who did, or if all answered alike; and, by comparing two
copies of the database from before and after one answer (a backup, a write-ahead log), what that answer was.
"""

from uuid import UUID

from sqlmodel import Field, SQLModel

WITHOUT_ROW_NUMBERS = {"sqlite_with_rowid": False}


class Feedback(SQLModel, table=True):
    """How often each answer was given about one date: counts, and nothing else."""

    occurrence_id: UUID = Field(foreign_key="occurrence.id", primary_key=True)
    welcome_yes: int = Field(default=0)
    welcome_partly: int = Field(default=0)
    welcome_no: int = Field(default=0)
    useful_yes: int = Field(default=0)
    useful_partly: int = Field(default=0)
    useful_no: int = Field(default=0)
    again_yes: int = Field(default=0)
    again_partly: int = Field(default=0)
    again_no: int = Field(default=0)


class FeedbackGiven(SQLModel, table=True):
    """A member has answered about a date: only that, and only while answers are taken."""

    __tablename__ = "feedback_given"
    __table_args__ = WITHOUT_ROW_NUMBERS

    occurrence_id: UUID = Field(foreign_key="occurrence.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)


class Thanks(SQLModel, table=True):
    """Where a guest's words to the hosts of a date stand: a place of their own, which the hosts may read."""

    occurrence_id: UUID = Field(foreign_key="occurrence.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    place_id: UUID = Field(foreign_key="place.id", unique=True)
