"""What guests and hosts do in a meeting by a form: each thing by its name, in a locked meeting."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, update

from forum.accounts.sessions import Viewer
from forum.database import Transaction
from forum.errors import Forbidden, ForumError, Invalid, NotFound, TooManyRequests
from forum.facts import PlaceChanged
from forum.language import N_, Words
from forum.meetings import host_tools, opening, questions, turns
from forum.meetings.finding import Held, locked_for
from forum.meetings.tables import Phase, Turn
from forum.meetings.telling import REACTIONS, tell
from forum.messages.resending import optional_id
from forum.services import Services
from forum.spaces.opening import Pace, check_pace
from realtime.backplane import Allowance

ACTS = Allowance(40, 60)
"""Things that one member may do in a meeting in a minute: more than anybody means to."""
ONE_OF_A_KIND = Allowance(1, 3_600)
"""Each word once a turn from each member; who sent it is nowhere kept but in this allowance."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to do, with what the form says of it."""

    viewer: Viewer
    form: Mapping[str, str]
    now: datetime

    def id(self, name: str) -> UUID:
        """Return the id in a field; NotFound where it is none."""
        found = optional_id(self.form.get(name))
        if found is None:
            raise NotFound
        return found

    @property
    def seen(self) -> UUID | None:
        """The turn that was taken when the form was made."""
        return optional_id(self.form.get("seen"))


Verb = Callable[[Transaction, Held, Act], Awaitable[bool]]


async def act(services: Services, place_id: UUID, viewer: Viewer, form: Mapping[str, str]) -> None:
    """Do what the form names, if this guest may; whoever is in the meeting is told what has changed.

    NotFound for whom the meeting does not exist for, Forbidden for a guest who is no host where it takes one.
    """
    name = form.get("do", "")
    if name not in OF_GUESTS and name not in OF_HOSTS:
        raise ForumError
    await _keep_pace(services, viewer, place_id, form)
    async with services.database.transaction() as tx:
        held = await locked_for(tx, place_id, viewer, host=name in OF_HOSTS)
        doing = Act(viewer, form, services.clock())
        what, verb = (OF_HOSTS if name in OF_HOSTS else OF_GUESTS)[name]
        if await verb(tx, held, doing) and what:
            await tell(tx, held, what, doing.now)


async def _keep_pace(services: Services, viewer: Viewer, place_id: UUID, form: Mapping[str, str]) -> None:
    wait = await services.backplane.spend(f"meeting:{viewer.id}", ACTS)
    if not wait and form.get("do") == "react":
        once = f"meeting:{place_id}:{form.get('seen', '')[:36]}:{form.get('word', '')[:12]}:{viewer.id}"
        if await services.backplane.spend(once, ONE_OF_A_KIND):
            raise TooManyRequests(1, ONCE)
    if wait:
        raise TooManyRequests(wait)


ONCE = N_("You have sent this to them already. It was counted.")


async def _raise(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.raise_hand(tx, await turns.floor_of(tx, held, act.now), act.viewer.id)


async def _end(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.end_turn(tx, await turns.floor_of(tx, held, act.now), act.viewer.id)


async def _react(tx: Transaction, held: Held, act: Act) -> bool:
    floor, word = await turns.floor_of(tx, held, act.now), act.form.get("word", "")
    sharing = floor.sharing
    if word not in REACTIONS:
        raise ForumError
    if sharing is None or sharing.id != act.seen or sharing.account_id == act.viewer.id:
        return False
    counted = {word: getattr(Turn, word) + 1}
    await tx.session.exec(update(Turn).where(col(Turn.id) == sharing.id).values(counted))
    await tx.session.refresh(sharing)
    return True


async def _vote(tx: Transaction, held: Held, act: Act) -> bool:
    wanted = act.form.get("do") == "vote"
    return await questions.vote(tx, held, act.viewer, act.id("question"), wanted=wanted)


OF_GUESTS: Mapping[str, tuple[str, Verb]] = {
    "raise": ("turn", _raise),
    "lower": ("turn", _end),
    "pass": ("turn", _end),
    "done": ("turn", _end),
    "react": ("turn", _react),
    "vote": ("question", _vote),
    "unvote": ("question", _vote),
}


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
    seen = act.form.get("seen", "")
    at = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 4 else -1  # noqa: PLR2004
    return await opening.next_step(tx, held, at, act.now)


async def _next(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.give_next(tx, await turns.floor_of(tx, held, act.now), act.seen)


async def _stop(tx: Transaction, held: Held, act: Act) -> bool:
    return await turns.stop(tx, await turns.floor_of(tx, held, act.now), act.seen)


async def _time(tx: Transaction, held: Held, act: Act) -> bool:
    return turns.give_time(await turns.floor_of(tx, held, act.now), act.seen)


async def _mute(tx: Transaction, held: Held, act: Act) -> bool:
    muted = act.form.get("do") == "mute"
    return await host_tools.mute(tx, held, act.id("member"), muted=muted, now=act.now)


async def _remove(tx: Transaction, held: Held, act: Act) -> bool:
    return await host_tools.remove(tx, held, act.id("member"), act.now)


async def _let_back(tx: Transaction, held: Held, act: Act) -> bool:
    return await host_tools.let_back(tx, held, act.id("member"), act.now)


async def _note(tx: Transaction, held: Held, act: Act) -> bool:
    here = act.form.get("do") == "came"
    return await host_tools.note_here(tx, held, act.id("member"), act.now, here=here)


async def _answered(tx: Transaction, held: Held, act: Act) -> bool:
    return await questions.answered(tx, held, act.id("question"), act.now)


async def _pace(tx: Transaction, held: Held, act: Act) -> bool:
    typed = act.form.get("slow_seconds", "").strip() or "0"
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):  # noqa: PLR2004
        raise Invalid({"slow_seconds": N_("Use a number of seconds.")})
    pace, errors = Pace("paused" in act.form, int(typed), "needs_facilitator" in act.form), {}
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
    "mute": ("", _mute),
    "unmute": ("", _mute),
    "remove": ("", _remove),
    "let-back": ("", _let_back),
    "came": ("", _note),
    "not-came": ("", _note),
    "answered": ("question", _answered),
    "pace": ("held", _pace),
}
