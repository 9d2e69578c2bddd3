"""What meetings do when something happens elsewhere: to a date, a seat, a name, a question."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select, update

from forum.calendar.tables import Gathering, Occurrence, Stage
from forum.database import Transaction
from forum.facts import (
    Fact,
    GatheringChanged,
    MemberRemoved,
    MessageChanged,
    MessagePublished,
    SeatChanged,
)
from forum.meetings.finding import locked
from forum.meetings.guests import make_meeting, make_meetings, send_out
from forum.meetings.opening import close_room
from forum.meetings.tables import Meeting, Phase, Question
from forum.meetings.telling import tell
from forum.messages.leaves import current_in
from forum.spaces.tables import Place, PlaceKind, Removal


async def keep_meetings(tx: Transaction, fact: Fact) -> None:
    """Keep rooms, names and guests as the dates, the seats and the words now are."""
    match fact:
        case GatheringChanged():
            await _gathering(tx, fact)
        case SeatChanged(occurrence_id=occurrence_id, at=at):
            await make_meeting(tx, await tx.session.get_one(Occurrence, occurrence_id), at)
        case (
            MessagePublished(place_kind=PlaceKind.GATHERING, place_id=place_id)
            | MessageChanged(place_kind=PlaceKind.GATHERING, place_id=place_id)
        ):
            await _rename(tx, place_id)
        case MessagePublished(place_kind=PlaceKind.MEETING) | MessageChanged(place_kind=PlaceKind.MEETING):
            await _question(tx, fact.place_id, fact.shown.id, fact.shown.at)
        case MemberRemoved(place_id=place_id, account_id=account_id):
            await _removed(tx, place_id, account_id)


async def _gathering(tx: Transaction, fact: GatheringChanged) -> None:
    query = select(Occurrence).where(col(Occurrence.id).in_(fact.occurrence_ids)).order_by(col(Occurrence.id))
    dates = (await tx.session.exec(query)).all()
    gathering = await tx.session.get_one(Gathering, fact.gathering_id)
    on = [one for one in dates if one.cancelled_at is None and gathering.stage == Stage.SCHEDULED]
    await _give_back(tx, on, fact.at)
    await make_meetings(tx, on, fact.at)
    await _rename(tx, gathering.place_id)  # dates that were parted off may say something else now
    for one in dates:
        if one not in on and one.meeting_id is not None:
            await close_room(tx, await locked(tx, one.meeting_id), fact.at)


async def _give_back(tx: Transaction, dates: Sequence[Occurrence], now: datetime) -> None:
    """A meeting that never opened, and was over, has its lobby again once its date is moved on."""
    later = [one.meeting_id for one in dates if one.meeting_id is not None and one.ends_at > now]
    never = (col(Meeting.phase) == Phase.CLOSED, col(Meeting.opened_at).is_(None))
    again = update(Meeting).where(col(Meeting.place_id).in_(later), *never)
    await tx.session.exec(again.values(phase=Phase.LOBBY, closed_at=None, version=col(Meeting.version) + 1))


async def _rename(tx: Transaction, leaf_id: UUID) -> None:
    """Call the rooms what the words that count say; nothing, while there are none."""
    words = await current_in(tx.session, leaf_id)
    plans = select(Gathering.id).where(Gathering.place_id == leaf_id)
    meetings = select(Occurrence.meeting_id).where(
        col(Occurrence.gathering_id).in_(plans), col(Occurrence.meeting_id).is_not(None)
    )
    await tx.session.exec(
        update(Place).where(col(Place.id).in_(meetings)).values(name=words.title if words else "")
    )


async def _question(tx: Transaction, place_id: UUID, message_id: UUID, now: datetime) -> None:
    """A question that waited for a person is listed once it is published, and not once it is gone."""
    if await tx.session.get(Question, message_id) is not None:
        await tell(tx, await locked(tx, place_id), "question", now)


async def _removed(tx: Transaction, place_id: UUID, account_id: UUID) -> None:
    query = (
        select(Removal.since)
        .join(Place, col(Place.id) == col(Removal.place_id))
        .where(Place.kind == PlaceKind.MEETING)
        .where(Removal.place_id == place_id, Removal.account_id == account_id)
        .order_by(col(Removal.since).desc())
    )
    since = (await tx.session.exec(query)).first()
    if since is not None:
        await locked(tx, place_id)
        await send_out(tx, place_id, account_id, since)
