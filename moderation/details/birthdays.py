"""Dates of birth: a full date beside a word for being born, or an old one that somebody calls their own."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL})"
YEAR = r"(?:'\d\d|(?:19[2-9]|20[012])\d|[2-9]\d)"
SIGN = r" ?[-/. ] ?"
DATE = re.compile(
    rf"(?<![\w.])(?:"
    rf"(?:the )?{DAY}(?: of)?(?: the)?[ ,-]{{1,2}}(?:{MONTH}|{ORDINAL})[ ,-]{{1,3}}(?P<a>{YEAR})"
    rf"|{MONTH} (?:the )?{DAY}[ ,]{{1,2}}(?P<b>{YEAR})"
    rf"|\d{{1,2}}{SIGN}\d{{1,2}}{SIGN}(?P<c>{YEAR})"
    rf"|(?P<d>(?:19[2-9]|20[012])\d)[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf")(?![\w%])(?!\.\d)",
    re.IGNORECASE,
)
NO_YEAR = re.compile(
    rf"\b(?:(?:my|his|her|their|our) (?:\d+(?:st|nd|rd|th) )?(?:birthday|b'?day|bday)(?:'s| is| was| on|"
    rf":)+ (?:on )?(?:the )?)"
    rf"({DAY}(?: of)? {MONTH}|{MONTH} {DAY}|\d{{1,2}}/\d{{1,2}})(?!\w)",
    re.IGNORECASE,
)
BORN = re.compile(
    r"\b(?:d\.? ?o\.? ?b|born|birth|birthday|birthdate|birthdays|b'?day|bday|geboren|came into (?:this|"
    r"the) world|had me|"
    r"new year baby|christmas baby|baby|arrived in this world|year old|i turned|turned up in this world|"
    r"delivered)\b",
    re.IGNORECASE,
)
REBORN = re.compile(
    r"\b(?:born again|reborn|re-born|sober|sobriety|clean|dry|day one|day 1|day zero|quit|stopped|last "
    r"(?:drink|drank|used|"
    r"use|hit|fix|drunk)|recovery|belly ?button|since|soberversary|anniversary|died|dead|passed|funeral|"
    r"married|wedding|"
    r"founded|published|released|meeting|retreat|closed|opened|arrested|court|sentenced|released|war|"
    r"expir\w*|dated|"
    r"started|joined|moved|retired|match|concert|appointment|due)\b",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:i|i'm|im|me|my|mine)\b", re.IGNORECASE)
NEAR = 70
GROWN_UP = 2010
"""A full date before this year, in words about oneself, is hardly anything but a birthday or a memory."""


def birthdays(text: str) -> Iterator[Detail]:
    """Yield dates of birth; sobriety dates, and dates of what happened, are none."""
    for found in DATE.finditer(text):
        before, after = (
            text[max(0, found.start() - NEAR) : found.start()],
            text[found.end() : found.end() + NEAR],
        )
        if _is_birth(before, after, _year(found)):
            yield Detail(*found.span(), What.BIRTH)
    for found in NO_YEAR.finditer(text):
        if not REBORN.search(text[max(0, found.start() - NEAR) : found.start()]):
            yield Detail(*found.span(1), What.BIRTH)


def _is_birth(before: str, after: str, year: int) -> bool:
    sentence = re.split(r"[.!?] ", before)[-1]
    rest = re.split(r"[.!?] ", after)[0]
    if BORN.search(sentence) or BORN.search(rest):
        return not re.search(r"\b(?:born again|reborn|re-born)\b", sentence + rest, re.IGNORECASE)
    if REBORN.search(sentence + " " + rest):
        return False
    return bool(year and year < GROWN_UP and OWN.search(before + " " + after))


def _year(found: re.Match[str]) -> int:
    year = next((group for group in found.groups() if group), "0")
    return int(year) if year.isdigit() and len(year) == len("1990") else 0
