"""Every rule and every outcome has its words, short enough for a list on a phone."""

from forum.admin.rule_words import CHOICES, MEANINGS, TOLD
from moderation.rulebook import Rulebook
from moderation.verdict import Outcome

FITS = 34
"""Characters of a closed list at 360 px."""


def test_every_rule_of_the_rulebook_has_its_words() -> None:
    rules = Rulebook.load().rules

    assert TOLD.keys() == rules.keys()


def test_every_outcome_has_a_short_name_and_a_meaning_from_the_gentlest_to_the_gravest() -> None:
    assert list(CHOICES) == list(MEANINGS) == list(Outcome)
    assert [words.msgid for words in CHOICES.values() if len(words.msgid) > FITS] == []


def test_no_two_rules_or_outcomes_are_called_the_same() -> None:
    names = [told.name.msgid for told in TOLD.values()]

    assert len(set(names)) == len(names)
    assert len({words.msgid for words in CHOICES.values()}) == len(CHOICES)
