"""The queue: what waits for a person, across threads and rooms, the oldest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, or_, union_all
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.cursor import Cursor
from forum.messages.explanations import explain
from forum.messages.findings import findings_of
from forum.messages.tables import Message, State
from forum.messages.views import author_of
from forum.messages.whereabouts import where
from forum.rendering import Renderer
from forum.review.reporting import REASONS
from forum.review.tables import Report
from forum.shown import Author
from moderation.verdict import Finding

EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits; `kind` is held, edit or reported."""

    id: UUID
    kind: str
    where: str
    author: Author
    at: datetime
    excerpt: str
    reasons: tuple[str, ...]
    reports: int
    url: str


async def queue_page(
    session: AsyncSession, viewer: Viewer, renderer: Renderer, after: Cursor | None, size: int
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


def kind_of(message: Message) -> str:
    """Return what the moderator is asked: held, edit or reported."""
    if message.state != State.HELD:
        return "reported"
    return "edit" if message.revises_id else "held"


def _waiting() -> Subquery:
    held: Select[UUID, datetime] = select(
        col(Message.id).label("message_id"), col(Message.created_at).label("since")
    )
    reported = select(col(Report.message_id), func.min(col(Report.created_at)))
    return union_all(
        held.where(Message.state == State.HELD),
        reported.where(col(Report.closed_at).is_(None)).group_by(col(Report.message_id)),
    ).subquery("waiting")


async def _rows(
    session: AsyncSession, viewer: Viewer, after: Cursor | None, size: int
) -> Sequence[tuple[Message, Account, datetime]]:
    waiting = _waiting()
    since: ColumnElement[datetime] = waiting.c.since
    query = (
        select(Message, Account, since)
        .join(waiting, waiting.c.message_id == col(Message.id))
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(Message.author_id != viewer.id)
        .order_by(since, col(Message.id))
        .limit(size)
    )
    if after is not None:
        same = and_(since == after.at, col(Message.id) > after.id)
        query = query.where(or_(since > after.at, same))
    return (await session.exec(query)).all()


def _item(
    renderer: Renderer,
    row: tuple[Message, Account, datetime],
    place: str,
    findings: Sequence[Finding],
    reports: Sequence[Report],
) -> Item:
    message, author, since = row
    reported = tuple(dict.fromkeys(renderer.say(REASONS[report.reason]) for report in reports))
    words = message.text if not reports else reports[0].text
    return Item(
        id=message.id,
        kind=kind_of(message),
        where=place,
        author=author_of(author),
        at=since,
        excerpt=shorten(words, EXCERPT, placeholder=" …"),
        reasons=reported or tuple(renderer.say(sentence) for sentence in explain(findings)),
        reports=len(reports),
        url=f"/desk/{message.id}",
    )
