"""Numbers by which states, tax offices, hospitals and prisons know a person."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.au import tfn
from stdnum.ca import sin
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.za import idnr

from moderation.details.detail import Detail, What
from moderation.details.numerals import has_figures

NEAR = 70
"""Characters on either side of a number in which a word may tell what it is."""
TOGETHER = "[ ,./-]{0,3}"
NINE = rf"\d{{3}}{TOGETHER}\d{{3}}{TOGETHER}\d{{3}}"


def _told_only(number: str) -> bool:
    return not number


def _by_shape(number: str) -> bool:
    return bool(number)


def _is_nhs(number: str) -> bool:
    """Whether it is an NHS number of a range in use: 400 to 499 and 600 to 799 million; 9 is for tests."""
    return number[0] in "4679" and nhs.is_valid(number)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One numbering: how it is written, what it is called, and a check that tells it without its name."""

    shape: re.Pattern[str]
    names: re.Pattern[str]
    check: Callable[[str], bool]


def _scheme(shape: str, names: str, check: Callable[[str], bool] = _told_only) -> Scheme:
    return Scheme(
        re.compile(rf"(?<![\w.$\u00a3\u20ac#/-])(?:{shape})(?!\w)"),
        re.compile(rf"\b(?:{names})\b", re.IGNORECASE),
        check,
    )


SCHEMES = (
    _scheme(r"\d{3}-\d{2}-\d{4}", "ssn", _by_shape),
    _scheme(rf"\d{{3}}{TOGETHER}\d{{2}}{TOGETHER}\d{{4}}", "ssn|social|soc|ss"),
    _scheme(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]", "ni", _by_shape),
    _scheme(r"(?i:[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d])", "ni|nino|national insurance|insurance number"),
    _scheme(
        rf"\d{{3}}{TOGETHER}\d{{3}}{TOGETHER}\d{{4}}",
        "nhs|chi|wristband|health number|health card|hospital (?:number|no)|bracelet",
        _is_nhs,
    ),
    _scheme(
        rf"\d{{7}}{TOGETHER}(?i:[a-w] for \w{{1,12}}|[a-w]{{1,2}})",
        "ppsn?|public service|tusla",
        pps.is_valid,
    ),
    _scheme(NINE, "sin|social insurance|service canada|social", sin.is_valid),
    _scheme(NINE, "tfn|tax file|tax|centrelink|ird", tfn.is_valid),
    _scheme(rf"\d{{4}}{TOGETHER}\d{{4}}{TOGETHER}\d{{4}}", "aadh?aa?r|adhar|uidai?|uid", aadhaar.is_valid),
    _scheme(r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]|[A-Z]{5}\d{4}[A-Z]", "pan", _by_shape),
    _scheme(r"(?i:[a-z]{5} ?\d{4} ?[a-z])", "pan|pan card"),
    _scheme(r"\d{6} ?\d{4} ?\d{3}", "id|identity|id book|home affairs", idnr.is_valid),
    _scheme(rf"\d{{4}}{TOGETHER}\d{{5}}{TOGETHER}\d(?:{TOGETHER}\d)?", "medicare|irn"),
    _scheme(r"[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}", "medicare|mbi", _by_shape),
    _scheme(r"[A-Z]{2}\d\d ?[A-Z]{3}", "plate|plates|reg|registration|rego|car|van|drives|number ?plate"),
    _scheme(r"[A-Z]{5}\d{6}[A-Z0-9]{5}|[A-Z9]{2,5}\d{6}[A-Z]{2}\d[A-Z]{2}", "licen[cs]e", _by_shape),
    _scheme(r"\d{11}|\d{4} ?\d{3} ?\d{4}", "nin|bvn|national identity"),
)
NAMED = re.compile(
    r"\b(?<!zoom )(?<!meeting )(?<!caller )(?<!apple )(?:passport|licen[cs]e|driver'?s? lic|crn|nino|utr|"
    r"ssn|social security|national insurance|pps|nhs|aadhaar|sin|tfn|"
    r"hospital|patient|inmate|prison(?:er)?|probation|claim|claimant|member(?:ship)?|policy|medicaid|"
    r"medicare|insurance|"
    r"id|ids|identity|trn|nis|nif|dni|nie|bsn|hetu|codice fiscale|steuer-?id|personnummer|ird|visa|case|"
    r"file|mrn|chart|"
    r"national id|tax|student|employee|service|plate|reg|registration)"
    r"(?: (?:id|card|number|no\.?|num|nr|#|ref|reference|book|file|code))?"
    r"(?: ?(?:is|was|=|:|#|,|-|it's|thats|that's|still|one is|number is))?[ :#]{0,3}(?:the )?"
    r"((?=[^\s]{0,20}\d)[A-Za-z]{0,3}[ -]?\d(?:[ -]?[A-Za-z]{0,2}\d){3,16}[A-Z]{0,2})(?!\w)",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"^(?:19|20)\d\d$")
PARTS = re.compile(
    r"\b(?:first|last|middle|start|starts|starting|begins?|ends?|ending|then|second|third|front|back)"
    r"(?: (?:bits?|parts?|digits?|four|three|two|half|in|with|of it))?(?:'s|s)?(?: (?:is|are|with|"
    r"in))?[ :,]{1,2}(\d{2,5})(?!\w)",
    re.IGNORECASE,
)
ABOUT_PARTS = re.compile(
    r"\b(?:social|ssn|nhs|pps|sin|tfn|number|digits|aadhaar|insurance|passport|phone)\b", re.I
)


def identifiers(text: str) -> Iterator[Detail]:
    """Yield personal numbers: by their name nearby, by a shape that nothing else has, or by check digits."""
    if not has_figures(text):
        return
    for scheme in SCHEMES:
        for found in scheme.shape.finditer(text):
            around = (
                text[max(0, found.start() - NEAR) : found.start()]
                + " ; "
                + text[found.end() : found.end() + NEAR]
            )
            if scheme.names.search(around) or _checks(scheme, found.group()):
                yield Detail(found.start(), found.end(), What.IDENTIFIER)
    for found in NAMED.finditer(text):
        if not NO_NAME.match(found.group(1)):
            yield Detail(*found.span(1), What.IDENTIFIER)
    yield from _in_parts(text)


def _checks(scheme: Scheme, number: str) -> bool:
    """Whether check digits alone tell the number: only where it is grouped as one, or long."""
    if scheme.check in (_by_shape, _told_only):
        return scheme.check(number)
    grouped = not number.isdigit() or len(number) > len("1234567890")
    return grouped and "." not in number and "," not in number and scheme.check(number)


def _in_parts(text: str) -> Iterator[Detail]:
    """Yield the pieces of a number that is told in pieces: "starts 07, middle's 12, last bit's 345"."""
    pieces = list(PARTS.finditer(text))
    if len(pieces) > 1 and ABOUT_PARTS.search(text):
        for piece in pieces:
            yield Detail(*piece.span(1), What.IDENTIFIER)
