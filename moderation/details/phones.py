"""Telephone numbers of any country: international, national, or digits that one is told to ring."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from moderation.details.detail import Detail, What
from moderation.details.numbering import lines

RUN = re.compile(
    r"(?<![\w.:#@/-])(?<!\d,)\+?\(?\d(?:(?: {1,3}| ?[-/()] ?[-/(]?| \. |\.)?\d){6,24}(?:x\d{1,5}\b|"
    r"(?![^\W_]))"
)
SHORT = re.compile(r"(?<![\w.:#@/-])\d(?:[ -]?\d){2,8}(?![^\W_])")
"""Short codes, as helplines have them: 988, 116 123, 741741."""
DIGITS = re.compile(r"\d+")
CUE = re.compile(
    r"\b(?:call|calls|phone|phones|ring|rang|text|txt|msg|message|messages|whats ?app|wassap|wa|number|"
    r"nummer|num|"
    r"mobile|mob|cell|tel|telephone|fax|dial|reach|sms|sim|flash|bell|shout|contact|landline|handy|viber|hmu|"
    r"registered|answering|office|imessage|facetime|buzz|tinkle|digits|numero|telefon|portable)\b",
    re.IGNORECASE,
)
NO_PHONE = re.compile(
    r"\b(?:orders?|tracking|parcel|isbn|issn|ref|reference|version|ticket|invoice|serial|model|part|code|"
    r"form|steps?|"
    r"pages?|scores?|scored|won|lost|lottery|edition|barcode|sku|build|booking|confirmation|chapter|date|"
    r"kcal|"
    r"calories|locker|room|pin|case|chip|platelets|bpm|passport|licen[cs]e|ssn|pps|tfn|personnummer|ip|"
    r"client_ip|zoom|passcode|meeting "
    r"id)\b[^.!?]{0,16}$|[\u00a3$\u20ac#] ?$",
    re.IGNORECASE,
)
UNIT = re.compile(
    r" ?(?:mg|ml|mcg|g|kg|km|miles|days|hours|steps|years|%|kcal|quid|pounds|dollars|euros?|people)\b", re.I
)
DATE = re.compile(
    r"\d{1,2}([-/.])\d{1,2}\1(?:19|20)?\d\d(?: \d{1,2})?|\d{1,2} \d{1,2} (?:19|20)\d\d"
    r"|(?:19|20)\d\d([-/.])\d\d\2\d\d(?: \d{1,2})?"
)
YEARS = re.compile(r"(?:(?:19|20)\d\d(?:[ -/]|$)){2,6}")
AMERICAN = {(3, 3, 4), (1, 3, 3, 4)}
FRENCH = (2, 2, 2, 2, 2)
INTERNATIONAL = range(8, 16)
"""Digits of a number with its country's code: at most 15, by ITU-T E.164."""
WITH_TRUNK = range(10, 13)
NATIONAL = range(7, 16)
MOST = 20
"""Numbers of a text that are looked up in the numbering plans; of a longer list all are somebody's."""


def phones(text: str, allowed: frozenset[str] = frozenset()) -> Iterator[Detail]:
    """Yield telephone numbers that a person can be reached by.

    Not yielded: the allowed ones (digits, with the country's code or as they are dialled), freephone and
    shared-cost numbers, which no private person has, and short codes.
    """
    for count, run in enumerate(RUN.finditer(text)):
        before = text[max(0, run.start() - 50) : run.start()]
        if _is_something_else(run.group(), before, text[run.end() : run.end() + 10]):
            continue
        told = CUE.search(before) is not None or count >= MOST
        end = _length(run.group(), told, allowed if count < MOST else None)
        if end:
            yield Detail(run.start(), run.start() + end, What.PHONE)


def tells_public_line(text: str, allowed: frozenset[str]) -> bool:
    """Whether there is a number for anybody among the first few of the text: one that is allowed, or free."""
    runs = islice(chain(RUN.finditer(text), SHORT.finditer(text)), MOST)
    return any(_for_anybody(run.group(), allowed) for run in runs)


def _is_something_else(run: str, before: str, after: str) -> bool:
    if run.startswith("+"):
        return False
    return bool(NO_PHONE.search(before) or DATE.fullmatch(run) or YEARS.fullmatch(run) or UNIT.match(after))


def _length(run: str, told: bool, allowed: frozenset[str] | None) -> int:
    """Return how many characters of a run are a telephone number: the most groups that make one, or none."""
    ends = [found.end() for found in DIGITS.finditer(run)][::-1]
    shaped = (end for end in ends if _is_phone(run[:end]))
    end = next(shaped, 0) or next((end for end in ends if told and _digits(run[:end]) in NATIONAL), 0)
    return 0 if end and allowed is not None and _for_anybody(run[:end], allowed) else end


def _digits(part: str) -> int:
    return sum(map(str.isdigit, part))


def _is_phone(part: str) -> bool:
    """Whether the shape alone tells a telephone number."""
    groups = tuple(len(group) for group in DIGITS.findall(part))
    if part.startswith(("+", "00", "(+")):
        return sum(groups) in INTERNATIONAL
    if groups in AMERICAN:
        return True
    if part.lstrip("(").startswith("0"):
        return sum(groups) in WITH_TRUNK and (max(groups) > 2 or groups == FRENCH)  # noqa: PLR2004 - a score
    repeated = len(set(DIGITS.findall(part))) < len(groups)
    return not repeated and sum(groups) in NATIONAL and _known(part, groups)


def _known(part: str, groups: tuple[int, ...]) -> bool:
    return len(groups) < sum(groups) // 2 and not all(line.public for line in lines(part))


def _for_anybody(part: str, allowed: frozenset[str]) -> bool:
    """Whether a number is a line for the public: allowed here, or free or shared in cost."""
    digits = "".join(DIGITS.findall(part))
    if digits in allowed or digits.lstrip("0") in allowed:
        return True
    found = lines("+" + digits.lstrip("0") if digits.startswith("00") else part)
    return (bool(found) and found[0].public) or any(line.digits in allowed for line in found)
