"""Topics that a moderator would rather leave to others, and what belongs to each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.errors import Invalid
from forum.language import N_, Words
from forum.messages.tables import Message, RecordedFinding, State
from forum.review.tables import ReviewItem
from forum.services import Services
from forum.wellbeing.covering import DANGER_LANE, HARD
from forum.wellbeing.tables import TopicLeft

CHILDREN = "children"
CARE = ("care", "care-method")


@dataclass(frozen=True, slots=True)
class Topic:
    """What it is called, and what belongs to it: rules and report reasons, and kinds of the care stages."""

    name: Words
    rules: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


TOPICS: Mapping[str, Topic] = {
    "self-harm": Topic(
        N_("Suicide and self-harm"),
        frozenset({"worried"}),
        # What the model alone has seen has no kind.
        frozenset({"planned", "goodbye", "active", "passive", "self-harm", ""}),
    ),
    "overdose": Topic(
        N_("Overdose and dangerous withdrawal"),
        kinds=frozenset({"overdose-own", "overdose-other", "withdrawal"}),
    ),
    "violence": Topic(N_("Violence and threats"), frozenset({"threat"}), frozenset({"violence"})),
    CHILDREN: Topic(N_("Harm in which children are named")),
    "contempt": Topic(N_("Insults and contempt"), frozenset({"toxicity", "unkind", "words"})),
    "medicine": Topic(
        N_("Health advice and medication"), frozenset({"claim", "health-claim", "medication-shaming"})
    ),
    "drugs": Topic(N_("Getting and passing on drugs"), frozenset({"sourcing", "dealing"})),
    "details": Topic(
        N_("Private details of people"), frozenset({"own-details", "others-details", "private"})
    ),
}
NAMED = ("child", " kid ", " kids", "toddler", " baby", "my son ", "daughter", "pregnan")
"""Signs that a child is named, in English as our rules are; rather too many, but only in hard items."""


async def topics_of(session: AsyncSession, moderator_id: UUID) -> frozenset[str]:
    """Return the topics that a moderator leaves to others."""
    query = select(TopicLeft.topic).where(TopicLeft.account_id == moderator_id)
    return frozenset((await session.exec(query)).all()) & TOPICS.keys()


async def leave_topics(services: Services, moderator_id: UUID, topics: Collection[str]) -> None:
    """Keep these as the topics that the moderator leaves; Invalid where one is not on the list."""
    wanted = frozenset(topics)
    if not wanted <= TOPICS.keys():
        raise Invalid({"topics": N_("Choose from the list.")})
    async with services.database.transaction() as tx:
        own = col(TopicLeft.account_id) == moderator_id
        await tx.session.exec(delete(TopicLeft).where(own, col(TopicLeft.topic).not_in(wanted)))
        for topic in sorted(wanted):
            await tx.session.merge(TopicLeft(account_id=moderator_id, topic=topic))


def is_about(name: str) -> ColumnElement[bool]:
    """Return the condition under which a ReviewItem belongs to a topic."""
    if name == CHILDREN:
        return _names_a_child()
    topic = TOPICS[name]
    whole = col(ReviewItem.rule).in_(topic.rules)
    return or_(whole, and_(col(ReviewItem.lane) == DANGER_LANE, _has_kind(topic))) if topic.kinds else whole


def _has_kind(topic: Topic) -> ColumnElement[bool]:
    # An edit that was applied leaves its words in the message, and its findings with itself.
    applied = and_(col(Message.revises_id) == col(ReviewItem.message_id), col(Message.state) == State.APPLIED)
    return exists(
        select(RecordedFinding.id)
        .join(Message, col(Message.id) == col(RecordedFinding.message_id))
        .where(
            or_(col(Message.id) == col(ReviewItem.message_id), applied),
            col(RecordedFinding.rule).in_(CARE),
            col(RecordedFinding.kind).in_(topic.kinds),
        )
    )


def _names_a_child() -> ColumnElement[bool]:
    words = func.lower(" " + col(Message.title) + " " + col(Message.text) + " ")
    named = or_(*(words.contains(sign, autoescape=True) for sign in NAMED))
    hard = or_(col(ReviewItem.lane) == DANGER_LANE, col(ReviewItem.severity) >= HARD)
    return and_(hard, exists(select(Message.id).where(col(Message.id) == col(ReviewItem.message_id), named)))
