"""Kinder words for others, and none for what people call themselves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft, Standing
from moderation.stages.language import stigma
from moderation.verdict import Lane, Outcome

OF_OTHERS = [
    ("My neighbour is an addict and a good cook", "addict", "person with a substance use disorder"),
    ("the junkies by the station need blankets", "junkies", "person with a substance use disorder"),
    ("She married an alcoholic", "alcoholic", "person with alcohol use disorder"),
    ("an addicted baby", "addicted baby", "baby with signs of withdrawal from prenatal drug exposure"),
    ("his cocaine habit cost us the car", "cocaine habit", "substance use disorder"),
    ("substance abuse runs in the family", "substance abuse", "misuse, or use"),
    ("My son had a dirty test on Monday", "dirty test", "a negative, or a positive, test"),
    ("Her cousin committed suicide", "committed suicide", "died by suicide"),
    ("He just has no willpower", "no willpower", "it is an illness, and no lack of will"),
    ("they sacked the lads whose cups were dirty", "dirty", "a negative, or a positive, test"),
    ("I told my son to get clean first", "first", "in recovery, or not using"),
    ("she swapped heroin for the clinic", "clinic", "medication for a substance use disorder"),
    ("if he loved us he would just stop", "stop", "it is an illness, and no lack of will"),
    ("my cousin brought this on himself", "himself", "it is an illness, and no lack of will"),
    ("they are just too lazy to change", "lazy", "it is an illness, and no lack of will"),
    ("the woman upstairs is crazy.", "crazy.", "person with a mental illness, by its name if they use it"),
]  # fmt: skip
UNTOUCHED = [
    "I'm an addict, seven days in",
    "As an alcoholic, I stay away from weddings",
    "we were junkies together and now we bake together",
    "My first clean test in a year!",
    "Alcoholics Anonymous meets at eight",
    "My sister is a chocolate addict",
    "The doctor called him an 'addict' and he cried",
    "Is addict a word you use?",
    "A person with a substance use disorder",
    "He fell off the wagon at Easter",
    "Clean kitchen, weak coffee, new habit",
    "He was drunk on Friday",
    "It is no weakness",
]


@pytest.mark.parametrize(("text", "said", "instead"), OF_OTHERS)
def test_a_term_about_others_is_met_with_a_kinder_one(text: str, said: str, instead: str) -> None:
    finding = stigma(Draft(text))

    assert finding is not None
    assert (finding.rule, finding.outcome, finding.lane) == ("language", Outcome.NUDGE, Lane.CONDUCT)
    assert any(text[span.start : span.end].endswith(said) and span.what == instead for span in finding.spans)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ones_own_words_names_quotations_and_other_senses_stay(text: str) -> None:
    assert stigma(Draft(text)) is None


def test_whoever_wants_no_nudges_gets_none() -> None:
    text = OF_OTHERS[0][0]

    assert stigma(Draft(text, Standing(nudges=False))) is None


@given(st.text() | st.lists(st.sampled_from(" ".join(row[0] for row in OF_OTHERS).split())).map(" ".join))
def test_any_text_is_read_the_same_twice_with_its_spans_inside_and_apart(text: str) -> None:
    first, second = stigma(Draft(text)), stigma(Draft(text))
    spans = first.spans if first else ()

    assert first == second
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
