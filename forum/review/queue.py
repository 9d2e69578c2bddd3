"""The queue: what waits for a person, across threads and rooms, the oldest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Self
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, literal, or_, union_all
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.cursor import Cursor
from forum.errors import ForumError
from forum.messages.explanations import WHY, explain
from forum.messages.findings import findings_of
from forum.messages.tables import Message, State
from forum.messages.views import author_of
from forum.messages.whereabouts import where
from forum.rendering import Renderer
from forum.review.reporting import REASONS
from forum.review.tables import CareAlert, Report
from forum.shown import Author
from moderation.verdict import Finding

EXCERPT = 140
URGENT, AFTER = 0, 1
"""The lanes of the queue: where somebody may be in danger, and all else."""


@dataclass(frozen=True, slots=True)
class Last:
    """Where a page of the queue ends: the lane, the moment and the id of its last item."""

    lane: int
    cursor: Cursor

    def __str__(self) -> str:
        """Return it as it goes into an address."""
        return f"{self.lane}_{self.cursor}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return it from an address; ForumError when somebody changed it."""
        lane, _, rest = text.partition("_")
        if lane not in (str(URGENT), str(AFTER)):
            raise ForumError
        return cls(int(lane), Cursor.parse(rest))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits; `kind` is held, edit, reported or care, and `urgent` is danger to somebody."""

    id: UUID
    kind: str
    where: str
    author: Author
    at: datetime
    excerpt: str
    reasons: tuple[str, ...]
    reports: int
    url: str
    urgent: bool = False

    @property
    def last(self) -> Last:
        """Where a page ends that ends with this."""
        return Last(URGENT if self.urgent else AFTER, Cursor(self.at, self.id))


async def queue_page(
    session: AsyncSession, viewer: Viewer, renderer: Renderer, after: Last | None, size: int
) -> list[Item]:
    """Return a page of what waits for somebody other than its author, in five queries however long it is."""
    rows = await _rows(session, viewer, after, size)
    messages = [message for message, *_ in rows]
    findings = await findings_of(session, [message.id for message in messages])
    reported = await reports_of(session, [message.id for message in messages])
    places = await where(session, renderer, [message.place_id for message in messages])
    return [
        _item(
            renderer, row, places[row[0].place_id], findings.get(row[0].id, ()), reported.get(row[0].id, ())
        )
        for row in rows
    ]


async def queue_length(session: AsyncSession, viewer: Viewer) -> int:
    """Return how much waits for this moderator."""
    waiting = _waiting()
    query = (
        select(func.count())
        .select_from(waiting)
        .join(Message, col(Message.id) == waiting.c.message_id)
        .where(Message.author_id != viewer.id)
    )
    return (await session.exec(query)).one()


async def reports_of(session: AsyncSession, message_ids: Collection[UUID]) -> dict[UUID, tuple[Report, ...]]:
    """Return the open reports by message, the oldest first."""
    query = (
        select(Report)
        .where(col(Report.message_id).in_(message_ids), col(Report.closed_at).is_(None))
        .order_by(col(Report.created_at), col(Report.id))
    )
    found: dict[UUID, tuple[Report, ...]] = {}
    for row in (await session.exec(query)).all() if message_ids else ():
        found[row.message_id] = (*found.get(row.message_id, ()), row)
    return found


def kind_of(message: Message, reported: bool) -> str:
    """Return what the moderator is asked: held, edit, reported, or (published, and urgent) care."""
    if message.state != State.HELD:
        return "reported" if reported else "care"
    return "edit" if message.revises_id else "held"


def _waiting() -> Subquery:
    """What waits, once each: since when, and in which lane (what is urgent comes first)."""
    urgent = select(col(CareAlert.message_id)).where(col(CareAlert.closed_at).is_(None))
    held: Select[UUID, datetime, int] = select(
        col(Message.id).label("message_id"),
        col(Message.created_at).label("since"),
        literal(AFTER).label("lane"),
    )
    reported = select(col(Report.message_id), func.min(col(Report.created_at)), literal(AFTER))
    alerted = select(col(CareAlert.message_id), func.min(col(CareAlert.opened_at)), literal(URGENT))
    return union_all(
        held.where(Message.state == State.HELD, col(Message.id).not_in(urgent)),
        reported.where(col(Report.closed_at).is_(None), col(Report.message_id).not_in(urgent)).group_by(
            col(Report.message_id)
        ),
        alerted.where(col(CareAlert.closed_at).is_(None)).group_by(col(CareAlert.message_id)),
    ).subquery("waiting")


async def _rows(
    session: AsyncSession, viewer: Viewer, after: Last | None, size: int
) -> Sequence[tuple[Message, Account, datetime, int]]:
    waiting = _waiting()
    since: ColumnElement[datetime] = waiting.c.since
    lane: ColumnElement[int] = waiting.c.lane
    query = (
        select(Message, Account, since, lane)
        .join(waiting, waiting.c.message_id == col(Message.id))
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(Message.author_id != viewer.id)
        .order_by(lane, since, col(Message.id))
        .limit(size)
    )
    if after is not None:
        same = and_(since == after.cursor.at, col(Message.id) > after.cursor.id)
        query = query.where(
            or_(lane > after.lane, and_(lane == after.lane, or_(since > after.cursor.at, same)))
        )
    return (await session.exec(query)).all()


def _item(
    renderer: Renderer,
    row: tuple[Message, Account, datetime, int],
    place: str,
    findings: Sequence[Finding],
    reports: Sequence[Report],
) -> Item:
    message, author, since, lane = row
    reported = [REASONS[report.reason] for report in reports]
    # An edit that was applied keeps its findings, and its words are here.
    why = reported or explain(findings) or ([WHY["care"]] if lane == URGENT else [])
    words = message.text if not reports else reports[0].text
    return Item(
        id=message.id,
        kind=kind_of(message, bool(reports)),
        urgent=lane == URGENT,
        where=place,
        author=author_of(author),
        at=since,
        excerpt=shorten(words, EXCERPT, placeholder=" …"),
        reasons=tuple(dict.fromkeys(renderer.say(sentence) for sentence in why)),
        reports=len(reports),
        url=f"/desk/{message.id}",
    )
