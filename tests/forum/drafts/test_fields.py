"""Claims about the form of a draft: what it shows can be saved, and what lies outside the bounds cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.drafts.fields import Ground, differing, filled, taken
from forum.errors import Invalid
from forum.policies.own import WATCHFUL, Own, composed
from moderation.verdict import Outcome

GROUND = Ground.of("waypost-1@3f2a9c01")
SHOWN = filled(GROUND, Own())
ELSEWHERE = Own(scores={"lexicon": {"public": {"insult": 0.9}}})


def test_what_ships_is_shown_and_saving_it_changes_nothing() -> None:
    assert SHOWN["usual-spam"] == "hold"
    assert float(SHOWN["score-public-threat"]) == GROUND.scores["public"]["threat"]
    assert (float(SHOWN["perhaps-care"]), float(SHOWN["sure-care"])) == GROUND.signs["care"]
    assert taken(GROUND, SHOWN, Own()) == Own()


def test_a_model_that_the_policy_does_not_know_has_the_fields_of_any_other() -> None:
    assert Ground.of("answers").model == "other"
    assert Ground.of("answers").signs == {}


def test_a_change_is_kept_and_what_other_models_were_given_stays() -> None:
    own = taken(
        GROUND, SHOWN | {"usual-spam": "refuse", "score-team-insult": "0,7", "sure-spam": "0.8"}, ELSEWHERE
    )

    assert own == Own(
        {"spam": Outcome.REFUSE},
        {"lexicon": {"public": {"insult": 0.9}}, "waypost": {"team": {"insult": 0.7}}},
        {"waypost": {"spam": (GROUND.signs["spam"][0], 0.8)}},
    )
    assert differing(SHOWN, filled(GROUND, own)) == ["usual-spam", "score-team-insult", "sure-spam"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("usual-care", "refuse"),
        ("usual-threat", "nudge"),
        ("usual-spam", "mask"),
        ("usual-spam", "nonsense"),
        ("score-public-insult", "0"),
        ("score-public-insult", "1.01"),
        ("score-public-insult", "nan"),
        ("score-public-insult", "-inf"),
        ("score-public-insult", ""),
        ("score-public-insult", "half"),
        ("score-public-threat", str(GROUND.scores["public"]["threat"] + 0.01)),
        ("sure-care", "0.95"),
        ("sure-sourcing", "0.9"),
        ("perhaps-spam", "0.8"),
    ],
)
def test_what_lies_outside_is_named_at_its_field(name: str, typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        taken(GROUND, SHOWN | {name: typed}, Own())

    assert set(caught.value.fields) == {name}


@given(
    st.dictionaries(st.sampled_from(sorted(SHOWN)), st.text(max_size=8) | st.floats().map(str), max_size=9)
)
def test_whatever_is_sent_is_either_named_or_shown_as_it_was_taken(sent: dict[str, str]) -> None:
    try:
        own = taken(GROUND, SHOWN | sent, Own())
    except Invalid as caught:
        own, named = Own(), set(caught.fields)
    else:
        named = set()
    assert named <= SHOWN.keys()

    policy = composed(GROUND.shipped, own, "1")
    for model, audiences in policy.thresholds.by_model.items():
        for audience, labels in audiences.items():
            for label in labels.keys() & WATCHFUL:
                assert labels[label] <= GROUND.shipped.thresholds.by_model[model][audience][label]
    assert taken(GROUND, filled(GROUND, own), Own()).usual == own.usual


def test_what_is_missing_stays_as_it_ships() -> None:
    assert taken(GROUND, {}, Own()) == Own()
