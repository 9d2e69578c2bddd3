"""What health bodies say about the claims that can harm: a note for each class, from `notes.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from forum.language import Words

CLASSES = (
    "stop-medicine",
    "detox-alone",
    "dose-taper",
    "cure",
    "mixing",
    "shaming-medication",
    "first-aid",
    "naloxone-myth",
)
"""The classes of claim that a note is kept for: no more, no fewer."""
FIELDS = frozenset({"statement", "source", "page", "reviewed"})
SECURE = re.compile(r"https://[\w.-]+\.\w+(/\S*)?")
LONGEST = 280
"""How many characters a statement may have: one or two sentences."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known about a class of claim: `source` says who says so and where, `page` is its address.

    `reviewed` is the day on which the statement was last held against that page.
    """

    claim_class: str
    statement: Words
    source: str
    page: str
    reviewed: date


@cache
def all_notes() -> Mapping[str, Note]:
    """Return the notes that ship with us, by claim class."""
    return read(files("forum.notes").joinpath("notes.toml").read_text("utf-8"))


def note_of(claim_class: str) -> Note | None:
    """Return the note on a class of claim; None where we keep none."""
    return all_notes().get(claim_class)


def read(text: str) -> Mapping[str, Note]:
    """Return the notes of a file's text; raise ValueError, naming the class, where one makes no sense."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The notes cannot be read: {error}") from error
    for claim_class in CLASSES:
        if claim_class not in told:
            raise ValueError(f"There is no note on {claim_class!r}.")
    return MappingProxyType({claim_class: _note(claim_class, note) for claim_class, note in told.items()})


def _note(claim_class: str, told: object) -> Note:
    if wrong := _wrong(claim_class, told):
        raise ValueError(f"The note on {claim_class!r} {wrong}.")
    assert isinstance(told, dict)  # noqa: S101 - for the type checker: anything else was wrong
    return Note(claim_class, Words(told["statement"]), told["source"], told["page"], told["reviewed"])


def _wrong(claim_class: str, told: object) -> str | None:
    if claim_class not in CLASSES:
        return "is about no class of claim that we know"
    if not isinstance(told, dict) or told.keys() != FIELDS:
        return f"must have {', '.join(sorted(FIELDS))}, and nothing else"
    if not all(isinstance(told[field], str) and told[field].strip() for field in FIELDS - {"reviewed"}):
        return "must say its statement, source and page in words"
    if type(told["reviewed"]) is not date:
        return "must have a day of review, as 2026-11-22"
    if len(told["statement"]) > LONGEST or "%" in told["statement"]:
        return f"must have a plain statement of at most {LONGEST} characters"
    return None if SECURE.fullmatch(told["page"]) else "must have a secure page"
