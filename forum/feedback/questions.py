"""The three questions after a gathering, and the answers that one can choose from."""

from collections.abc import Mapping
from enum import StrEnum

from forum.errors import Invalid
from forum.language import N_, Words


class Question(StrEnum):
    """What is asked."""

    WELCOME = "welcome"
    USEFUL = "useful"
    AGAIN = "again"

    @property
    def words(self) -> Words:
        """How it is asked."""
        return QUESTIONS[self]


class Choice(StrEnum):
    """What can be answered, from the best to the worst."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


Answers = Mapping[Question, Choice]
"""One answer to every question."""

QUESTIONS = {
    Question.WELCOME: N_("Did you feel welcome?"),
    Question.USEFUL: N_("Was it useful to you?"),
    Question.AGAIN: N_("Would you come again?"),
}
CHOICES: Mapping[Question, Mapping[Choice, Words]] = {
    Question.WELCOME: {
        Choice.YES: N_("Yes, I did"),
        Choice.PARTLY: N_("Partly"),
        Choice.NO: N_("No, not really"),
    },
    Question.USEFUL: {
        Choice.YES: N_("Yes, very"),
        Choice.PARTLY: N_("A little"),
        Choice.NO: N_("Not this time"),
    },
    Question.AGAIN: {
        Choice.YES: N_("Yes, gladly"),
        Choice.PARTLY: N_("Perhaps"),
        Choice.NO: N_("No"),
    },
}
MISSING = N_("Choose what fits best.")


def answers_in(form: Mapping[str, str]) -> Answers:
    """Return the answers of a form; Invalid names every question without one of its choices."""
    given = {question: form.get(question, "") for question in Question}
    missing = {str(question): MISSING for question, said in given.items() if said not in list(Choice)}
    if missing:
        raise Invalid(missing)
    return {question: Choice(said) for question, said in given.items()}


def counter(question: Question, choice: Choice) -> str:
    """Return the name of the column that counts this answer."""
    return f"{question}_{choice}"
