"""Who may come into a meeting: its hosts, and whoever has a seat at its date or said maybe."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import and_, col, or_, select

from forum.calendar.tables import Coming, Gathering, Host, Occurrence, SignUp
from forum.database import Transaction
from forum.facts import MemberRemoved
from forum.meetings.finding import held_at
from forum.meetings.tables import Meeting, Phase
from forum.meetings.telling import tell
from forum.meetings.turns import end_turn, floor_of
from forum.messages.leaves import current_in
from forum.spaces.tables import Guest, Place, PlaceKind, Removal


async def make_meeting(tx: Transaction, occurrence: Occurrence, now: datetime | None = None) -> Place:
    """Return the meeting's place of a date, made now if there was none, with its guests."""
    await make_meetings(tx, [occurrence], now or occurrence.changed_at)
    return await tx.session.get_one(Place, occurrence.meeting_id)


async def make_meetings(tx: Transaction, occurrences: Sequence[Occurrence], now: datetime) -> None:
    """Make the meeting of every date that has none, and keep the guests of all."""
    lacking = [one for one in occurrences if one.meeting_id is None]
    alike = {one: await _alike(tx, one) for one in {one.gathering_id for one in lacking}}
    places = [
        Place(**alike[one.gathering_id], last_at=now, created_at=now, silent_since=now) for one in lacking
    ]
    tx.session.add_all(places)
    await tx.session.flush()  # the places first: what refers to them comes after
    for occurrence, place in zip(lacking, places, strict=True):
        occurrence.meeting_id = place.id
        tx.session.add(Meeting(place_id=place.id))
    await tx.session.flush()
    await keep_all(tx, occurrences, now)


async def _alike(tx: Transaction, gathering_id: UUID) -> dict[str, Any]:
    """Return what the places of a gathering's meetings have alike."""
    gathering = await tx.session.get_one(Gathering, gathering_id)
    leaf = await tx.session.get_one(Place, gathering.place_id)
    words = await current_in(tx.session, leaf.id)
    name = words.title if words else ""  # while the words wait for a person
    return {"kind": PlaceKind.MEETING, "space_id": leaf.space_id, "name": name, "needs_facilitator": True}


async def keep_guests(tx: Transaction, occurrence: Occurrence, now: datetime | None = None) -> None:
    """Let in who should be let in to a date's meeting, and nobody else; one that is over stays as it is."""
    await keep_all(tx, [occurrence], now or occurrence.changed_at)


async def keep_all(tx: Transaction, occurrences: Iterable[Occurrence], now: datetime) -> None:
    """Keep the guests of several dates' meetings, in a few queries."""
    dates = {one.meeting_id: one for one in occurrences if one.meeting_id is not None}
    wanted = await _wanted(tx, await _going_on(tx, dates))
    there = await _there(tx, wanted)
    for place_id, guests in wanted.items():
        for account_id, host in guests.items():
            known = there.get((place_id, account_id))
            if known is None:
                tx.session.add(Guest(place_id=place_id, account_id=account_id, host=host))
            else:
                known.host = host
    await tx.session.flush()
    for place_id, account_id in there:
        if account_id not in wanted[place_id]:
            await send_out(tx, place_id, account_id, now)


async def _going_on(tx: Transaction, dates: Mapping[UUID, Occurrence]) -> dict[UUID, Occurrence]:
    """Return those whose meeting is not over, with their places locked, in one order."""
    locking = select(Place.id).where(col(Place.id).in_(dates)).order_by(col(Place.id)).with_for_update()
    await tx.session.exec(locking)
    query = select(Meeting.place_id).where(
        col(Meeting.place_id).in_(dates), col(Meeting.phase) != Phase.CLOSED
    )
    return {one: dates[one] for one in (await tx.session.exec(query)).all()}


async def _wanted(tx: Transaction, dates: Mapping[UUID, Occurrence]) -> dict[UUID, dict[UUID, bool]]:
    """Return for each meeting who should be let in, and whether as a host."""
    wanted: dict[UUID, dict[UUID, bool]] = {place_id: {} for place_id in dates}
    at = {one.id: place_id for place_id, one in dates.items()}
    for occurrence_id, account_id in await _seated(tx, at):
        wanted[at[occurrence_id]][account_id] = False
    holding = await _hosts(tx, {one.gathering_id for one in dates.values()})
    for place_id, one in dates.items():
        wanted[place_id] |= dict.fromkeys(holding[one.gathering_id], True)
    away = select(Removal.place_id, Removal.account_id).where(
        col(Removal.place_id).in_(dates), col(Removal.lifted_at).is_(None), col(Removal.until).is_(None)
    )
    for place_id, account_id in (await tx.session.exec(away)).all():
        wanted[place_id].pop(account_id, None)
    return wanted


async def _seated(tx: Transaction, occurrence_ids: Iterable[UUID]) -> Sequence[tuple[UUID, UUID]]:
    seated = or_(
        SignUp.reply == Coming.MAYBE, and_(SignUp.reply == Coming.YES, col(SignUp.queue_number).is_(None))
    )
    query = select(SignUp.occurrence_id, SignUp.account_id)
    return (await tx.session.exec(query.where(col(SignUp.occurrence_id).in_(occurrence_ids), seated))).all()


async def _hosts(tx: Transaction, gathering_ids: Iterable[UUID]) -> Mapping[UUID, list[UUID]]:
    holding = defaultdict(list)
    query = select(Host.gathering_id, Host.account_id).where(col(Host.gathering_id).in_(gathering_ids))
    for gathering_id, account_id in (await tx.session.exec(query)).all():
        holding[gathering_id].append(account_id)
    return holding


async def _there(tx: Transaction, wanted: Mapping[UUID, object]) -> dict[tuple[UUID, UUID], Guest]:
    query = select(Guest).where(col(Guest.place_id).in_(wanted))
    return {(one.place_id, one.account_id): one for one in (await tx.session.exec(query)).all()}


async def send_out(tx: Transaction, place_id: UUID, account_id: UUID, now: datetime) -> None:
    """Make somebody no guest of a meeting, which is locked: their hand goes down, their sockets leave it."""
    guest = await tx.session.get(Guest, (place_id, account_id))
    if guest is None:
        return
    held = await held_at(tx.session, await tx.session.get_one(Place, place_id))
    if await end_turn(tx, await floor_of(tx, held, now), account_id):
        await tell(tx, held, "turn", now)
    await tx.session.delete(guest)
    await tx.session.flush()
    tx.record(MemberRemoved(place_id, account_id))
