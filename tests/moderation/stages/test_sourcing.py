"""Getting drugs is held; cravings, histories, warnings, the pharmacy and other trades are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.draft import Draft
from moderation.signs import Sign, Strength
from moderation.stages.sourcing import sourcing
from moderation.verdict import Outcome

DRUGS = [
    ("buy", "Anyone selling Xanax near Cardiff?"),
    ("buy", "where can i get some coke in dublin"),
    ("buy", "looking for k3tamine tonight"),
    ("buy", "Can someone get me a bit of weed"),
    ("buy", "Need a plug in Boston asap"),
    ("sell", "Selling tramadol, £2 each, message me"),
    ("sell", "Got some weed, tenner a bag"),
    ("sell", "fresh mdma in stock, dm for menu"),
    ("trade", "Swap my diazepam for some pregabalin?"),
    ("trade", "Will trade two Subutex for your zopiclone"),
    ("prescription", "Has anyone got spare Lyrica till Friday?"),
    ("prescription", "Leftover oxycodone here, free if anyone wants it"),
    ("prescription", "Anyone know a doctor who'll prescribe Adderall without questions?"),
    ("pointer", "I know a guy who sorts people out, message me"),
    ("pointer", "There's a site that ships Valium, no prescription needed"),
    ("making", "How do you cook crack?"),
    ("making", "Has anyone a recipe for hooch?"),
]
HARMLESS = [
    "I used to sell tramadol outside the school and I am ashamed",
    "Nobody should buy pills off the street, be careful",
    "I reported somebody who was selling Xanax here",
    "Picked up my methadone from the chemist this morning",
    "Anyone selling a sofa near Cardiff?",
    "Looking for a good meeting in Dublin",
    "Has anyone a recipe for soda bread?",
    "I want to use so badly, somebody talk to me",
    "How do you make a decent curry?",
    "Swap shifts with me on Friday?",
    "My doctor prescribed Lyrica for the pain",
    "I got a new phone, message me so I have your number",
    "",
]


@pytest.mark.parametrize(("kind", "text"), DRUGS)
def test_getting_drugs_is_held(kind: str, text: str) -> None:
    found = sourcing(Draft(text))

    assert found is not None
    assert (found.rule, found.outcome) == ("sourcing", Outcome.HOLD)
    assert found.kind == kind


@pytest.mark.parametrize("text", HARMLESS)
def test_what_gets_nobody_drugs_passes(text: str) -> None:
    assert sourcing(Draft(text)) is None


def test_the_model_alone_holds_when_it_is_sure() -> None:
    signs = {"sourcing": Sign("sourcing", 0.9, Strength.SURE, "tiny")}
    found = sourcing(Draft("the usual, same bench", signs=signs))

    assert found is not None
    assert found.model == "tiny"


@given(st.text(max_size=300))
def test_any_text_has_the_same_answer_twice_with_spans_inside_it(text: str) -> None:
    found = sourcing(Draft(text))

    assert found == sourcing(Draft(text))
    assert all(0 <= s.start < s.end <= len(text) for s in (found.spans if found else ()))
