"""Words written as one text."""

from moderation.details.vocabulary import vocabulary


def test_words_stand_between_blanks_or_another_sign() -> None:
    assert vocabulary("oak  elm ash") == {"oak", "elm", "ash"}
    assert vocabulary("old oak|elm", "|") == {"old oak", "elm"}
