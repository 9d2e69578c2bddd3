"""Turns: who raised a hand, who shares now, and who comes next. Every verb works on a locked meeting.

The list goes on by itself when somebody is done, passes or is gone; it begins, and waits before who was
muted, for a host. A verb says whether it changed anything.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from forum.database import Transaction
from forum.meetings.finding import Held
from forum.meetings.tables import Phase, Sharing, Turn
from forum.spaces.tables import Guest

MORE_TIME = timedelta(minutes=2)
GONE = timedelta(minutes=1)
"""Who is away for so long loses the turn, or the place in the list."""


@dataclass(slots=True)
class Floor:
    """The open turns of one meeting, in order, inside the transaction that has it locked."""

    held: Held
    turns: list[Turn]
    muted: Collection[UUID]
    now: datetime

    @property
    def sharing(self) -> Turn | None:
        """The turn that is taken."""
        return next((one for one in self.turns if one.state == Sharing.SHARING), None)

    @property
    def waiting(self) -> Sequence[Turn]:
        """The hands that are up, first come first."""
        return [one for one in self.turns if one.state == Sharing.WAITING]

    def of(self, member_id: UUID) -> Turn | None:
        """The member's open turn."""
        return next((one for one in self.turns if one.account_id == member_id), None)


async def floor_of(tx: Transaction, held: Held, now: datetime) -> Floor:
    """Return the floor of a meeting that is locked."""
    still = (Turn.place_id == held.id, Turn.state != Sharing.OVER)
    query = select(Turn).where(*still).order_by(col(Turn.number)).execution_options(populate_existing=True)
    muted = select(Guest.account_id).where(Guest.place_id == held.id, col(Guest.muted))
    turns = list((await tx.session.exec(query)).all())
    return Floor(held, turns, frozenset((await tx.session.exec(muted)).all()), now)


async def raise_hand(tx: Transaction, floor: Floor, member_id: UUID) -> bool:
    """Put a member at the end of the list; whoever is on it, or shares, stays where they are."""
    if floor.of(member_id) is not None or floor.held.meeting.phase != Phase.OPEN:
        return False
    meeting = floor.held.meeting
    meeting.hands += 1
    turn = Turn(place_id=meeting.place_id, account_id=member_id, number=meeting.hands)
    tx.session.add(turn)
    await tx.session.flush()
    floor.turns.append(turn)
    return True


async def end_turn(tx: Transaction, floor: Floor, member_id: UUID) -> bool:
    """Take a hand down, pass, or be done: the one who shares makes room for the next."""
    turn = floor.of(member_id)
    if turn is None:
        return False
    was_sharing = turn.state == Sharing.SHARING
    await _over(tx, floor, turn)
    if was_sharing and floor.waiting and floor.waiting[0].account_id not in floor.muted:
        await _begin(tx, floor, floor.waiting[0])
    return True


async def give_next(tx: Transaction, floor: Floor, seen: UUID | None) -> bool:
    """A host gives the next turn; `seen` is the turn they saw taken, so that two hosts at once give one."""
    sharing = floor.sharing
    if (sharing.id if sharing else None) != seen or (sharing is None and not floor.waiting):
        return False
    if sharing is not None:
        await _over(tx, floor, sharing)
    if floor.waiting:
        await _begin(tx, floor, floor.waiting[0])
    return True


async def stop(tx: Transaction, floor: Floor, seen: UUID | None) -> bool:
    """A host ends the turn that they saw taken; the list waits for them."""
    sharing = floor.sharing
    if sharing is None or sharing.id != seen:
        return False
    await _over(tx, floor, sharing)
    return True


def give_time(floor: Floor, seen: UUID | None) -> bool:
    """A host gives two more minutes, from now at the earliest, to the turn that they saw taken."""
    sharing = floor.sharing
    if sharing is None or sharing.id != seen:
        return False
    sharing.ends_at = max(floor.now, sharing.ends_at or floor.now) + MORE_TIME
    return True


async def notice_gone(tx: Transaction, floor: Floor, present: Collection[UUID]) -> bool:
    """Note who is away and who is back; whoever was away for a minute is off the list."""
    changed = False
    for turn in tuple(floor.turns):
        if turn.account_id in present:
            turn.gone_since = None
        elif turn.gone_since is None:
            turn.gone_since = floor.now
        elif floor.now - turn.gone_since >= GONE:
            changed |= await end_turn(tx, floor, turn.account_id)
    return changed


async def clear(tx: Transaction, floor: Floor) -> None:
    """End every turn: the meeting is over."""
    for turn in tuple(floor.turns):
        await _over(tx, floor, turn)


async def _over(tx: Transaction, floor: Floor, turn: Turn) -> None:
    if turn.state == Sharing.SHARING:
        floor.held.place.speaker_id = None
    turn.state = Sharing.OVER
    floor.turns.remove(turn)
    await tx.session.flush()  # one is over before the next begins: the index lets one share at most


async def _begin(tx: Transaction, floor: Floor, turn: Turn) -> None:
    place, minutes = floor.held.place, floor.held.gathering.turn_minutes
    turn.state, turn.since, turn.from_seq = Sharing.SHARING, floor.now, place.last_seq
    turn.ends_at, turn.gone_since = floor.now + timedelta(minutes=max(1, minutes)), None
    place.speaker_id = turn.account_id
    await tx.session.flush()
