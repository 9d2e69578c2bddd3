"""Classes of words."""

from moderation.danger.wordings import CLASSES


def test_every_class_has_words_each_once_and_in_small_letters() -> None:
    for words in CLASSES.values():
        assert words
        assert len(set(words)) == len(words)
        assert all(word == word.lower() and " " not in word for word in words)
