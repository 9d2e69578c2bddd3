"""Helps tests appeal: a decision, an author's words, and a moderator's answer."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import select

from forum.review.answering import Answer, Answered, decide_appeal
from forum.review.appealing import Plea, appeal
from forum.review.decisions import Decision
from forum.review.reporting import report
from forum.review.ruling import rule
from forum.review.tables import Appeal, ReviewItem, Ruling
from forum.services import Services
from forum.spaces.tables import Place
from moderation.draft import Policy
from tests.builders import HARMLESS, Community, Member, published, refused

FORBIDDEN = "Here is the forbiddenword again."
"""A text that the machine refuses in a community that is `strict`."""
WHY = "I was quoting what my father used to say to me."
ANSWER = "Thank you for telling us. We read it again, all of us."


def strict(services: Services) -> Services:
    """Return the services with a word that is refused."""
    return replace(services, policy=Policy(refused_words=("forbiddenword",)))


async def refused_by_machine(community: Community, author: Member, place_id: UUID) -> UUID:
    """Say something that the machine refuses; return its message."""
    community.services = strict(community.services)
    answer = refused(await community.say(author, place_id, FORBIDDEN))
    community.services = replace(community.services, policy=Policy())
    assert answer.message_id is not None
    return answer.message_id


async def item_about(community: Community, message_id: UUID, kind: str | None = None) -> ReviewItem:
    """Return the open item about a message; of an appeal, with the kind."""
    async with community.services.database.reading() as session:
        query = select(ReviewItem).where(ReviewItem.message_id == message_id, ReviewItem.closed_at == None)  # noqa: E711
        rows = (await session.exec(query)).all()
    return next(one for one in rows if (one.kind == kind if kind else one.kind != "appeal"))


async def decide(
    community: Community, moderator: Member, message_id: UUID, action: str, **more: object
) -> Ruling:
    """Decide on what waits about a message."""
    item = await item_about(community, message_id)
    reason = "" if action in ("release", "keep", "seen") and not more.get("measure") else "kindness"
    decision = Decision(item.id, moderator.id, item.version, action, reason=reason)
    return await rule(community.services, replace(decision, **more))  # type: ignore[arg-type]


async def taken_down(community: Community, author: Member, moderator: Member, room: Place) -> UUID:
    """Say something that is reported and taken down; return its message."""
    said = published(await community.say(author, room.id, HARMLESS))
    reporter = await community.member("Reporter")
    await report(community.services, reporter.viewer, said.message_id, "unkind")
    await decide(community, moderator, said.message_id, "take-down")
    return said.message_id


async def appealed(community: Community, author: Member, message_id: UUID, text: str = WHY) -> Appeal:
    """Appeal against what was decided about a message."""
    return await appeal(community.services, Plea(message_id, author.id, text))


async def answered(
    community: Community, moderator: Member, message_id: UUID, action: str, text: str = ANSWER
) -> Answered:
    """Answer the appeal about a message."""
    item = await item_about(community, message_id, "appeal")
    answer = Answer(item.id, moderator.id, item.version, action, text)
    return await decide_appeal(community.services, answer)
