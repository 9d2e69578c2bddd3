"""What was decided about what a member wrote, as one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from forum.accounts.sessions import Viewer
from forum.language import Words
from forum.messages.tables import Message, State
from forum.messages.whereabouts import where
from forum.rendering import Renderer
from forum.review import reason_words as said
from forum.review.outcomes import OF_APPEALS, OPEN_STILL
from forum.review.tables import Appeal, Case, Ruling
from forum.spaces.tables import AMONG_MEMBERS, Place

MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One message that something was decided about, or letters about the member's handle."""

    url: str
    words: Words
    where: str
    at: datetime
    appeal: str = ""
    """pending, upheld or declined; empty for none."""


async def listed(session: AsyncSession, renderer: Renderer, viewer: Viewer) -> list[Listed]:
    """Return the member's last messages with a decision, the latest first: five queries, however many."""
    messages = (await session.exec(_decided_about(viewer))).all()
    ids = [message.id for message in messages]
    outcomes = await _outcomes(session, ids)
    appeals = (await session.exec(select(Appeal).where(col(Appeal.about_id).in_(ids)))).all()
    answered = {one.about_id: one.outcome or "pending" for one in appeals}
    named = await where(session, renderer, [message.place_id for message in messages])
    rows = [
        Listed(
            f"/reasons/{one.id}",
            said.HEADINGS.get(_outcome(one, outcomes.get(one.id)), said.OTHERWISE),
            named[one.place_id],
            one.created_at,
            answered.get(one.id, ""),
        )
        for one in messages
    ]
    return [*await _about_the_handle(session, viewer), *rows]


def _decided_about(viewer: Viewer) -> SelectOfScalar[Message]:
    told = or_(col(Ruling.outcome).not_in([*said.SILENT, *OPEN_STILL]), col(Ruling.measure) != "")
    ruled = exists().where(col(Ruling.message_id) == col(Message.id), told)
    by_machine = (col(Message.state) == State.REFUSED) & (col(Message.refused_at) == col(Message.created_at))
    waits = (col(Message.state) == State.HELD) | (
        (col(Message.state) == State.REMOVED) & col(Message.refused_at).is_(None)
    )
    return (
        select(Message)
        .join(Place, col(Place.id) == col(Message.place_id))
        .where(Message.author_id == viewer.id, col(Place.kind).in_(AMONG_MEMBERS))
        .where(or_(ruled, by_machine, waits))
        .order_by(col(Message.created_at).desc())
        .limit(MOST)
    )


async def _outcomes(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID | None, str]:
    decided = col(Ruling.outcome).not_in([*OF_APPEALS, *OPEN_STILL, *said.SILENT])
    query = select(Ruling).where(col(Ruling.message_id).in_(ids), decided, col(Ruling.undone_at).is_(None))
    rows = (await session.exec(query.order_by(col(Ruling.made_at)))).all()
    return {row.message_id: row.outcome for row in rows}


def _outcome(message: Message, ruled: str | None) -> str:
    if message.state == State.WITHDRAWN:
        return "withdrawn"
    if message.state == State.HELD or (message.state == State.REMOVED and message.refused_at is None):
        return "edit" if message.revises_id else "held"
    return ruled or ("machine" if message.state == State.REFUSED else "")


async def _about_the_handle(session: AsyncSession, viewer: Viewer) -> list[Listed]:
    query = (
        select(Case, Place)
        .join(Place, col(Place.id) == col(Case.letters_id))
        .where(Case.account_id == viewer.id, col(Case.about_id).is_(None))
    )
    rows = (await session.exec(query)).all()
    return [Listed(f"/letters/{place.id}", said.ABOUT_HANDLE, "", place.last_at) for _, place in rows]
