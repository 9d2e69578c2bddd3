"""A text as plain words, each with its place."""

from hypothesis import given
from hypothesis import strategies as st

from moderation.danger.speech import STOP, heard


def test_words_are_plain_and_sentences_end() -> None:
    assert heard("I'm here. You?").line == " i am here | you | "


def test_letters_apart_are_one_word() -> None:
    assert heard("s-u-i-c-i-d-e").line == " suicide "


def test_ill_before_a_verb_is_i_will() -> None:
    assert heard("ill be gone, he is ill").line == " i will be gone , he is ill "


def test_a_place_in_the_line_leads_back_to_the_text() -> None:
    text = "Well, I can't stay"
    speech = heard(text)
    at = speech.line.index("can not")

    span = speech.span(at, at + len("can not "), "seen")

    assert text[span.start : span.end] == "can't"


def test_a_sentence_is_found_around_a_place() -> None:
    speech = heard("one. two three. four")

    assert speech.sentence(speech.line.index("three")) == " two three "


@given(st.text())
def test_the_line_has_a_start_and_a_span_for_every_token(text: str) -> None:
    speech = heard(text)

    assert len(speech.starts) == len(speech.spans)
    assert all(0 <= start <= end <= len(text) for start, end in speech.spans)
    assert speech.line.count(STOP) <= len(text)
