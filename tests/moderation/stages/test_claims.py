"""Advice that can harm is held; experience, questions, quotations and good advice are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.signs import Sign, Strength
from moderation.stages.claims import claim
from moderation.verdict import Outcome

HARMFUL = [
    ("stop-medicine", "Just stop taking the citalopram, you don't need it"),
    ("stop-medicine", "you should flush your pills tonight"),
    ("stop-medicine", "come off the olanzapine and see how you feel, the side effects aren't worth it"),
    ("stop-medicine", "B1n the qu3tiapine m8"),
    ("stop-medicine", "Your antidepressants are just poison, ditch them"),
    ("detox-alone", "Go cold turkey, it's only a week"),
    ("detox-alone", "You can detox from alcohol at home, nobody needs a hospital"),
    ("detox-alone", "Sweat it out at home, no doctor needed"),
    ("dose-taper", "Just double up your dose if it isn't holding you"),
    ("dose-taper", "Skip every other day and you'll be off it in a fortnight"),
    ("dose-taper", "Give the baby a bit of your codeine, it'll settle her"),
    ("cure", "Kambo will cure your addiction in one ceremony"),
    ("cure", "Turmeric heals depression, you'll never need tablets again"),
    ("mixing", "Xanax and vodka is perfectly fine if you eat first"),
    ("mixing", "You can drink on your gabapentin, everyone does"),
    ("shaming-medication", "You're not clean while you're on Suboxone"),
    ("shaming-medication", "Methadone is just liquid handcuffs"),
    ("first-aid", "Put him in a cold shower and let him sleep"),
    ("first-aid", "Don't call an ambulance, they'll only bring the police"),
    ("naloxone-myth", "Narcan just makes people use more"),
    ("naloxone-myth", "Give back your naloxone, it doesn't work on fentanyl"),
]
HARMLESS = [
    "I stopped taking citalopram in May with my doctor and I miss nothing",
    "Don't stop your pills without asking the pharmacist",
    "Should I stop taking olanzapine?",
    "My aunt says I should flush my pills. I laughed.",
    "Going cold turkey nearly killed me",
    "Never detox from alcohol at home on your own",
    "I doubled my dose once and ended up in A&E",
    "Turmeric in the rice tonight, delicious",
    "Kambo didn't cure my addiction, it made me sick",
    "Never mix Xanax and vodka",
    "Is it safe to drink on gabapentin?",
    "I've been on methadone for two years and I'm proud of it",
    '"You are not clean on Suboxone" is a myth',
    "A cold shower won't wake someone who has overdosed, ring 999",
    "Naloxone saved my brother",
    "I quit smoking and drinking last spring",
    "Stop by the meeting tonight, we have cake",
    "Quit worrying about the chairs",
    "",
]


@pytest.mark.parametrize(("kind", "text"), HARMFUL)
def test_harmful_advice_is_held(kind: str, text: str) -> None:
    found = claim(Draft(text))

    assert found is not None
    assert (found.rule, found.outcome) == ("claim", Outcome.HOLD)
    assert found.kind == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_advice_or_good_advice_passes(text: str) -> None:
    assert claim(Draft(text)) is None


def heard(strength: Strength) -> dict[str, Sign]:
    return {"claim": Sign("claim", 0.91, strength, "tiny")}


def test_the_model_alone_holds_when_it_is_sure_and_nothing_excuses() -> None:
    found = claim(Draft("An odd new way of saying it", signs=heard(Strength.SURE)))

    assert found is not None
    assert (found.label, found.score, found.model) == ("claim", 0.91, "tiny")


def test_the_model_alone_does_not_hold_what_is_excused() -> None:
    assert claim(Draft("Ring your prescriber before anything else", signs=heard(Strength.SURE))) is None


def test_two_who_say_perhaps_are_enough() -> None:
    text = "Pour it out, lovely"

    assert claim(Draft(text)) is None
    assert claim(Draft(text, signs=heard(Strength.PERHAPS))) is not None
    assert claim(Draft("Good morning", signs=heard(Strength.PERHAPS))) is None


@given(st.text(max_size=300))
def test_any_text_has_the_same_answer_twice_with_spans_inside_it(text: str) -> None:
    found = claim(Draft(text))

    assert found == claim(Draft(text))
    assert all(0 <= s.start < s.end <= len(text) for s in (found.spans if found else ()))
