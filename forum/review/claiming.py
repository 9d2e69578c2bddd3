"""Claiming: opening an item says for a few minutes who looks at it; it can be handed over, or taken over."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.handles import handle_key
from forum.accounts.tables import Account
from forum.audit.recording import Act, record
from forum.database import Transaction
from forum.errors import Conflict, Invalid, NotFound
from forum.facts import ItemChanged
from forum.language import N_
from forum.review.cases import Remark, remark
from forum.review.eligibility import is_claimed_by_other, objection
from forum.review.tables import ReviewItem
from forum.review.who import who_is
from forum.services import Services

CLAIMED_FOR = timedelta(minutes=5)
"""Long enough to read an item in its context; whoever is called away keeps nobody waiting. Our own choice."""
HANDED_FOR = timedelta(minutes=30)
"""Whom it is handed to has to come to it first."""
NEW, SECOND_OPINION, HANDED_OVER = "new", "second-opinion", "handed-over"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who looks at an item, and until when; `mine` if that is whoever asked. `version` is what they see."""

    item_id: UUID
    version: int
    mine: bool
    handle: str
    until: datetime


@dataclass(frozen=True, slots=True)
class HandOver:
    """A moderator gives an item, as it was at `version`, to another one by name, with a word of why."""

    item_id: UUID
    version: int
    from_id: UUID
    to_handle: str
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A moderator takes an item, as it was at `version`, from whoever looks at it, with a word of why."""

    item_id: UUID
    version: int
    moderator_id: UUID
    why: str = field(repr=False)


async def claim(services: Services, moderator_id: UUID, item_id: UUID) -> Claim:
    """Say that this moderator looks at the item, or answer who else does, and until when.

    One's own claim is renewed. Raises NotFound for whoever is no moderator, Forbidden where they may not
    decide, Conflict for what is done.
    """
    now = services.clock()
    async with services.database.transaction() as tx:
        item = await _item(tx.session, item_id)
        others = is_claimed_by_other(item, moderator_id, now)
        error = objection(await who_is(tx.session, moderator_id, item), item, item.version, now)
        if error is not None and not (others and isinstance(error, Conflict)):
            raise error
        if not others:
            await _look_at(tx, item, moderator_id, now)
        return await _claim(tx.session, item, moderator_id)


async def let_go(services: Services, moderator_id: UUID, item_id: UUID) -> None:
    """Give one's own claim back; where somebody else holds it, or nobody, nothing changes."""
    async with services.database.transaction() as tx:
        item = await _item(tx.session, item_id)
        if item.claimed_by != moderator_id:
            return
        item.claimed_by = item.claimed_until = None
        item.stage = _stage_of(item)
        tx.record(ItemChanged(item.id, item.kind, item.lane, "let-go", moderator_id))


async def hand_over(services: Services, wish: HandOver) -> Claim:
    """Give the item to another moderator, who has half an hour to come to it; the why is a note of the team.

    Raises Invalid without a why or for somebody who cannot decide on it, Conflict for another version and
    where somebody else looks at it, and what `claim` raises.
    """
    _check(wish.why)
    async with services.database.reading() as session:
        item = await _item(session, wish.item_id, lock=False)
        await _ready_to_hand(session, wish, item, services.clock())
    await remark(services, Remark(item.message_id, item.account_id, wish.from_id, wish.why))
    now = services.clock()
    async with services.database.transaction() as tx:
        item = await _item(tx.session, wish.item_id)
        to = await _ready_to_hand(tx.session, wish, item, now)
        item.claimed_by, item.claimed_until = to.id, now + HANDED_FOR
        item.stage, item.version = HANDED_OVER, item.version + 1
        tx.record(_claimed(item, to))
        details = {"item": str(item.id), "how": HANDED_OVER, "from": str(wish.from_id), "to": str(to.id)}
        await record(tx, Act(now, wish.from_id, "claim-taken", f"item:{item.id}", details))
        return await _claim(tx.session, item, wish.from_id)


async def take_over(services: Services, wish: TakeOver) -> Claim:
    """Look at the item instead of whoever does; the why is a note of the team. Raises what `hand_over` does.

    Where nobody else looks at it, this is no more than a claim, and needs no why.
    """
    async with services.database.reading() as session:
        item = await _item(session, wish.item_id, lock=False)
        others = await _ready_to_take(session, wish, item, services.clock())
    if not others:
        return await claim(services, wish.moderator_id, wish.item_id)
    _check(wish.why)
    await remark(services, Remark(item.message_id, item.account_id, wish.moderator_id, wish.why))
    now = services.clock()
    async with services.database.transaction() as tx:
        item = await _item(tx.session, wish.item_id)
        await _ready_to_take(tx.session, wish, item, now)
        before, me = item.claimed_by, wish.moderator_id
        item.version += 1
        await _look_at(tx, item, me, now)
        details = {"item": str(item.id), "how": "taken-over", "from": str(before), "to": str(me)}
        await record(tx, Act(now, me, "claim-taken", f"item:{item.id}", details))
        return await _claim(tx.session, item, me)


async def _look_at(tx: Transaction, item: ReviewItem, moderator_id: UUID, now: datetime) -> None:
    until, new = item.claimed_until, item.claimed_by != moderator_id
    mine_until = now if new or until is None else until  # what was handed over is not shortened by looking
    item.claimed_by, item.claimed_until = moderator_id, max(mine_until, now + CLAIMED_FOR)
    if new:
        item.stage = _stage_of(item)
    if new or until is None or until <= now:
        tx.record(_claimed(item, await tx.session.get_one(Account, moderator_id)))


def _claimed(item: ReviewItem, holder: Account) -> ItemChanged:
    return ItemChanged(item.id, item.kind, item.lane, "claimed", holder.id, holder.handle, item.claimed_until)


def _stage_of(item: ReviewItem) -> str:
    """Return the stage that an item has once nobody was given it by name."""
    return SECOND_OPINION if item.escalated_by else NEW


def _check(why: str) -> None:
    if not why.strip():
        raise Invalid({"why": N_("Write a word of why: whoever looked at it reads it.")})


async def _item(session: AsyncSession, item_id: UUID, *, lock: bool = True) -> ReviewItem:
    item = await session.get(ReviewItem, item_id, with_for_update=lock or None)
    if item is None:
        raise NotFound
    return item


async def _ready_to_hand(session: AsyncSession, wish: HandOver, item: ReviewItem, now: datetime) -> Account:
    if error := objection(await who_is(session, wish.from_id, item), item, wish.version, now):
        raise error
    query = select(Account).where(Account.handle_key == handle_key(wish.to_handle))
    to = (await session.exec(query)).first()
    if to is None or to.id == wish.from_id:
        raise Invalid({"to": N_("Choose somebody else of the moderation team.")})
    stands_between = objection(await who_is(session, to.id, item), item, item.version, now)
    if stands_between is not None and not isinstance(stands_between, Conflict):
        raise Invalid({"to": N_("They cannot decide on this one. Choose somebody else.")})
    return to


async def _ready_to_take(session: AsyncSession, wish: TakeOver, item: ReviewItem, now: datetime) -> bool:
    """Return whether somebody else looks at it; raise where this moderator cannot."""
    who = await who_is(session, wish.moderator_id, item)
    others = is_claimed_by_other(item, wish.moderator_id, now)
    error = objection(who, item, wish.version, now)
    if error is not None and not (others and isinstance(error, Conflict)):
        raise error
    if item.version != wish.version:
        raise Conflict
    return others


async def _claim(session: AsyncSession, item: ReviewItem, asking: UUID) -> Claim:
    holder = await session.get_one(Account, item.claimed_by)
    until = item.claimed_until
    if until is None:
        raise Conflict
    return Claim(item.id, item.version, holder.id == asking, holder.handle, until)
