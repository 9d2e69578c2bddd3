"""Turns templates and their context into pages and fragments."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from forum.language import N_, Language, Words
from forum.settings import ROOT
from forum.shown import Shown

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"

PARTS = 2_000
"""Messages kept as they were rendered last, some 3 KiB each; the one that was longest unseen goes first."""


@dataclass(frozen=True, slots=True)
class _Zoned:
    """All that a part of a page knows of its reader."""

    time_zone: str


class Renderer:
    """Renders in one language; the same partial serves the page and the broadcast."""

    def __init__(self, language: Language, time_zone: str) -> None:
        self.language = language
        self._zone = time_zone
        self._parts: dict[tuple[object, ...], tuple[Shown, Markup]] = {}
        self._environment = self._make_environment()

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Return the page as text; a name the template misses is an error, not a gap."""
        return self._environment.get_template(template).render(context)

    def say(self, words: Words) -> str:
        """Return the sentence in the community's language."""
        return self.language.say(words)

    def _make_environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_translations(self.language.catalogue, newstyle=True)  # type: ignore[attr-defined]
        environment.globals |= {
            "part": self._part,
            "static": static_url,
            "language": self.language.code,
            "direction": self.language.direction,
        }
        environment.filters |= {"when": self._when, "date": self._date, "say": self.say}
        return environment

    @pass_context
    def _part(self, context: Context, template: str, message: Shown) -> Markup:
        """Return what the template makes of a message, from memory while both message and day are the same.

        The template is given nothing of the reader but their zone. What is kept is compared as a whole, and a
        message that has changed takes the place of what it was: nothing withdrawn is ever shown.
        """
        zone, same = self._zone_of(context), (message.mine, message.is_new, message.can_reply)
        key = (template, message.id, *same, zone, self._today(context))
        kept = self._parts.pop(key, None)
        if kept is None or kept[0] != message:
            told = {"message": message, "viewer": _Zoned(zone), "now": context.get("now")}
            kept = (message, Markup(self.render(template, told)))  # noqa: S704 - a template made it
        self._parts[key] = kept
        if len(self._parts) > PARTS:
            del self._parts[next(iter(self._parts))]
        return kept[1]

    @pass_context
    def _when(self, context: Context, moment: datetime) -> Markup:
        local, today = self._local(context, moment), self._today(context)
        clock = _clock(local.time().replace(second=0, microsecond=0), self.language.locale)
        return _time_element(moment, self._said_time(local.date(), today, clock))

    @pass_context
    def _date(self, context: Context, moment: datetime) -> Markup:
        local = self._local(context, moment)
        return _time_element(
            moment, format_date(local.date(), "long", locale=self.language.locale), only_date=True
        )

    def _said_time(self, day: date, today: date, clock: str) -> str:
        if day == today:
            return clock
        if (today - day).days == 1:
            return self.say(N_("yesterday %(clock)s", clock=clock))
        return _day(day, self.language.locale)

    def _local(self, context: Context, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self._zone_of(context)))

    def _zone_of(self, context: Context) -> str:
        viewer = context.get("viewer")
        return viewer.time_zone if viewer else self._zone

    def _today(self, context: Context) -> date:
        now = context.get("now") or datetime.now(UTC)
        return self._local(context, now).date()


@lru_cache(maxsize=24 * 60)
def _clock(moment: time, locale: Locale) -> str:
    """A list says the same few moments again and again, and Babel takes its time over each."""
    return format_time(moment, "short", locale=locale)


@lru_cache(maxsize=366)
def _day(day: date, locale: Locale) -> str:
    return format_date(day, "medium", locale=locale)


def _time_element(moment: datetime, said: str, *, only_date: bool = False) -> Markup:
    stamp = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind = Markup(" data-only-date") if only_date else Markup("")
    return Markup('<time datetime="{}"{}>{}</time>').format(stamp, kind, said)


@cache
def _static_version() -> str:
    digest = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def static_url(path: str) -> str:
    """Return the address of a static file, under a hash of them all.

    Browsers may keep it for ever, and a module's relative imports stay within the same version.
    """
    return f"/static/{_static_version()}/{path}"


def static_folder() -> Path:
    """Return the folder that /static serves."""
    return STATIC
