"""The words by what they mean, read from the files beside this one."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from moderation.meanings.pattern import Pattern
from moderation.meanings.spelling import folded, neighbours

FILES = ("medicines", "drugs", "people", "health", "trade", "grammar")
PLURAL = "+"
"""After a class's name: every word of it may also have an s."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes by word, phrases by their first word, and classes that a pattern makes."""

    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    made: Mapping[str, tuple[Pattern, ...]]
    known: frozenset[str]
    near: Mapping[str, str]

    @classmethod
    def read(cls, texts: Iterable[str], known: Iterable[str] = ()) -> Self:
        """Return the vocabulary of such files; raise ValueError or KeyError for one that makes no sense.

        A class is a text of words; `_` joins a phrase, and `@name` stands for all words of another class.
        A class in the table `made` is a text of patterns, one a line: it is each pattern's last word.
        """
        classes: dict[str, str] = {}
        made: dict[str, str] = {}
        for text in texts:
            told = tomllib.loads(text)
            made |= told.pop("made", {})
            classes |= told
        members = {name.rstrip(PLURAL): _own(name, words) for name, words in classes.items()}
        tagged: dict[tuple[str, ...], set[str]] = {}
        for name in members:
            for phrase in _all(name, members):
                tagged.setdefault(tuple(phrase.split("_")), set()).add(f"@{name}")
        patterns = {name: Pattern.lines(lines) for name, lines in made.items()}
        spelt = {word for lines in patterns.values() for pattern in lines for word in pattern.words}
        for phrase in {*known, *spelt}:
            tagged.setdefault(tuple(phrase.split("_")), set()).update({phrase} if "_" in phrase else ())
        return cls._of(tagged, patterns)

    @classmethod
    def _of(cls, tagged: Mapping[tuple[str, ...], set[str]], made: Mapping[str, tuple[Pattern, ...]]) -> Self:
        phrases: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]] = {}
        for phrase, names in tagged.items():
            if len(phrase) > 1:
                phrases[phrase[0]] = (*phrases.get(phrase[0], ()), (phrase, frozenset(names)))
        words = {phrase[0]: frozenset(names) for phrase, names in tagged.items() if len(phrase) == 1}
        known = frozenset(word for phrase in tagged for word in phrase)
        medicines = (word for word, names in words.items() if not names.isdisjoint({"@medicine", "@drug"}))
        return cls(words, phrases, made, known, neighbours(medicines))


def _own(name: str, words: str) -> tuple[str, ...]:
    parts = [part if part.startswith("@") else folded(part) for part in words.split()]
    plurals = [f"{part}s" for part in parts if name.endswith(PLURAL) and not part.startswith("@")]
    return (*parts, *plurals)


def _all(name: str, members: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    for part in members[name]:
        found |= _all(part[1:], members) if part.startswith("@") else {part}
    return found


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that ships with us."""
    folder = files("moderation.meanings")
    rubrics = ("claims", "sourcing", "spam")
    spelt = (
        word
        for name in rubrics
        for sign in tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))["sign"]
        for pattern in Pattern.lines(sign["seen"])
        for word in pattern.words
    )
    return Vocabulary.read((folder.joinpath(f"{name}.toml").read_text("utf-8") for name in FILES), spelt)
