"""Claims about what the team changed: it never makes the house less careful than it ships."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.policies.own import WATCHFUL, Own, composed, version_of
from moderation.policy import PolicyFile
from moderation.verdict import Outcome

SHIPPED = PolicyFile.load()
LABELS = st.sampled_from(["toxicity", "threat", "insult", "care", "claim", "sourcing", "nonsense"])
MODELS = st.sampled_from(["waypost", "lexicon", "other", "unknown"])
SCORES = st.floats(-1, 2)
OWN = st.builds(
    Own,
    st.dictionaries(st.sampled_from([*SHIPPED.rulebook.rules, "nonsense"]), st.sampled_from(list(Outcome))),
    st.dictionaries(
        MODELS, st.dictionaries(st.sampled_from(["public", "team"]), st.dictionaries(LABELS, SCORES))
    ),
    st.dictionaries(MODELS, st.dictionaries(LABELS, st.tuples(SCORES, SCORES))),
)


@given(OWN)
def test_whatever_is_kept_the_bounds_are_ours_and_watchful_scores_are_never_above_ours(own: Own) -> None:
    policy = composed(SHIPPED, own, "1")

    for name, rule in policy.rulebook.rules.items():
        ours = SHIPPED.rulebook.rules[name]
        assert (rule.lowest, rule.highest) == (ours.lowest, ours.highest)
        assert rule.allows(rule.usual)
    for model, audiences in policy.thresholds.by_model.items():
        for audience, labels in audiences.items():
            for label, score in labels.items():
                our = SHIPPED.thresholds.by_model[model][audience][label]
                assert 0 < score <= (our if label in WATCHFUL else 1)
    for model, bounds in policy.hearing.by_model.items():
        for label, one in bounds.items():
            shipped = SHIPPED.hearing.by_model[model][label]
            assert 0 < one.perhaps <= one.sure <= (shipped.sure if label in WATCHFUL else 1)
            assert 0 <= one.against <= min(shipped.against, one.perhaps)


@given(OWN)
def test_what_is_kept_reads_back_as_it_was(own: Own) -> None:
    assert Own.from_json(own.as_json()) == own


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"usual": {"spam": "nonsense"}}',
        '{"scores": {"waypost": 1}}',
        '{"signs": {"a": {"b": []}}}',
    ],
)
def test_what_somebody_damaged_is_a_plain_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own, or ours
        Own.from_json(text)


def test_nothing_changed_is_what_ships_under_its_version() -> None:
    assert version_of(SHIPPED, 0) == SHIPPED.version
    assert composed(SHIPPED, Own(), SHIPPED.version) == SHIPPED
    assert version_of(SHIPPED, 3) == f"{SHIPPED.version}+3"


def test_what_is_chosen_counts_within_the_bounds() -> None:
    own = Own(
        {"spam": Outcome.REFUSE, "care": Outcome.REFUSE},
        {"lexicon": {"public": {"insult": 0.9, "threat": 0.9}}},
    )

    policy = composed(SHIPPED, own, "1")

    assert policy.rulebook.rules["spam"].usual is Outcome.REFUSE
    assert policy.rulebook.rules["care"].usual is Outcome.HOLD
    assert policy.thresholds.of("lexicon", "public")["insult"] == 0.9
    assert policy.thresholds.of("lexicon", "public")["threat"] == 0.5


def test_a_sign_that_is_chosen_keeps_from_where_the_model_is_certain_and_none_falls_below_another() -> None:
    ours = SHIPPED.hearing.by_model["waypost"]["spam"]
    assert ours.against > 0.01
    assert ours.certain < 0.95

    lower, higher = (
        composed(SHIPPED, Own(signs={"waypost": {"spam": chosen}}), "1").hearing.by_model["waypost"]["spam"]
        for chosen in ((0.01, 0.3), (0.5, 0.95))
    )

    assert (lower.against, lower.perhaps, lower.sure, lower.certain) == (0.01, 0.01, 0.3, ours.certain)
    assert (higher.perhaps, higher.sure, higher.certain) == (0.5, 0.95, 0.95)
