"""Dates in words for one reader: what a line of the list, or of a day, says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale

from forum.calendar.cards import Card
from forum.calendar.kinds import Pathway
from forum.calendar.said_times import said_clock, said_hours, said_span
from forum.calendar.tables import Coming
from forum.language import N_, Language, Words

COMING = N_("You are coming")
WAITING = N_("You are on the waiting list")
MAYBE = N_("You may come")
DECLINED = N_("You are not coming")
CANCELLED = N_("Cancelled")


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is said: in this time zone and language."""

    zone: str
    language: Language

    @property
    def locale(self) -> Locale:
        """How days and hours are written."""
        return self.language.locale

    def local(self, moment: datetime) -> datetime:
        """Return the moment as the reader's clock shows it."""
        return moment.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Entry:
    """One date, said; `own` is what the reader has answered, empty where they have not."""

    id: UUID
    title: str
    stamp: str
    """When it begins, as RFC 3339 writes it, in UTC."""
    clock: str
    hours: str
    kind: str
    pathway: str
    format: str
    cancelled: str
    own: str

    @classmethod
    def of(cls, card: Card, reader: Reader) -> "Entry":
        """Return the date as this reader is told of it."""
        say = reader.language.say
        own = own_words(card.reply, seated=card.seated)
        return cls(
            id=card.id,
            title=card.title,
            stamp=stamp_of(card.starts_at),
            clock=said_clock(card.starts_at, reader.zone, reader.locale),
            hours=said_hours(card.starts_at, card.ends_at, reader.zone, reader.locale),
            kind=say(card.kind.words),
            pathway="" if card.pathway is Pathway.ANYBODY else say(card.pathway.words),
            format=say(card.format.words),
            cancelled=say(CANCELLED) if card.cancelled else "",
            own=say(own) if own and not card.cancelled else "",
        )


def own_words(reply: Coming | None, *, seated: bool) -> Words | None:
    """Return what somebody is told about their own answer; None where they gave none."""
    if reply is Coming.YES:
        return COMING if seated else WAITING
    return {Coming.MAYBE: MAYBE, Coming.NO: DECLINED}.get(reply) if reply else None


def stamp_of(moment: datetime) -> str:
    """Return a moment for the `datetime` of a `<time>`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a short list of dates of many days, with its own day."""

    entry: Entry
    when: str

    @classmethod
    def of(cls, card: Card, reader: Reader) -> "Dated":
        """Return the date with its day, as this reader is told of it."""
        when = said_span(card.starts_at, card.ends_at, reader.zone, reader.locale)
        return cls(Entry.of(card, reader), when)
