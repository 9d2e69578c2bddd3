"""Refilling: a gathering as the form that would make it, to be changed or copied."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.calendar.counted_lines import as_lines
from forum.calendar.hosting import hosts_form
from forum.calendar.keeping import all_dates
from forum.calendar.local_times import read_local, written
from forum.calendar.parting import left_out, local_start, rule_from
from forum.calendar.patterns import form_of
from forum.calendar.scopes import Meant, Scope
from forum.calendar.slots import slot_lines
from forum.calendar.tables import Gathering, Occurrence
from forum.calendar.words import latest_words
from forum.errors import NotFound
from forum.messages.leaves import current_in

FLAGS = ("is_public", "takes_questions", "votes_on_questions")
PLAIN = ("kind", "pathway", "format", "for_whom", "transcript", "partner", "area", "venue", "zone", "agenda")

Form = dict[str, str]


def empty_form(viewer: Viewer) -> Form:
    """Return what stands in a new form: an hour, online, held by whoever plans it, in their zone."""
    return {
        "zone": viewer.time_zone,
        "hosts": viewer.handle,
        "minutes": "60",
        "turn_minutes": "3",
        "closes": "0",
        "every": "1",
        "ends": "count",
        "count": "10",
        "format": "online",
        "transcript": "drop",
    }


async def refilled(session: AsyncSession, gathering: Gathering, meant: Meant) -> Form:
    """Return the form of the dates that are meant; NotFound for a date of another gathering."""
    dates = await all_dates(session, gathering.id)
    return {
        **await _of_words(session, gathering),
        **await hosts_form(session, gathering.id),
        **_of_row(gathering),
        **_of_dates(gathering, dates, meant),
        "slots": as_lines(await slot_lines(session, gathering.id)),
        "version": str(gathering.version),
    }


async def copied(session: AsyncSession, gathering: Gathering, viewer: Viewer) -> Form:
    """Return the form of a new gathering that is like this one: all but its day, and what was left out."""
    form = empty_form(viewer) | await refilled(session, gathering, Meant())
    return {
        name: value for name, value in form.items() if name not in ("date", "except", "version", "based_on")
    }


async def _of_words(session: AsyncSession, gathering: Gathering) -> Form:
    """Return its newest words, also those that wait or were not published, and the version that counts."""
    now = await current_in(session, gathering.place_id)
    words = now or await latest_words(session, gathering.place_id)
    based_on = str(now.seq if now else 0)
    if words is None:
        return {"title": "", "text": "", "based_on": based_on}
    return {"title": words.title, "text": words.text, "based_on": based_on}


def _of_row(gathering: Gathering) -> Form:
    flags = {name: "on" for name in FLAGS if getattr(gathering, name)}
    return {
        **{name: getattr(gathering, name) for name in PLAIN},
        **flags,
        "minutes": str(gathering.minutes),
        "capacity": "" if gathering.capacity is None else str(gathering.capacity),
        "closes": str(gathering.sign_up_closes_minutes),
        "turn_minutes": str(gathering.turn_minutes),
    }


def _of_dates(gathering: Gathering, dates: Sequence[Occurrence], meant: Meant) -> Form:
    zone = ZoneInfo(gathering.zone)
    chosen = next((one for one in dates if one.id == meant.occurrence_id), None)
    if meant.scope is Scope.ALL:
        starts, rule = read_local(gathering.starts_local), gathering.rule
    elif chosen is None:
        raise NotFound
    elif meant.scope is Scope.ONE:
        starts, rule = local_start(gathering, chosen), ""
    else:
        starts, rule = read_local(chosen.recurs_local), rule_from(gathering, chosen)
    day, _, time = written(starts).partition("T") if starts else ("", "", "")
    struck = [one for one in left_out(gathering, dates) if one >= day] if rule else []
    fold = {"fold": str(gathering.fold)} if starts else {}
    return {**form_of(rule, zone), **fold, "date": day, "time": time, "except": "\n".join(struck)}
