"""Helps tests talk a lot: many messages at once, what was broadcast, how many statements a page costs."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import col, select

from forum.broadcasts import place_topic
from forum.messages.publishing import submit
from forum.messages.restoring import waits
from forum.messages.submission import Edit, Held, Published, Reply, Submission
from forum.messages.tables import Message
from forum.review.decisions import REASONED, Decision
from forum.review.matters import latest_item
from forum.review.outcomes import Action
from forum.review.ruling import rule
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services
from moderation.pipeline import Pipeline
from realtime.backplane import open_backplane
from realtime.envelope import Envelope, Topic
from tests.builders import HOLDS, Community, Member, held, published
from tests.moderation.scorers import Answers


async def say_many(
    community: Community, author: Member, place_id: UUID, count: int, more: str = ""
) -> list[Published]:
    """Say so many different things, without the pace that people are held to."""
    said = []
    for number in range(count):
        unpaced = replace(community.services, backplane=open_backplane("memory://"))
        target = Reply(place_id)
        answer = await submit(unpaced, Submission(target, author.id, f"Step {number} of a calm day. {more}"))
        said.append(published(answer))
    return said


async def hold_one(community: Community, author: Member, place_id: UUID, parent: UUID | None = None) -> Held:
    """Say something that waits for a person."""
    return held(await community.say(author, place_id, HOLDS, parent))


async def edited(community: Community, author: Member, message_id: UUID, text: str) -> Published | Held:
    """Edit a message of one's own as it is now."""
    row = await community.message(message_id)
    edit = Edit(message_id, row.version, row.title)
    answer = await submit(community.services, Submission(edit, author.id, text))
    assert isinstance(answer, Published | Held)
    return answer


async def item_about(community: Community, message_id: UUID) -> ReviewItem:
    """Return the open item of a message, or else the last one that was."""
    async with community.services.database.reading() as session:
        item = await latest_item(session, message_id)
    assert item is not None
    return item


async def ruled(
    community: Community, moderator: Member, message_id: UUID, *, release: bool, reason: str = "kindness"
) -> Ruling:
    """Decide on a message as it is now: whether others can read it."""
    item = await item_about(community, message_id)
    if waits(await community.message(message_id)):
        action = Action.RELEASE if release else Action.REFUSE
    else:
        action = (Action.SEEN if item.kind == "care" else Action.KEEP) if release else Action.TAKE_DOWN
    return await decided(community, moderator, item, action, reason="" if release else reason)


async def decided(
    community: Community, moderator: Member, item: ReviewItem, action: str, **how: Any
) -> Ruling:
    """Decide on an item as it was read; what has to name a guideline names kindness."""
    if action in REASONED or how.get("measure"):
        how = {"reason": "kindness"} | how
    decision = Decision(item.id, moderator.id, item.version, action, **how)
    return await rule(community.services, decision)


async def rows_of(community: Community, place_id: UUID) -> Sequence[Message]:
    """Return every message of a place, whatever its state, in the order they came."""
    async with community.services.database.reading() as session:
        query = select(Message).where(Message.place_id == place_id).order_by(col(Message.id))
        return (await session.exec(query)).all()


def with_scorer(services: Services, scorer: Answers, deadline: float = 2.0) -> Services:
    """Return the services with another scorer."""
    return replace(services, pipeline=Pipeline(scorer, deadline=deadline))


@asynccontextmanager
async def heard(services: Services, topic: Topic | UUID) -> AsyncIterator[list[Mapping[str, Any]]]:
    """Collect what is broadcast on a topic, or in a place."""
    frames: list[Mapping[str, Any]] = []

    def note(envelope: Envelope) -> None:
        frames.append(json.loads(envelope.frame))

    where = place_topic(topic) if isinstance(topic, UUID) else topic
    subscription = await services.backplane.subscribe(where, note)
    yield frames
    await subscription.end()


@contextmanager
def statements(services: Services) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    engine = services.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)
