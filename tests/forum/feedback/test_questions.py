"""The three questions: every one is asked, and every answer has words and a column."""

import pytest

from forum.errors import Invalid
from forum.feedback.questions import CHOICES, QUESTIONS, Choice, Question, answers_in, counter
from forum.feedback.tables import Feedback

FORM = {"welcome": "yes", "useful": "partly", "again": "no"}


def test_every_answer_has_words_and_a_column_that_counts_it() -> None:
    columns = set(Feedback.model_fields) - {"occurrence_id"}

    assert set(QUESTIONS) == set(CHOICES) == set(Question)
    assert all(set(CHOICES[question]) == set(Choice) for question in Question)
    assert {counter(question, choice) for question in Question for choice in Choice} == columns


def test_a_form_with_three_answers_is_read() -> None:
    assert answers_in(FORM | {"text": "x"}) == {
        Question.WELCOME: Choice.YES,
        Question.USEFUL: Choice.PARTLY,
        Question.AGAIN: Choice.NO,
    }


@pytest.mark.parametrize("said", ["", "maybe", "YES", "yes\n", "\u200b"])
def test_a_question_without_one_of_its_choices_is_named(said: str) -> None:
    with pytest.raises(Invalid) as refused:
        answers_in(FORM | {"useful": said})

    assert set(refused.value.fields) == {"useful"}


def test_an_empty_form_names_all_three() -> None:
    with pytest.raises(Invalid) as refused:
        answers_in({})

    assert list(refused.value.fields) == ["welcome", "useful", "again"]
