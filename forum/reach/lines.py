"""People one can reach now: one list in `lines.toml`, each line with where its number was seen."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from babel.core import get_global

from forum.language import N_, Words

EMERGENCY = "emergency"
TOPICS = frozenset({EMERGENCY, "suicide", "overdose", "withdrawal", "drugs-alcohol", "domestic-violence"})
WAYS = {
    "danger": N_("call %(number)s when somebody is in danger now"),
    "ambulance": N_("call %(number)s for an ambulance"),
    "police": N_("call %(number)s for the police"),
    "call": N_("call %(number)s"),
    "call-or-text": N_("call or text %(number)s"),
    "call-or-text-to": N_("call %(number)s or text %(text)s"),
    "call-or-text-start": N_("call %(number)s, or text START to %(text)s"),
    "look-up": N_("look up a line in your country"),
}
"""How a line is reached, said with its numbers."""
# fmt: off
CALLING_CODES = {
    "AT": "43", "AU": "61", "BE": "32", "BR": "55", "CA": "1", "CH": "41", "DE": "49", "DK": "45", "ES": "34",
    "FI": "358", "FR": "33", "GB": "44", "GH": "233", "IE": "353", "IN": "91", "IT": "39", "JM": "1",
    "KE": "254", "MX": "52", "NG": "234", "NL": "31", "NO": "47", "NZ": "64", "PL": "48", "PT": "351",
    "SE": "46", "TT": "1868", "US": "1", "ZA": "27",
}
# fmt: on
"""The countries we cover (ISO 3166-1 alpha-2), with their calling codes (ITU-T E.164)."""

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DIGITS = re.compile(r"[0-9]*")
SECURE = re.compile(r"https://[\w.-]+\.\w+(/\S*)?")
COUNTRY = re.compile(r"[A-Z]{2}")
NOWHERE = "ZZ"  # what CLDR calls the country of a zone such as UTC
SHORTEST_FROM_ABROAD = 6
NEEDED = frozenset({"key", "countries", "name", "how", "page", "topics"})
OPTIONAL = frozenset({"number", "shown", "text", "source", "reviewed"})


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach a person; without `countries` it is there for everybody, everywhere.

    `number` is what a phone dials and `text` where a message is sent, digits or empty; `page` is the site of
    those who run it. `source` is the page of those who run it, a government or a well-known directory on
    which the number was seen on the day `reviewed`; both are empty where nobody has confirmed it so.
    """

    key: str
    countries: frozenset[str]
    name: str
    how: Words
    number: str
    text: str
    page: str
    topics: frozenset[str]
    source: str
    reviewed: date | None

    @property
    def everywhere(self) -> bool:
        """Whether it is there for every country."""
        return not self.countries


@cache
def all_lines() -> tuple[Line, ...]:
    """Return the lines that ship with us, in the order of the file."""
    return read(files("forum.reach").joinpath("lines.toml").read_text("utf-8"))


def lines_for(country: str | None, topics: Collection[str] = ()) -> tuple[Line, ...]:
    """Return emergency numbers first, then a country's own lines, then those for everywhere.

    With `topics`, a line must be about one of them; an emergency number is always given.
    """
    near = [line for line in all_lines() if line.everywhere or country in line.countries]
    fit = [line for line in near if line.topics & {EMERGENCY, *(topics or TOPICS)}]
    return tuple(sorted(fit, key=lambda line: (EMERGENCY not in line.topics, line.everywhere)))


@cache
def public_numbers() -> frozenset[str]:
    """Return the digits of every number that is nobody's own, with and without its country's calling code."""
    forms: set[str] = set()
    for line in all_lines():
        for number in filter(None, (line.number, line.text)):
            forms |= {number}.union(*(_forms(number, CALLING_CODES[country]) for country in line.countries))
    return frozenset(forms)


def country_of(zone: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of an IANA time zone's country by CLDR; None where it has none."""
    name = get_global("zone_aliases").get(zone, zone)
    territory = get_global("zone_territories").get(name, NOWHERE)
    return territory if COUNTRY.fullmatch(territory) and territory != NOWHERE else None


def read(text: str) -> tuple[Line, ...]:
    """Return the lines of a file's text; raise ValueError, naming the line, where one makes no sense."""
    try:
        rows = tomllib.loads(text).get("lines")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The lines cannot be read: {error}") from error
    if not isinstance(rows, list) or not rows:
        raise ValueError("There are no lines.")
    found: dict[str, Line] = {}
    for row in rows:
        line = _line(row)
        if line.key in found:
            raise ValueError(f"The line {line.key!r} is there twice.")
        found[line.key] = line
    return tuple(found.values())


def _line(told: object) -> Line:
    key = told.get("key") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError(f"A line has no key such as 'us-988': {told}")
    row = dict.fromkeys(OPTIONAL, "") | told
    if wrong := _misshapen(told) or _unsafe(row):
        raise ValueError(f"The line {key!r} {wrong}.")
    return Line(
        key=key,
        countries=frozenset(row["countries"]),
        name=row["name"],
        how=replace(WAYS[row["how"]], values={"number": row["shown"] or row["number"], "text": row["text"]}),
        number=row["number"],
        text=row["text"],
        page=row["page"],
        topics=frozenset(row["topics"]),
        source=row["source"],
        reviewed=date.fromisoformat(row["reviewed"]) if row["reviewed"] else None,
    )


def _misshapen(told: Mapping[str, object]) -> str | None:
    if missing := NEEDED - told.keys():
        return f"lacks {', '.join(sorted(missing))}"
    if unknown := told.keys() - NEEDED - OPTIONAL:
        return f"has unknown fields: {', '.join(sorted(unknown))}"
    for field, value in told.items():
        words = value if field in ("countries", "topics") else [value]
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            return f"has a {field} of the wrong kind"
    return None


def _unsafe(row: Mapping[str, str]) -> str | None:
    said = WAYS[row["how"]].msgid if row["how"] in WAYS else ""
    rules = {
        "names a country we have no calling code for": set(row["countries"]) <= CALLING_CODES.keys(),
        "has no name": bool(row["name"].strip()),
        "must say how, as one of " + ", ".join(WAYS): bool(said),
        "must have only digits in number and text": all(
            DIGITS.fullmatch(row[one]) for one in ("number", "text")
        ),
        "shows another number than it dials": not row["shown"]
        or re.sub(r"\D", "", row["shown"]) == row["number"],
        "says a number that it lacks": all(
            row[one] or f"%({one})s" not in said for one in ("number", "text")
        ),
        "must have a secure page": bool(SECURE.fullmatch(row["page"])),
        "must have topics, from " + ", ".join(sorted(TOPICS)): set() < set(row["topics"]) <= TOPICS,
        "must have a secure source, or none": not row["source"] or bool(SECURE.fullmatch(row["source"])),
        "must have a source and a day of review, or neither": bool(row["source"]) == bool(row["reviewed"]),
        "must have its day of review as 2026-11-22": not row["reviewed"] or _is_day(row["reviewed"]),
    }
    return next((wrong for wrong, kept in rules.items() if not kept), None)


def _is_day(told: str) -> bool:
    try:
        return date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _forms(number: str, code: str) -> set[str]:
    """German 0800 111111 is also +49 800 111111 or +49 (0)800 111111; in America, the code is a plain 1."""
    if len(number) < SHORTEST_FROM_ABROAD:  # such as 112: nobody dials it from abroad
        return {number}
    bare = number.removeprefix("1") if code == "1" and len(number) == len("18006624357") else number
    return {number, bare, code + bare, code + bare.removeprefix("0")}
