"""Advertising is held; recommendations, own work, scams told of and free things are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.signs import Sign, Strength
from moderation.stages.spam import spam
from moderation.verdict import Outcome

ADVERTS = [
    ("promotion", "I make soaps, £8 each, order on my website"),
    ("promotion", "Our gym opens Monday, 30% off for members, sign up today"),
    ("affiliate", "Use my code CALM10 and we both get ten pounds"),
    ("affiliate", "Sign up through my link please, I get commission"),
    ("brokering", "Beds open now in Florida, what insurance do you have? Inbox me"),
    ("brokering", "We fly you out and your PPO covers everything, send a photo of your card"),
    ("crypto", "Join my Telegram for bitcoin signals, 5% daily guaranteed"),
    ("crypto", "I turned $500 into $9k, ask me how"),
    ("dating", "Sexy singles near you, click here"),
    ("supplement", "CBD gummies that stop cravings, $30 a bottle, free shipping"),
    ("coaching", "I'm a certified sober coach, book your free discovery call"),
    ("coaching", "My 12 week programme has three seats left, £400, dm me"),
]
HARMLESS = [
    "I paid £40 for running shoes and they changed my mornings",
    "That book is in the library, it's free",
    "The meeting is at eight, bring a friend",
    "I was scammed by somebody who sold bitcoin signals",
    "My insurance covered thirty days of rehab",
    "I painted a picture of my dog",
    "Does anyone know whether insurance pays for detox?",
    "He is a lovely man and we are getting married",
    "Message me if you want to talk tonight",
    "My coach says I run like a duck",
    "Nobody needs those detox teas, don't buy them",
    "",
]


@pytest.mark.parametrize(("kind", "text"), ADVERTS)
def test_advertising_is_held(kind: str, text: str) -> None:
    found = spam(Draft(text))

    assert found is not None
    assert (found.rule, found.outcome) == ("spam", Outcome.HOLD)
    assert found.kind == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_what_sells_nothing_passes(text: str) -> None:
    assert spam(Draft(text)) is None


def test_the_model_alone_holds_when_it_is_sure() -> None:
    signs = {"spam": Sign("spam", 0.9, Strength.SURE, "tiny")}
    found = spam(Draft("a very new kind of advert", signs=signs))

    assert found is not None
    assert found.kind == "promotion"


@given(st.text(max_size=300))
def test_any_text_has_the_same_answer_twice_with_spans_inside_it(text: str) -> None:
    found = spam(Draft(text))

    assert found == spam(Draft(text))
    assert all(0 <= s.start < s.end <= len(text) for s in (found.spans if found else ()))
