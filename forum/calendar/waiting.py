"""Gatherings whose words waited for a person: once these are published, the dates are there for everybody."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.database import Transaction
from forum.facts import Fact, GatheringChanged, MessagePublished
from forum.messages.resending import optional_id
from forum.spaces.tables import Place, PlaceKind


async def let_gather(tx: Transaction, fact: Fact) -> None:
    """Where a gathering's own words are published, it says them, and waits no longer.

    Its place is known by the gathering's id, which is its name: words that were changed as dates were parted
    off stand there until they are released, while the gathering goes on with the earlier ones.
    """
    if not isinstance(fact, MessagePublished) or fact.place_kind != PlaceKind.GATHERING:
        return
    place = await tx.session.get_one(Place, fact.place_id)
    own = await _own(tx.session, place)
    if own is not None:
        own.place_id = place.id
        await tx.session.flush()
    saying = select(Gathering).where(Gathering.place_id == place.id).order_by(col(Gathering.id))
    for gathering in (await tx.session.exec(saying.with_for_update())).all():
        await _begin_to_say(tx, gathering, fact)


async def _own(session: AsyncSession, place: Place) -> Gathering | None:
    """Return whose own words stand in a place; None while it is planned, or has a newer place."""
    gathering_id = optional_id(place.name)
    gathering = await session.get(Gathering, gathering_id, with_for_update=True) if gathering_id else None
    if gathering is None:
        return None
    now_at = await session.get_one(Place, gathering.place_id)
    moved_on = now_at.name == place.name and now_at.created_at > place.created_at
    return None if moved_on else gathering


async def _begin_to_say(tx: Transaction, gathering: Gathering, fact: MessagePublished) -> None:
    waited = gathering.stage == Stage.WAITING
    if waited:
        gathering.stage = Stage.SCHEDULED
    if fact.released:  # else it is a part of a change, which is made on the version that it was opened on
        gathering.version, gathering.changed_at = gathering.version + 1, fact.shown.at
    if waited or (fact.released and gathering.stage != Stage.DRAFT):
        await _tell(tx, gathering, fact, waited=waited)


async def _tell(tx: Transaction, gathering: Gathering, fact: MessagePublished, *, waited: bool) -> None:
    query = select(Occurrence).where(Occurrence.gathering_id == gathering.id)
    if gathering.stage != Stage.CANCELLED:  # else it is the word to those who signed up that is there now
        query = query.where(col(Occurrence.cancelled_at).is_(None))
    dates = (await tx.session.exec(query.order_by(col(Occurrence.starts_at)))).all()
    for one in dates:
        one.sequence += 0 if waited else 1
    what, at = "scheduled" if waited else "changed", fact.shown.at
    tx.record(GatheringChanged(gathering.id, tuple(one.id for one in dates), what, fact.shown.author.id, at))
