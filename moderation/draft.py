"""What moderation is told: the text, who wrote it, and the community's own word list."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from moderation.rulebook import Choices
from moderation.signs import Signs, Strength


class Kind(StrEnum):
    """What is being written; a name is a handle, or what a space or a room is called."""

    MESSAGE = "message"
    LINE = "line"
    PROFILE = "profile"
    NAME = "name"
    LETTER = "letter"
    """Between a member and the moderation team, or among the team."""
    VENUE = "venue"
    """Where people meet: a postal address is what it is for, and nothing else about anybody."""


LONGEST: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.MESSAGE: 10_000,
        Kind.LINE: 2_000,
        Kind.PROFILE: 2_000,
        Kind.NAME: 60,
        Kind.LETTER: 10_000,
        Kind.VENUE: 200,
    }
)
"""Characters allowed by kind, counted after tidying; our own choice."""
LONGEST_TITLE = 120
LONGEST_PHRASE = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What we know of an author: published messages so far, and the account's age in days.

    `recent` holds the author's own texts of the last ten minutes, newest first.
    """

    published: int = 0
    days: int = 0
    recent: tuple[str, ...] = field(default=(), repr=False)
    nudges: bool = True
    """Whether the author wants to be shown kinder words before sending."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A community's word list: words or phrases that hold a text, and those that refuse it.

    `numbers` are telephone numbers that anybody may give, as digits with the country's code: hotlines, ours.
    """

    held_words: tuple[str, ...] = ()
    refused_words: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the policy of a word-list file: one word or phrase a line.

        A line that begins with `#` is a comment, and a leading `!` means refuse.
        Raises ValueError, naming the line, for a line that could never be meant.
        """
        held: dict[str, None] = {}
        refused: dict[str, None] = {}
        for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
            line = " ".join(raw.split())
            if not line or line.startswith("#"):
                continue
            ours, theirs = (refused, held) if line.startswith("!") else (held, refused)
            phrase = _phrase(line, number)
            if phrase in theirs:
                raise ValueError(f"Word list, line {number}: this phrase is already listed the other way.")
            ours[phrase] = None
        return cls(tuple(held), tuple(refused))


def _phrase(line: str, number: int) -> str:
    phrase = line.removeprefix("!").strip()
    if not phrase:
        raise ValueError(f"Word list, line {number}: there is no word after the exclamation mark.")
    if len(phrase) > LONGEST_PHRASE:
        raise ValueError(f"Word list, line {number}: a phrase may have at most {LONGEST_PHRASE} characters.")
    if not phrase.isprintable():
        raise ValueError(f"Word list, line {number}: the phrase contains an invisible character.")
    return phrase


@dataclass(frozen=True, slots=True)
class Draft:
    """One text on its way in; its repr shows no word of it, so that no log can."""

    text: str = field(repr=False)
    standing: Standing = Standing()
    policy: Policy = field(default=Policy(), repr=False)
    title: str = field(default="", repr=False)
    kind: Kind = Kind.MESSAGE
    audience: str = "public"
    """Who would read it, in the toxicity policy's words; one it does not know is judged as the public."""
    choices: Choices = field(default_factory=dict)
    """What the space has chosen to do where a rule has something to say."""
    signs: Signs = field(default_factory=dict, repr=False)
    """What the model heard; the pipeline puts it here, and without a model it is empty."""

    @property
    def words(self) -> str:
        """Title and text together: what the stages read."""
        return f"{self.title}\n{self.text}" if self.title else self.text

    def with_words(self, words: str) -> "Draft":
        """Return the draft with other words in place of its own: title and text together, as `words` are."""
        title, _, text = words.partition("\n") if self.title else ("", "", words)
        return replace(self, title=title, text=text)

    def heard(self, label: str) -> Strength:
        """Return how strongly the model heard this label."""
        sign = self.signs.get(label)
        return sign.strength if sign else Strength.NONE
