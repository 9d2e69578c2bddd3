"""Somebody may be in danger: what raises it, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.signs import Sign, Strength
from moderation.stages.care import care
from moderation.verdict import Lane, Outcome

IN_DANGER = [
    ("active", "I want to die tonight and I have nobody to tell"),
    ("active", "im going to k!ll myself, i mean it"),
    ("active", "My brother keeps saying he wants to kill himself"),
    ("active", "unalive thoughts r so loud 2nite"),
    ("active", "deleting my account and myself tonight"),
    ("active", "there is no reason for me to stay alive any more"),
    ("passive", "I hope I don't wake up in the morning"),
    ("passive", "my kids would be so much better off without me"),
    ("passive", "nobody would even notice if I was gone"),
    ("planned", "I wrote a letter for each of my kids for after I'm gone"),
    ("planned", "I have been saving up my tablets to end it"),
    ("goodbye", "This is my last post. Tell my mum I loved her"),
    ("goodbye", "by morning ill be gone, look after the dog"),
    ("self-harm", "i cut my arms again last night"),
    ("self-harm", "My daughter is cutting herself and hiding it"),
    ("overdose-own", "I took all my pills and now I'm scared"),
    ("overdose-own", "did too much, my heart is racing and I can't breathe"),
    ("overdose-other", "He's not breathing properly and his lips are blue"),
    ("overdose-other", "I cant wake my husband up, he took something"),
    ("withdrawal", "Day two without vodka, I'm shaking and seeing things that aren't there"),
    ("withdrawal", "She stopped her benzos cold turkey and had a seizure this morning"),
    ("violence", "My husband hit me again last night"),
    ("violence", "he put his hands round my throat and said he'd kill me"),
    ("violence", "I'm scared of my boyfriend, he won't let me leave the flat"),
]
HARMLESS = [
    "I was dying of laughter at the quiz",
    "these boots are killing me",
    "We killed it at the five-a-side",
    "My brother died by suicide four years ago. I miss him.",
    "Five years ago I wanted to die. I am glad I called.",
    "When I was seventeen I used to cut my arms every night.",
    "Two overdoses in 2016, none since.",
    "Suicide prevention training is on Thursday at six",
    "If somebody overdoses, call for help and stay with them",
    "I'm not suicidal, just tired of the rain",
    "He beat me at chess again last night",
    "It hit me last night how far I've come",
    "She kicked me out last year and I don't blame her",
    "I cut my finger on a tin of beans",
    "I had a fit of giggles in the meeting",
    "I took my medication and went to bed early",
    "Goodnight everyone, see you at the meeting",
    "I could murder a cup of tea",
    "Bored to death on this train",
    "I had too much cake today",
    "I had too much cake today.",
    "I know where you live and I will bring the soup round",
    "A walk helps to kill thoughts of a drink",
    "Please delete myself and my husband from the mailing list",
]


@pytest.mark.parametrize(("kind", "text"), IN_DANGER)
def test_words_of_danger_are_raised_and_published(kind: str, text: str) -> None:
    finding = care(Draft(text))

    assert finding is not None
    assert (finding.rule, finding.outcome, finding.lane) == ("care", Outcome.PUBLISH, Lane.CARE)
    assert finding.kind == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_danger_is_not_raised(text: str) -> None:
    assert care(Draft(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "I want to die, I have a rope and the beam in the garage",
        "I'm going to kill myself with 40 paracetamol",
        "i want to kill myself and i keep looking at train times",
    ],
)
def test_a_text_that_could_show_another_how_is_held(text: str) -> None:
    finding = care(Draft(text))

    assert finding is not None
    assert (finding.rule, finding.outcome, finding.lane) == ("care-method", Outcome.HOLD, Lane.CARE)


def test_the_finding_does_not_repeat_what_was_written() -> None:
    finding = care(Draft("I want to die, sincerely, Penelope"))

    assert finding is not None
    assert "Penelope" not in finding.detail


def hearing(text: str, strength: Strength) -> Draft:
    return Draft(text, signs={"care": Sign("care", 0.9, strength, "a-model")})


def test_what_the_model_surely_hears_is_raised_unless_it_is_told_as_over_and_it_is_not_certain() -> None:
    heard = care(hearing("the water looks kind from up here", Strength.SURE))

    assert heard is not None
    assert (heard.label, heard.score, heard.model) == ("care", 0.9, "a-model")
    assert care(hearing("Five years ago I wanted to die. I am glad I called.", Strength.SURE)) is None
    assert care(hearing("Five years ago I wanted to die. I am glad I called.", Strength.CERTAIN)) is not None


def test_two_halves_make_a_whole() -> None:
    doubtful = "I feel so hopeless"

    assert care(Draft(doubtful)) is None
    assert care(hearing("The tea was nice", Strength.PERHAPS)) is None
    assert care(hearing(doubtful, Strength.PERHAPS)) is not None


@given(st.text() | st.lists(st.sampled_from(" ".join(text for _, text in IN_DANGER).split())).map(" ".join))
def test_any_text_is_judged_the_same_twice_with_its_spans_inside(text: str) -> None:
    first, second = care(Draft(text)), care(Draft(text))

    assert first == second
    assert all(0 <= span.start < span.end <= len(text) for span in (first.spans if first else ()))
