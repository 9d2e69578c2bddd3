"""A stage's rules and the model are heard together."""

import pytest

from moderation.draft import Draft
from moderation.meanings.decision import Matter, decided
from moderation.signs import Sign, Strength

MATTER = Matter("claim", "claims", "health advice that can harm", "stop-medicine")


@pytest.mark.parametrize(
    ("text", "heard", "held"),
    [
        ("Just stop your sertraline", Strength.NONE, True),
        ("Just pour it out", Strength.NONE, False),
        ("Just pour it out", Strength.PERHAPS, True),
        ("Hello there", Strength.PERHAPS, False),
        ("Hello there", Strength.SURE, True),
        ("Ask your pharmacist", Strength.SURE, False),
        ("Ask your pharmacist", Strength.CERTAIN, True),
    ],
)
def test_either_is_sure_or_both_say_perhaps_and_no_excuse_outweighs_certainty(
    text: str, heard: Strength, held: bool
) -> None:
    signs = {"claim": Sign("claim", 0.7, heard, "tiny")}

    assert (decided(Draft(text, signs=signs), MATTER) is not None) is held


def test_where_the_model_denies_it_the_rules_are_not_asked() -> None:
    signs = {"claim": Sign("claim", 0.001, Strength.AGAINST, "tiny")}

    assert decided(Draft("Just stop your sertraline", signs=signs), MATTER) is None


def test_what_moderators_read_quotes_nothing() -> None:
    found = decided(Draft("Just stop your sertraline"), MATTER)

    assert found is not None
    assert found.detail == "health advice that can harm: stop medicine"
    assert found.label is None
