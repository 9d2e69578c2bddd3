"""Counts what the audit log tells of one month: decisions that stood, how long they took, and appeals."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from forum.transparency.months import Month

ACTS = ("ruling", "ruling-undone", "appeal-decided")
"""The acts that this page is made from."""
UNDECIDED = "escalated"
"""The outcome of asking somebody else: nothing is decided by it yet."""
APPEAL = "appeal"

Details = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is read of an entry of the log: never who did it."""

    at: datetime
    act: str
    subject: str
    details: str


class Cell(NamedTuple):
    """All that is counted of a decision; decisions that are alike in it are one cell."""

    kind: str
    outcome: str
    reason: str
    rule: str
    found_by: str
    measure: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A month as it was, with every small count: it never leaves this room as it is."""

    month: Month
    decisions: Counter[Cell] = field(default_factory=Counter)
    seconds: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """How long each decision took, by kind, the shortest first."""
    appeals: Counter[str] = field(default_factory=Counter)
    """By outcome: upheld or declined."""
    answered: tuple[float, ...] = ()
    """How long each answer to an appeal took, the shortest first."""


def tally(month: Month, entries: Iterable[Seen]) -> Tally:
    """Count a month's entries, in the order of the log; those of other months change nothing.

    A ruling that was undone before the month was settled is no decision of it, and one that was reversed
    later still is: a month that is over never changes, so nobody learns anything by comparing it with
    what it said before. Asking for a second opinion is no decision; appeals are counted apart.
    """
    rulings: list[_Ruled] = []
    appeals: list[Details] = []
    for entry in entries:
        details = _read(entry.details)
        ours = month.start <= entry.at < month.end
        if entry.act == "ruling" and details.get("kind") != APPEAL:
            rulings.append(_Ruled(_name(entry.subject, details), details, ours and _decides(details)))
        elif entry.act == "ruling-undone":
            _take_back(rulings, entry.subject, details)
        elif entry.act == "appeal-decided" and ours:
            appeals.append(details)
    return _counted(month, [one.details for one in rulings if one.counts and not one.undone], appeals)


@dataclass(slots=True)
class _Ruled:
    name: str
    details: Details
    counts: bool
    undone: bool = False


def _decides(details: Details) -> bool:
    return details.get("outcome") != UNDECIDED


def _name(subject: str, details: Details) -> str:
    """Return by what an undoing names this ruling: its id, or what it is about where the entry has none."""
    return _word(details, "ruling") or subject


def _take_back(rulings: Sequence[_Ruled], subject: str, details: Details) -> None:
    """Leave out the ruling that is named, or the last one that stands about the same."""
    for one in reversed(rulings):
        if one.name in (_word(details, "ruling"), subject) and not one.undone:
            one.undone = True
            return


def _counted(month: Month, rulings: Sequence[Details], appeals: Sequence[Details]) -> Tally:
    seconds: dict[str, list[float]] = {}
    for details in rulings:
        seconds.setdefault(_word(details, "kind"), []).append(_seconds(details))
    return Tally(
        month,
        Counter(_cell(details) for details in rulings),
        {kind: tuple(sorted(took)) for kind, took in seconds.items()},
        Counter(_word(details, "outcome") for details in appeals),
        tuple(sorted(_seconds(details) for details in appeals)),
    )


def _cell(details: Details) -> Cell:
    cell = Cell(*(_word(details, name) for name in Cell._fields))
    return cell._replace(outcome=cell.outcome.removeprefix("edit-"))  # its kind says that it was an edit


def _read(details: str) -> Details:
    try:
        told = json.loads(details)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _word(details: Details, name: str) -> str:
    value = details.get(name)
    return value if isinstance(value, str) else ""


def _seconds(details: Details) -> float:
    value = details.get("seconds")
    return max(0.0, float(value)) if isinstance(value, int | float) else 0.0
