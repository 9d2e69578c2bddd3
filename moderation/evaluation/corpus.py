"""Messages with the answer we want for each: our own, or those of any JSONL file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

CORPUS = "corpus.jsonl"
BOM = b"\xef\xbb\xbf"


class Answer(StrEnum):
    """What can become of a message, in a word; private is that its author is asked to mask something."""

    PUBLISH = "publish"
    NUDGE = "nudge"
    PRIVATE = "private"
    HOLD = "hold"
    CARE = "care"


class Part(StrEnum):
    """What a case is for: rules may be tuned on one part, and are checked on the other."""

    TUNE = "tune"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Case:
    """A message, the answer we want, its kind and its stage; `details` stand in the text as they are."""

    text: str
    want: Answer
    kind: str
    stage: str = ""
    part: Part | None = None
    details: tuple[str, ...] = ()

    @property
    def harmless(self) -> bool:
        """Whether it should be published without a word."""
        return self.want is Answer.PUBLISH


def our_cases() -> list[Case]:
    """Return the cases that ship with us: written for this, about nobody."""
    return read_cases(Path(str(files(__package__).joinpath(CORPUS))))


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a JSONL file in UTF-8: one object a line, with `text`, `want` and `kind`.

    `stage`, `part` and `details` may be there, others are left alone, and so are empty lines. Raise a
    ValueError that names the line and never quotes it, OSError where there is no such file.
    """
    try:
        cases = list(_cases(path.read_bytes().removeprefix(BOM)))
    except ValueError as error:
        raise ValueError(f"{path}, {error}") from None
    if not cases:
        raise ValueError(f"{path} has no cases.")
    return cases


def only(cases: Sequence[Case], part: Part | None) -> list[Case]:
    """Return the cases of one part, or (None) all; raise ValueError if none remains."""
    chosen = [case for case in cases if part in (None, case.part)]
    if not chosen:
        raise ValueError(f"There are no cases of the part {part}." if part else "There are no cases.")
    return chosen


def _cases(content: bytes) -> Iterator[Case]:
    # Not splitlines: JSON may have U+2028 within a text.
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield _case(_told(line))
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None


def _told(line: bytes) -> Mapping[str, object]:
    try:
        told = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON") from None
    if not isinstance(told, dict):
        raise ValueError("there must be one object")
    return told


def _case(told: Mapping[str, object]) -> Case:
    text = _words(told, "text")
    details = told.get("details", [])
    if not isinstance(details, list) or not all(isinstance(one, str) and one in text for one in details):
        raise ValueError("`details` must be a list of what stands in the text")
    if not all(details):
        raise ValueError("a detail must not be empty")
    return Case(
        text,
        Answer(_one_of(_words(told, "want"), "want", tuple(Answer))),
        _words(told, "kind"),
        _words(told, "stage") if told.get("stage") else "",
        Part(_one_of(_words(told, "part"), "part", tuple(Part))) if told.get("part") else None,
        tuple(details),
    )


def _words(told: Mapping[str, object], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value:
        raise ValueError(f"`{key}` must be there, and be words")
    return value


def _one_of(value: str, key: str, known: Sequence[str]) -> str:
    if value not in known:
        raise ValueError(f"`{key}` must be one of: {', '.join(known)}")
    return value
