"""Details are told by rules and by the model together."""

from dataclasses import replace

import pytest

from moderation.details.judgement import Owner, found_of
from moderation.draft import Draft, Kind, Policy
from moderation.signs import Sign, Strength
from moderation.verdict import Outcome

OWNER = Owner("own-details", "own_details", Outcome.MASK, "the author's own", others=False)
NAMED = "Hello, my name is Rowan Heather."
REACHED = "Write to rowan@heather.example."


def heard(text: str, strength: Strength) -> Draft:
    return Draft(text, signs={"own_details": Sign("own_details", 0.5, strength, "tiny")})


@pytest.mark.parametrize("strength", [Strength.NONE, Strength.PERHAPS, Strength.SURE])
def test_what_the_rules_see_is_told_unless_the_model_denies_it(strength: Strength) -> None:
    found = found_of(heard(NAMED, strength), OWNER)

    assert found is not None
    assert (found.kind, found.label) == ("full name", None)
    assert found_of(heard(NAMED, Strength.AGAINST), OWNER) is None


def test_what_is_known_by_its_form_is_told_whatever_the_model_says() -> None:
    found = found_of(heard(REACHED, Strength.AGAINST), OWNER)

    assert found is not None
    assert found.kind == "e-mail address"


def test_what_only_the_model_hears_is_told_without_a_place() -> None:
    found = found_of(heard("I sit by the third window, every day", Strength.SURE), OWNER)

    assert found is not None
    assert (found.outcome, found.spans, found.model) == (Outcome.MASK, (), "tiny")
    assert found_of(heard("I sit by the window", Strength.PERHAPS), OWNER) is None


def test_of_a_venue_the_model_alone_says_nothing_as_it_hears_the_address() -> None:
    address = heard("14 Rowan Street, Leeds", Strength.SURE)

    assert found_of(address, OWNER) is not None
    assert found_of(replace(address, kind=Kind.VENUE), OWNER) is None
    assert found_of(replace(heard(REACHED, Strength.SURE), kind=Kind.VENUE), OWNER) is not None


def test_whoever_passes_a_helpline_on_is_not_asked_about_details_of_their_own() -> None:
    said = "116 123 if it gets bad, they picked up at four in the morning"
    told = replace(heard(said, Strength.SURE), policy=Policy(numbers=frozenset({"116123"})))
    certain = {"own_details": Sign("own_details", 0.99, Strength.CERTAIN, "tiny")}

    assert found_of(told, OWNER) is None
    assert found_of(heard(said, Strength.SURE), OWNER) is not None
    assert found_of(replace(told, signs=certain), OWNER) is not None


def test_a_helpline_beside_somebody_else_s_details_excuses_nothing() -> None:
    theirs = Owner("others-details", "others_details", Outcome.HOLD, "somebody else's", others=True)
    signs = {"others_details": Sign("others_details", 0.7, Strength.SURE, "tiny")}
    told = Draft("She sits by the third window. 116 123", signs=signs)
    told = replace(told, policy=Policy(numbers=frozenset({"116123"})))

    assert found_of(told, theirs) is not None
