"""Several alike decided together, as spam is: each by itself, and each with its own answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.desk.listing import SAME_AGAIN
from forum.errors import Forbidden, ForumError, Invalid
from forum.guidelines import BY_SLUG
from forum.language import N_, Words
from forum.review.decisions import Decision
from forum.review.items import URGENT, Kind
from forum.review.outcomes import OUTCOMES, Action
from forum.review.several import Answered, rule_many
from forum.review.tables import ReviewItem, Ruling
from forum.services import Services

PREFIX = "item-"
BOTH = frozenset({Action.RELEASE, Action.REFUSE})
LONGEST_NUMBER = 9
NOT_ALIKE = N_("This one needs to be read by itself.")
ALIKE = N_("Only what looks like advertising or a repetition can be decided together.")


@dataclass(frozen=True, slots=True)
class SeveralForm:
    """What was ticked, each with the version that was seen, and what is to be done with all of it."""

    action: str
    reason: str
    versions: Mapping[UUID, int]

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Self:
        """Return what was chosen; Invalid where nothing is ticked, or a guideline or an action is missing."""
        versions = dict(filter(None, (_ticked(name, value) for name, value in form.items())))
        if not versions:
            raise Invalid({"form": N_("Tick at least one.")})
        action = form.get("action", "")
        if action not in BOTH:
            raise Invalid({"form": N_("Choose what is to be done.")})
        reason = form.get("reason", "") if action == Action.REFUSE else ""
        if action == Action.REFUSE and reason not in BY_SLUG:
            raise Invalid({"reason": N_("Choose the guideline that it is about: the author reads it.")})
        return cls(action, reason, versions)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one: `words` in any case, `ruling` where it was decided."""

    item_id: UUID
    handle: str
    words: Words
    ruling: Ruling | None = None


def _ticked(name: str, value: str) -> tuple[UUID, int] | None:
    plain = value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER
    if not name.startswith(PREFIX) or not plain:
        return None
    try:
        return UUID(name.removeprefix(PREFIX)), int(value)
    except ValueError:
        return None


async def decide_together(services: Services, viewer: Viewer, form: SeveralForm) -> list[Answer]:
    """Decide on each in a transaction of its own; what is not alike is answered, and left as it is."""
    async with services.database.reading() as session:
        known = await _known(session, list(form.versions))
    alike = [item for item, _ in known if _is_alike(item)]
    decided = await rule_many(services, [_decision(item, viewer, form) for item in alike])
    by_item = {one.decision.item_id: one for one in decided}
    return [_answer(item, handle, by_item.get(item.id)) for item, handle in known]


async def _known(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[tuple[ReviewItem, str]]:
    query = (
        select(ReviewItem, Account.handle)
        .join(Account, col(Account.id) == col(ReviewItem.account_id))
        .where(col(ReviewItem.id).in_(ids))
        .order_by(col(ReviewItem.opened_at), col(ReviewItem.id))
    )
    return (await session.exec(query)).all()


def _is_alike(item: ReviewItem) -> bool:
    return item.kind == Kind.HELD and item.rule in SAME_AGAIN and item.lane != URGENT


def _decision(item: ReviewItem, viewer: Viewer, form: SeveralForm) -> Decision:
    return Decision(item.id, viewer.id, form.versions[item.id], form.action, reason=form.reason)


def _answer(item: ReviewItem, handle: str, answered: Answered | None) -> Answer:
    if answered is None:
        return Answer(item.id, handle, NOT_ALIKE)
    if answered.ruling is not None:
        return Answer(item.id, handle, OUTCOMES[answered.ruling.outcome], answered.ruling)
    return Answer(item.id, handle, _objected(answered.error))


def _objected(error: ForumError | None) -> Words:
    if isinstance(error, Invalid):
        return next(iter(error.fields.values()))
    return error.words if error else Forbidden.words
