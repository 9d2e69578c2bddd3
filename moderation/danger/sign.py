"""Signs: short patterns of words, written down as people read them, looked for only where they can be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from moderation.danger.speech import STOP, Speech
from moderation.danger.wordings import CLASSES, COMMON
from moderation.signs import Strength

STEM = 4
"""Letters that a stem needs at least: `suicid*` is looked for under its first four."""
GAP = re.compile(r"~(\d)")
END = "%"


@dataclass(frozen=True, slots=True)
class Sign:
    """One pattern: the kind of danger, how strong alone, and a group.

    Signs of one kind that are only perhaps ones add up to a sure one, if they are of different groups.
    """

    kind: str
    group: str
    strength: Strength
    pattern: re.Pattern[str]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign at its place in the line of a speech."""

    sign: Sign
    start: int
    end: int


def signs(kind: str, strength: Strength, lines: str, group: str = "") -> tuple[Sign, ...]:
    """Return a sign for every line: words in a row, each `one|another`, `stem*`, `two_words`, `{class}`.

    `%` is the end of a sentence or of the text, `word?` may be missing, and `~3` stands for up to three
    words of the same sentence, whatever they are. A line is looked for only where a word of its first
    uncommon element is said; `!` marks another element.
    """
    stripped = (line.strip() for line in lines.splitlines())
    return tuple(_sign(kind, group, strength, line) for line in stripped if line)


def _sign(kind: str, group: str, strength: Strength, line: str) -> Sign:
    elements = line.split()
    anchors = next(filter(None, map(_anchors, sorted(elements, key=lambda one: one[0] != "!"))), None)
    if anchors is None:
        raise ValueError(f"Nothing to look for in: {line}")
    pattern = re.compile("(?<= )" + "".join(_element(one.removeprefix("!")) for one in elements))
    return Sign(kind, group, strength, pattern, anchors)


def _element(element: str) -> str:
    gap = GAP.fullmatch(element)
    if gap:
        return rf"(?:[^ |]+ ){{0,{gap.group(1)}}}"
    choices = list(_choices(element.removesuffix("?")))
    ends = "|$" if END in choices else ""
    said = "|".join(map(_word, choices))
    return f"(?:(?:{said}) {ends})" + ("?" if element.endswith("?") else "")


def _word(choice: str) -> str:
    if choice == END:
        return re.escape(STOP)
    return re.escape(choice.replace("_", " ").removesuffix("*")) + ("[^ |]*" if choice.endswith("*") else "")


def _choices(element: str) -> Iterator[str]:
    for choice in element.split("|"):
        if choice[0] == "{":
            yield from CLASSES[choice[1:-1]]
        else:
            yield choice


def _anchors(element: str) -> frozenset[str] | None:
    """Return what to look an element up by; None for what is too common, or may be missing."""
    if element[0] == "~" or element.endswith("?"):
        return None
    words = [_anchor(choice) for choice in _choices(element.removeprefix("!"))]
    return None if element[0] != "!" and not COMMON.isdisjoint(words) else frozenset(words)


def _anchor(choice: str) -> str:
    parts = choice.split("_")
    word = next((one for one in parts if one not in COMMON), parts[0])
    if word.endswith("*") and len(word) <= STEM:
        raise ValueError(f"Too short for a stem: {choice}")
    return word[:STEM] + "*" if word.endswith("*") else word


class Index:
    """Signs by the words that they need, so that a text meets only those that could be in it."""

    def __init__(self, known: Iterable[Sign]) -> None:
        """Keep the signs under their anchors."""
        by_word: dict[str, list[Sign]] = {}
        for one in known:
            for anchor in one.anchors:
                by_word.setdefault(anchor, []).append(one)
        self._by_word: Mapping[str, tuple[Sign, ...]] = {word: tuple(one) for word, one in by_word.items()}

    def likely(self, speech: Speech) -> list[Sign]:
        """Return the signs of which the speech has a word: few enough to look for them all."""
        words = set(speech.line.split())
        words |= {word[:STEM] + "*" for word in words if len(word) >= STEM}
        return list({id(one): one for word in words for one in self._by_word.get(word, ())}.values())

    def seen(self, speech: Speech) -> list[Seen]:
        """Return the first place of every sign that the speech has, in order."""
        found = ((one, one.pattern.search(speech.line)) for one in self.likely(speech))
        seen = [Seen(one, place.start(), place.end()) for one, place in found if place]
        return sorted(seen, key=lambda one: (one.start, one.end, one.sign.kind, one.sign.pattern.pattern))
