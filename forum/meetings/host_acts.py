"""What only hosts can do: open and end, go through the agenda, give turns, and look after the room."""

from collections.abc import Mapping

from forum.database import Transaction
from forum.errors import Forbidden, Invalid
from forum.facts import PlaceChanged
from forum.language import N_, Words
from forum.meetings import host_tools, opening, questions, turns
from forum.meetings.acts import Act, Verb
from forum.meetings.finding import Held
from forum.meetings.tables import Phase
from forum.spaces.opening import Pace, check_pace

NUMBER_LENGTH = 5


async def _open(tx: Transaction, held: Held, act: Act) -> bool:
    return await opening.open_room(tx, held, act.now)


async def _close(tx: Transaction, held: Held, act: Act) -> bool:
    if held.meeting.phase == Phase.LOBBY:
        raise Forbidden(NOT_BEGUN)
    return await opening.close_room(tx, held, act.now)


NOT_BEGUN: Words = N_("This meeting has not begun. A community manager can call it off.")


async def _prolong(tx: Transaction, held: Held, act: Act) -> bool:
    return await opening.prolong(tx, held, act.now)


async def _step(tx: Transaction, held: Held, act: Act) -> bool:
    return await opening.next_step(tx, held, _number(act.form.get("seen", ""), -1), act.now)


async def _next(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.give_next(tx, await turns.floor_of(tx, held, act.now), act.seen)


async def _stop(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.stop(tx, await turns.floor_of(tx, held, act.now), act.seen)


async def _time(tx: Transaction, held: Held, act: Act) -> bool:
    return turns.give_time(await turns.floor_of(tx, held, act.now), act.seen)


async def _mute(tx: Transaction, held: Held, act: Act) -> bool:
    muted = act.form.get("do") == "mute"
    return await host_tools.mute(tx, held, act.id("member"), muted=muted)


async def _remove(tx: Transaction, held: Held, act: Act) -> bool:
    return await host_tools.remove(tx, held, act.id("member"), act.now)


async def _let_back(tx: Transaction, held: Held, act: Act) -> bool:
    return await host_tools.let_back(tx, held, act.id("member"), act.now)


async def _note(tx: Transaction, held: Held, act: Act) -> bool:
    came_at = act.now if act.form.get("do") == "came" else None
    return await host_tools.note_here(tx, held, act.id("member"), came_at)


async def _answered(tx: Transaction, held: Held, act: Act) -> bool:
    return questions.answered(await questions.open_question(tx.session, held, act.id("question")), act.now)


def _number(typed: str, otherwise: int) -> int:
    """Return the whole number that stands in a field, or the other one where none does."""
    fits = typed.isascii() and typed.isdecimal() and len(typed) <= NUMBER_LENGTH
    return int(typed) if fits else otherwise


async def _pace(tx: Transaction, held: Held, act: Act) -> bool:
    seconds = _number(act.form.get("slow_seconds", "").strip() or "0", -1)
    pace = Pace("paused" in act.form, seconds, "needs_facilitator" in act.form)
    errors: dict[str, Words] = {}
    check_pace(pace, errors)
    if errors:
        raise Invalid(errors)
    place = held.place
    place.closed, place.slow_seconds, place.needs_facilitator = (
        pace.closed,
        pace.slow_seconds,
        pace.needs_facilitator,
    )
    tx.record(PlaceChanged(place.id, pace.closed, pace.slow_seconds, pace.needs_facilitator))
    return True


OF_HOSTS: Mapping[str, tuple[str, Verb]] = {
    "open": ("", _open),  # tells by itself
    "end": ("", _close),
    "prolong": ("", _prolong),
    "step": ("", _step),
    "next": ("turn", _next),
    "stop": ("turn", _stop),
    "time": ("turn", _time),
    "mute": ("guests", _mute),
    "unmute": ("guests", _mute),
    "remove": ("guests", _remove),
    "let-back": ("guests", _let_back),
    "came": ("", _note),
    "not-came": ("", _note),
    "answered": ("question", _answered),
    "pace": ("held", _pace),
}
OF_SEATS = frozenset({"came", "not-came"})
"""What changes a seat's row alone: whoever signs up locks that first, and the meeting's place after it."""
