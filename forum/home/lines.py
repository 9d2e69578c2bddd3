"""People one can reach now, by country; each line with where it was looked up and when."""

from dataclasses import dataclass
from datetime import date

from forum.language import N_, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach a person; `number` is what a phone dials, `source` the page of those who run it."""

    country: Words
    name: str
    how: Words
    number: str
    hours: Words
    source: str
    reviewed: date


ALWAYS = N_("day and night")
REVIEWED = date(2026, 11, 22)

LINES = (
    Line(
        N_("Everywhere"),
        "Find A Helpline",
        N_("look up a line in your country"),
        "",
        ALWAYS,
        "https://findahelpline.com",
        REVIEWED,
    ),
    Line(
        N_("Europe"),
        "112",
        N_("call 112 when somebody is in danger now"),
        "112",
        ALWAYS,
        "https://digital-strategy.ec.europa.eu/en/policies/112",
        REVIEWED,
    ),
    Line(
        N_("United States"),
        "911",
        N_("call 911 when somebody is in danger now"),
        "911",
        ALWAYS,
        "https://www.911.gov",
        REVIEWED,
    ),
    Line(
        N_("United States"),
        "988 Suicide & Crisis Lifeline",
        N_("call or text 988"),
        "988",
        ALWAYS,
        "https://988lifeline.org",
        REVIEWED,
    ),
    Line(
        N_("United States"),
        "SAMHSA National Helpline",
        N_("call 1-800-662-4357"),
        "18006624357",
        ALWAYS,
        "https://www.samhsa.gov/find-help/helplines/national-helpline",
        REVIEWED,
    ),
    Line(
        N_("Canada"),
        "9-8-8 Suicide Crisis Helpline",
        N_("call or text 988"),
        "988",
        ALWAYS,
        "https://988.ca",
        REVIEWED,
    ),
    Line(
        N_("United Kingdom and Ireland"),
        "Samaritans",
        N_("call 116 123"),
        "116123",
        ALWAYS,
        "https://www.samaritans.org",
        REVIEWED,
    ),
    Line(
        N_("Germany"),
        "TelefonSeelsorge",
        N_("call 0800 1110111 or 0800 1110222"),
        "08001110111",
        ALWAYS,
        "https://www.telefonseelsorge.de",
        REVIEWED,
    ),
    Line(N_("France"), "3114", N_("call 3114"), "3114", ALWAYS, "https://3114.fr", REVIEWED),
    Line(
        N_("Australia"),
        "Lifeline",
        N_("call 13 11 14"),
        "131114",
        ALWAYS,
        "https://www.lifeline.org.au",
        REVIEWED,
    ),
    Line(N_("New Zealand"), "1737", N_("call or text 1737"), "1737", ALWAYS, "https://1737.org.nz", REVIEWED),
)
