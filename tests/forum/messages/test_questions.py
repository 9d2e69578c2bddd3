"""The question to an author: why, what was seen, kinder words, and the choices that answer it."""

from forum.messages.explanations import GUIDELINE_WORDS, WHY
from forum.messages.questions import Question, Suggestion
from forum.messages.submission import Asked, Choice
from moderation.verdict import Finding, Lane, Outcome, Span

WORDS = "The junkies have my number: 12345. The junkies."
TERM = Span(4, 11, "person with a substance use disorder")
DETAIL = Finding("own-details", Outcome.MASK, "the author's own: number", spans=(Span(28, 33, "number"),))
KINDER = Finding("language", Outcome.NUDGE, "a term", spans=(TERM,))
ELSEWHERE = Finding("links", Outcome.HOLD, "3 links", Lane.SHAPE)


def test_details_are_shown_as_they_were_typed_with_the_text_without_them() -> None:
    question = Question.of(Asked((DETAIL,), WORDS, "masked"))

    assert question.seen == ("12345",)
    assert question.masked == "masked"
    assert question.why == (WHY["own-details"], GUIDELINE_WORDS["privacy"])
    assert question.choices == (Choice.MASKED, Choice.ASK)


def test_kinder_words_stand_beside_what_was_said_and_it_may_be_sent_as_it_is() -> None:
    question = Question.of(Asked((KINDER,), WORDS))

    assert question.suggestions == (Suggestion("junkies", "person with a substance use disorder"),)
    assert question.seen == ()
    assert question.choices == (Choice.AS_IT_IS,)


def test_with_both_the_details_come_first_and_nothing_goes_as_it_is() -> None:
    question = Question.of(Asked((KINDER, DETAIL), WORDS, "masked"))

    assert question.why == (WHY["own-details"], GUIDELINE_WORDS["privacy"], WHY["language"])
    assert (len(question.suggestions), question.seen) == (1, ("12345",))
    assert question.choices == (Choice.MASKED, Choice.ASK)


def test_what_makes_it_wait_in_any_case_is_no_part_of_the_question() -> None:
    assert Question.of(Asked((ELSEWHERE, DETAIL), WORDS, "m")) == Question.of(Asked((DETAIL,), WORDS, "m"))


def test_another_rule_that_only_nudges_quotes_the_words_and_suggests_none() -> None:
    claim = Finding("claim", Outcome.NUDGE, "a dose", kind="dose-taper", spans=(Span(0, 3, "dose-taper"),))
    question = Question.of(Asked((claim,), WORDS))

    assert (question.seen, question.suggestions, question.choices) == (("The",), (), (Choice.AS_IT_IS,))


def test_where_nothing_can_be_masked_a_moderator_can_still_be_asked() -> None:
    assert Question.of(Asked((Finding("toxicity", Outcome.MASK, "insult"),), WORDS)).choices == (Choice.ASK,)
