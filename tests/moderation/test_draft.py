"""The draft and the word list that comes with it."""

import pytest

from moderation.draft import LONGEST_PHRASE, Draft, Policy, Standing


def test_the_words_of_a_draft_are_its_title_and_its_text() -> None:
    assert Draft("text", title="title").words == "title\ntext"
    assert Draft("text").words == "text"


def test_a_draft_shows_no_word_of_itself_when_printed() -> None:
    draft = Draft("secret", Standing(recent=("secret",)), Policy(("secret",)), title="secret")

    assert "secret" not in repr(draft)


def test_a_word_list_has_comments_and_two_gravities() -> None:
    policy = Policy.read("\ufeff# ours\n\nsome   phrase\n! worse\nsome phrase\n!worst of all\n")

    assert policy == Policy(held_words=("some phrase",), refused_words=("worse", "worst of all"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("fine\n!", "line 2: there is no word"),
        ("x" * (LONGEST_PHRASE + 1), "line 1: a phrase may have at most 100"),
        ("a\n\n!a", "line 3: this phrase is already listed the other way"),
        ("a\u200bb", "line 1: the phrase contains an invisible"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Policy.read(text)
