"""The question to an author whose words were not sent yet: what was seen, and what they can choose."""

from dataclasses import dataclass
from uuid import UUID

from forum.language import Words
from forum.messages.asking import quoted
from forum.messages.explanations import explain
from forum.messages.submission import Asked, Choice
from moderation.verdict import Outcome

KINDER = "language"
"""The rule whose spans name kinder words; those of other rules name what was seen."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was said of others, and kinder words for it."""

    said: str
    instead: str


@dataclass(frozen=True, slots=True)
class Question:
    """What stands above the form; `choices` are those that answer this question."""

    why: tuple[Words, ...]
    seen: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    masked: str
    choices: tuple[Choice, ...]
    refused: UUID | None = None
    """Where nothing is asked: the message that was not published, whose reasons can be read."""

    @classmethod
    def none_but(cls, refused: UUID) -> "Question":
        """Return no question, but the way to the reasons of what was refused."""
        return cls((), (), (), "", (), refused)

    @classmethod
    def of(cls, asked: Asked) -> "Question":
        """Return the question that an answer of the door is."""
        asking = sorted((one for one in asked.findings if one.outcome.asks), key=lambda one: -one.outcome)
        kinder = [span for found in asking if found.rule == KINDER for span in found.spans]
        seen = [span for found in asking if found.rule != KINDER for span in found.spans]
        return cls(
            why=explain(asking),
            seen=quoted(asked.words, tuple(seen)),
            suggestions=tuple(Suggestion(asked.words[one.start : one.end], one.what) for one in kinder),
            masked=asked.masked,
            choices=_choices(asked),
        )


def _choices(asked: Asked) -> tuple[Choice, ...]:
    if all(found.outcome is not Outcome.MASK for found in asked.findings):
        return (Choice.AS_IT_IS,)
    return (Choice.MASKED, Choice.ASK) if asked.masked else (Choice.ASK,)
