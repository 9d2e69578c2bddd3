"""From a score to a hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.policy import PolicyFile
from moderation.rulebook import THREAT
from moderation.toxicity.labels import LABELS
from moderation.toxicity.thresholds import OTHER, STRICTEST, Thresholds
from moderation.verdict import Finding, Outcome

FILE = """
version = "9"
[models.other.public]
toxicity = 0.85
threat = 0.5
insult = 0.7
[models.other.team]
threat = 0.9
[models.waypost.public]
insult = 0.4
"""
POLICY = Thresholds.read(FILE)


def test_the_policy_that_ships_is_whole() -> None:
    policy = Thresholds.load()

    assert policy == PolicyFile.load().thresholds

    assert policy.version
    assert {"waypost", "lexicon", OTHER} <= policy.by_model.keys()
    for audiences in policy.by_model.values():
        assert STRICTEST in audiences
        for thresholds in audiences.values():
            assert thresholds.keys() <= set(LABELS)


def test_no_audience_of_the_policy_that_ships_is_judged_more_strictly_than_the_public() -> None:
    for audiences in Thresholds.load().by_model.values():
        for thresholds in audiences.values():
            assert all(value >= audiences[STRICTEST].get(label, 0.0) for label, value in thresholds.items())


def test_a_low_score_is_no_objection() -> None:
    assert POLICY.judge({"toxicity": 0.84, "insult": 0.1}, "m") is None
    assert POLICY.judge({}, "m") is None


def test_the_label_furthest_past_its_threshold_is_named() -> None:
    finding = POLICY.judge({"toxicity": 0.9, "threat": 0.4, "insult": 0.8}, "m-1@ab")

    assert finding == Finding(
        "toxicity",
        Outcome.HOLD,
        "insult 0.80, held from 0.70",
        label="insult",
        score=0.8,
        model="m-1@ab",
        policy="9",
    )


@given(st.dictionaries(st.sampled_from(LABELS), st.floats(0, 1)))
def test_a_threat_is_never_hidden_by_what_else_is_said(scores: dict[str, float]) -> None:
    finding = POLICY.judge(scores | {THREAT: 0.5}, "m")

    assert finding is not None
    assert (finding.label, finding.score) == (THREAT, 0.5)


def test_a_model_has_the_thresholds_of_its_family() -> None:
    assert POLICY.judge({"insult": 0.5}, "waypost-1@3f2a9c01") is not None
    assert POLICY.judge({"insult": 0.5}, "detoxify-unbiased@3f2a9c01") is None


def test_an_audience_has_its_own_thresholds_and_an_unknown_one_those_of_the_public() -> None:
    assert POLICY.judge({"threat": 0.6}, "m", "team") is None
    assert POLICY.judge({"threat": 0.6}, "m", "nobody") is not None


def test_swearing_alone_holds_nothing() -> None:
    for model in Thresholds.load().by_model:
        assert Thresholds.load().judge({"obscene": 1.0}, model) is None


def test_a_score_never_refuses() -> None:
    finding = POLICY.judge(dict.fromkeys(LABELS, 1.0), "m")

    assert finding is not None
    assert finding.outcome is Outcome.HOLD


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("version = ", "cannot be read"),
        (FILE.replace('version = "9"', ""), "no version"),
        (FILE.replace('"9"', "9"), "no version"),
        (FILE.replace("models.other", "models.others"), "any other model"),
        (FILE.replace("models.waypost.public", "models.waypost.team"), "waypost.public"),
        (FILE.replace("threat = 0.9", ""), "other.team"),
        (FILE.replace("threat", "doubt"), "unknown label"),
        (FILE.replace("0.85", "0"), "above 0"),
        (FILE.replace("0.85", "1.5"), "above 0"),
        (FILE.replace("0.85", "nan"), "above 0"),
        (FILE.replace("0.85", "true"), "above 0"),
        (FILE.replace("0.85", '"high"'), "above 0"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_in_words(file: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Thresholds.read(file)
