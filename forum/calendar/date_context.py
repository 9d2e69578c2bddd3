"""What the page of a date is given: one value for members, and another, which names nobody, for visitors."""

from datetime import datetime

from forum.calendar.entries import Dated, Reader, own_words, stamp_of
from forum.calendar.kinds import Format, ForWhom, Kind, Pathway, Transcript
from forum.calendar.reading import Date
from forum.calendar.said_times import said_moment, said_span
from forum.calendar.seats import closes_at
from forum.calendar.showing import DateShown, agenda_of, is_open
from forum.calendar.tables import Stage


def public_context(date: Date, reader: Reader, now: datetime, others: tuple[Dated, ...]) -> dict[str, object]:
    """Return what anybody may read: no hosts, no numbers, no space, no exact place."""
    return {
        "date": _planned(date, reader, now),
        "others": others,
        "zone": reader.zone,
        "here": _address(date),
    }


def member_context(date: Date, reader: Reader, now: datetime, shown: DateShown) -> dict[str, object]:
    """Return what a member may read; the exact place and the room only for who has a seat or may come."""
    gathering, occurrence, seating = date.gathering, date.occurrence, shown.seating
    inside = (seating.expected or date.hosts) and not date.is_cancelled
    over = now >= occurrence.ends_at
    own = None if over else own_words(seating.reply, seated=seating.seated)
    meets_online = gathering.format != Format.PLACE
    return {
        "date": _planned(date, reader, now),
        "space": date.space,
        "for_whom": reader.language.say(ForWhom(gathering.for_whom).words),
        "coming": occurrence.coming,
        "capacity": gathering.capacity,
        "closes": _closing(date, reader),
        "can_reply": date.inside and Stage(gathering.stage).is_announced and not over,
        "is_open": is_open(date, now),
        "inside": date.inside,
        "is_draft": not Stage(gathering.stage).is_announced,
        "own": reader.language.say(own) if own else "",
        "venue": gathering.venue if inside and gathering.format != Format.ONLINE else "",
        "venue_later": gathering.format != Format.ONLINE and bool(gathering.venue) and not inside,
        "room": occurrence.meeting_id if inside and meets_online else None,
        "room_later": meets_online and not inside,
        "room_soon": meets_online and inside and not occurrence.meeting_id and not over,
        "shown": shown,
        "zone": reader.zone,
        "here": _address(date),
    }


def _closing(date: Date, reader: Reader) -> str:
    """Return until when one can sign up, in words; empty where that is the beginning itself."""
    if not date.gathering.sign_up_closes_minutes:
        return ""
    return said_moment(closes_at(date.occurrence, date.gathering), reader.zone, reader.locale)


def _address(date: Date) -> str:
    return f"/gatherings/{date.occurrence.id}"


def _planned(date: Date, reader: Reader, now: datetime) -> dict[str, object]:
    gathering, occurrence, say = date.gathering, date.occurrence, reader.language.say
    return {
        "id": occurrence.id,
        "title": date.title,
        "html": date.html,
        "stamp": stamp_of(occurrence.starts_at),
        "when": said_span(occurrence.starts_at, occurrence.ends_at, reader.zone, reader.locale),
        "own_when": _in_its_own_zone(date, reader),
        "own_zone": gathering.zone,
        "kind": say(Kind(gathering.kind).words),
        "pathway": say(Pathway(gathering.pathway).words),
        "format": say(Format(gathering.format).words),
        "partner": gathering.partner,
        "area": gathering.area,
        "agenda": agenda_of(gathering),
        "transcript": say(Transcript(gathering.transcript).words) if gathering.format != Format.PLACE else "",
        "cancelled": date.is_cancelled,
        "over": now >= occurrence.ends_at,
        "on_now": occurrence.starts_at <= now < occurrence.ends_at,
    }


def _in_its_own_zone(date: Date, reader: Reader) -> str:
    """Return when it is by the clocks of its own zone; empty where the reader's show the same."""
    occurrence, zone = date.occurrence, date.gathering.zone
    said = said_span(occurrence.starts_at, occurrence.ends_at, zone, reader.locale)
    same = said == said_span(occurrence.starts_at, occurrence.ends_at, reader.zone, reader.locale)
    return "" if same else said
