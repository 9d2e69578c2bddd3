"""Labelled texts: read from csv, all cleaned alike, and parted once into training and held-out."""

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.windows import plain

HELD_OUT_SHARE = 0.1
"""Share of each source that training never sees."""
RECOVERY = "recovery"
"""The source of our own messages, in `recovery.csv`."""
CONCERNS = "concerns"
"""The source of our own messages with the labels that are ours, in `concerns.csv`."""
OURS = frozenset({RECOVERY, CONCERNS})
IDENTITY_BIAS = "identity-bias"
"""The source of templated sentences, which have a template for a source."""
LONGEST_FIELD = 1 << 20
WRITTEN = {"": None, "0": 0.0, "0.0": 0.0, "1": 1.0, "1.0": 1.0}
"""The labels as files write them."""
NOT_LETTERS = re.compile(r"[\W_]+")
TERMS = {
    "name_adj": re.compile(r" is an? \S+ (.+)$", re.IGNORECASE),
    "being_adj": re.compile(r"^being (.+) is \S+$", re.IGNORECASE),
    "you_are_adj": re.compile(r"^you are an? \S+ (.+)$", re.IGNORECASE),
    "you_occupation": re.compile(r"^you are an? \S+ (.+)$", re.IGNORECASE),
    "verb_adj": re.compile(r"^\S+ (.+)$"),
    "am_hate_adj": re.compile(r"^i (?:am|hate) (.+)$", re.IGNORECASE),
}
"""Where each template of Dixon et al. 2018 (unintended-ml-bias-analysis) names the identity."""


class CorpusError(ValueError):
    """A file that is not the table of texts and labels it should be; says where, never what."""


class Part(StrEnum):
    """What a row is for."""

    TRAINING = "training"
    HELD_OUT = "held-out"


@dataclass(frozen=True, slots=True)
class Row:
    """One text as it is scored, with the labels that its source knows; None is unknown, never 0."""

    text: str
    labels: tuple[float | None, ...]
    source: str
    part: Part
    kind: str = ""


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a csv (or csv.gz) file; raise CorpusError naming the line that makes no sense.

    Columns, in any order: `text`; at least one of the six labels, as 1, 0 or empty; perhaps `source` (or
    `template`), `kind` and `part`. Others are left alone.
    """
    csv.field_size_limit(LONGEST_FIELD)
    try:
        with _opened(path) as file:
            return list(_rows(csv.DictReader(file)))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"{path} cannot be read as a csv of texts and labels: {error}") from error
    except CorpusError as error:
        raise CorpusError(f"{path}, {error}") from error


@cache
def recovery_rows() -> tuple[Row, ...]:
    """Return our own messages of the recovery domain, training and held-out; they are read once."""
    return tuple(read_rows(Path(str(files(__package__).joinpath("recovery.csv")))))


@cache
def concern_rows() -> tuple[Row, ...]:
    """Return our own messages for the labels that are ours, training and held-out; they are read once."""
    return tuple(read_rows(Path(str(files(__package__).joinpath("concerns.csv")))))


def own_rows() -> tuple[Row, ...]:
    """Return all our own messages, training and held-out."""
    return recovery_rows() + concern_rows()


def part_of(key: str) -> Part:
    """Return the part a text belongs to, for ever: it depends on nothing but its letters and digits."""
    letters = NOT_LETTERS.sub("", key.casefold())
    place = int.from_bytes(hashlib.sha256(letters.encode("utf-8", "replace")).digest()[:8]) / 2**64
    return Part.HELD_OUT if place < HELD_OUT_SHARE else Part.TRAINING


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(table: "csv.DictReader[str]") -> Iterator[Row]:
    columns = list(table.fieldnames or ())
    if "text" not in columns or not set(columns) & set(ALL_LABELS):
        raise CorpusError(
            "line 1: there must be a column `text` and at least one of: " + ", ".join(ALL_LABELS)
        )
    if len(set(columns)) < len(columns):
        raise CorpusError("line 1: each column can be there only once")
    empty = True
    for fields in table:
        empty = False
        try:
            yield _row(fields)
        except ValueError as error:
            raise CorpusError(f"line {table.line_num}: {error}") from error
    if empty:
        raise CorpusError("line 2: there are no rows")


def _row(fields: Mapping[str, str]) -> Row:
    if None in fields or None in fields.values():
        raise ValueError("there must be as many fields as columns; a comma in a text needs quotation marks")
    text, template = fields["text"], fields.get("template", "")
    source = fields.get("source") or (IDENTITY_BIAS if template else "unnamed")
    return Row(
        plain(text),
        tuple(_label(fields.get(label, "")) for label in ALL_LABELS),
        source,
        _part(fields.get("part", "")) or part_of(_term(template, text) if template else text),
        fields.get("kind") or template,
    )


def _part(value: str) -> Part | None:
    if value not in ("", *Part):
        raise ValueError(f"a part is {Part.TRAINING}, {Part.HELD_OUT} or empty")
    return Part(value) if value else None


def _term(template: str, text: str) -> str:
    """Return the identity that a templated sentence names, so that held-out terms are never trained on."""
    found = TERMS[template].search(text.rstrip(".")) if template in TERMS else None
    return found.group(1) if found else text


def _label(value: str) -> float | None:
    try:
        return WRITTEN[value]
    except KeyError:
        raise ValueError("a label is 1, 0 or empty") from None


def known(rows: Iterable[Row], label: str) -> list[tuple[Row, float]]:
    """Return the rows whose source labelled this, with what it said."""
    place = ALL_LABELS.index(label)
    return [(row, value) for row in rows if (value := row.labels[place]) is not None]
