"""People one can reach now, by country.

Written down from general knowledge: nobody has confirmed a number with those who run the line, so none
carries a date of review. A maintained list with sources and review dates is to take its place.
"""

from dataclasses import dataclass

from forum.language import N_, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach a person; `number` is what a phone dials, `page` the site of those who run it."""

    country: Words
    name: str
    how: Words
    number: str
    page: str


LINES = (
    Line(
        N_("Everywhere"),
        "Find A Helpline",
        N_("look up a line in your country"),
        "",
        "https://findahelpline.com",
    ),
    Line(
        N_("Europe"),
        "112",
        N_("call 112 when somebody is in danger now"),
        "112",
        "https://digital-strategy.ec.europa.eu/en/policies/112",
    ),
    Line(
        N_("United States"),
        "911",
        N_("call 911 when somebody is in danger now"),
        "911",
        "https://www.911.gov",
    ),
    Line(
        N_("United States"),
        "988 Suicide & Crisis Lifeline",
        N_("call or text 988"),
        "988",
        "https://988lifeline.org",
    ),
    Line(
        N_("United States"),
        "SAMHSA National Helpline",
        N_("call 1-800-662-4357"),
        "18006624357",
        "https://www.samhsa.gov/find-help/helplines/national-helpline",
    ),
    Line(
        N_("Canada"),
        "9-8-8 Suicide Crisis Helpline",
        N_("call or text 988"),
        "988",
        "https://988.ca",
    ),
    Line(
        N_("United Kingdom and Ireland"),
        "Samaritans",
        N_("call 116 123"),
        "116123",
        "https://www.samaritans.org",
    ),
    Line(
        N_("Germany"),
        "TelefonSeelsorge",
        N_("call 0800 1110111 or 0800 1110222"),
        "08001110111",
        "https://www.telefonseelsorge.de",
    ),
    Line(N_("France"), "3114", N_("call 3114"), "3114", "https://3114.fr"),
    Line(
        N_("Australia"),
        "Lifeline",
        N_("call 13 11 14"),
        "131114",
        "https://www.lifeline.org.au",
    ),
    Line(N_("New Zealand"), "1737", N_("call or text 1737"), "1737", "https://1737.org.nz"),
)
