"""The words that ship are read whole, and a wrong file says so."""

import pytest

from moderation.meanings.vocabulary import Vocabulary, vocabulary


def test_a_class_takes_in_another_and_plurals_and_phrases() -> None:
    known = Vocabulary.read(['"pill+" = "tablet"\ncold = "cold_turkey"\nall = "@pill @cold"'])

    assert known.words["tablets"] == {"@pill", "@all"}
    assert known.phrases["cold"] == ((("cold", "turkey"), frozenset({"@cold", "@all"})),)


def test_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        Vocabulary.read(['all = "@nowhere"'])


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("buvidal", "@agonist"),
        ("antabuse", "@blocker"),
        ("xanax", "@benzo"),
        ("sertraline", "@antidepressant"),
        ("quetiapine", "@antipsychotic"),
        ("lamotrigine", "@stabiliser"),
        ("lyrica", "@gabapentinoid"),
        ("ritalin", "@stimulant"),
        ("ketamine", "@illicit"),
    ],
)
def test_medicines_and_drugs_are_known_by_their_class(word: str, name: str) -> None:
    assert name in vocabulary().words[word]
