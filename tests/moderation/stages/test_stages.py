"""The order of the stages, and that the policy has a rule for each of them."""

import pytest

from moderation.draft import Draft, Policy, Standing
from moderation.rulebook import Rulebook, rule_of
from moderation.stages import FORM, STAGES, Stage
from moderation.stages.care import care
from moderation.stages.shape import misshapen
from moderation.stages.words import listed_words

SPEAKING = {
    "care": Draft("I am going to kill myself tonight"),
    "wished_dead": Draft("Go and kill yourself"),
    "listed_words": Draft("a casino", policy=Policy(held_words=("casino",))),
    "others_details": Draft("her number is 07911 123456"),
    "own_details": Draft("my number is 07911 123456"),
    "claim": Draft("You should just stop taking your methadone, cold turkey is fine"),
    "sourcing": Draft("Anyone selling Xanax near Cardiff?"),
    "spam": Draft("Use my referral code SAVE20 and get a bonus, sign up today"),
    "stigma": Draft("He is just a junkie."),
    "too_many_links": Draft("http://a.org http://b.org http://c.org"),
    "repeated": Draft("again and again the same", Standing(recent=("again and again the same",))),
    "flooding": Draft("ha " * 30),
}
"""For every stage a draft of which it has something to say."""


def test_the_shape_is_looked_at_before_any_model_reads_the_text() -> None:
    assert list(FORM) == [misshapen]
    assert misshapen not in STAGES


def test_danger_to_somebody_is_looked_for_before_all_conduct() -> None:
    assert STAGES[0] is care


def test_every_stage_has_something_to_say_of_something() -> None:
    assert list(SPEAKING) == [stage.__name__ for stage in STAGES]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_the_policy_has_a_rule_for_what_a_stage_says(stage: Stage) -> None:
    finding = stage(SPEAKING[stage.__name__])

    assert finding is not None
    assert stage is listed_words or rule_of(finding) in Rulebook.load().rules


def test_the_community_itself_says_what_becomes_of_its_listed_words() -> None:
    assert "words" not in Rulebook.load().rules


def test_a_kind_word_passes_every_stage() -> None:
    draft = Draft("Welcome, I am glad you are here.")

    assert [stage(draft) for stage in (*FORM, *STAGES)] == [None] * (len(FORM) + len(STAGES))
