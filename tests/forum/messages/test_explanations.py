"""Why a message waits: a sentence for each rule, and the guideline behind it."""

from forum.guidelines import BY_SLUG
from forum.messages.explanations import (
    CLAIMS,
    GUIDELINE_OF,
    GUIDELINE_WORDS,
    OTHERWISE,
    WHY,
    explain,
)
from forum.notes.notes import all_notes
from moderation.rulebook import THREAT, Rulebook
from moderation.verdict import Finding, Outcome


def hold(rule: str) -> Finding:
    """A finding of the rule."""
    return Finding(rule, Outcome.HOLD, "for the moderator only")


def test_every_guideline_has_its_words_and_every_rule_names_a_real_one() -> None:
    assert GUIDELINE_WORDS.keys() == BY_SLUG.keys()
    assert set(GUIDELINE_OF.values()) <= BY_SLUG.keys()
    assert GUIDELINE_OF.keys() <= WHY.keys()


def test_every_rule_of_the_policy_is_explained_and_a_threat_as_toxicity() -> None:
    assert Rulebook.load().rules.keys() - {THREAT} <= WHY.keys()


def test_the_same_rule_is_explained_once_and_the_guideline_once() -> None:
    told = explain([hold("words"), hold("toxicity"), hold("words")])

    assert told == (WHY["words"], GUIDELINE_WORDS["kindness"], WHY["toxicity"])


def test_a_rule_without_words_of_its_own_still_says_something() -> None:
    assert explain([hold("a-rule-of-tomorrow")]) == (OTHERWISE,)


def test_details_for_moderators_stay_with_moderators() -> None:
    assert not any("moderator only" in str(words) for words in explain([hold(rule) for rule in WHY]))


def test_every_class_of_health_claim_that_has_a_note_has_a_name() -> None:
    assert all_notes().keys() <= CLAIMS.keys()
