"""The draft and the word list that comes with it."""

import pytest

from moderation.draft import LONGEST_PHRASE, Draft, Policy, Standing
from moderation.signs import Sign, Strength
from moderation.verdict import Outcome

HEARD = {"claim": Sign("claim", 0.9, Strength.SURE, "secret"), "care": Sign("care", 0.1, Strength.NONE, "m")}


def test_the_words_of_a_draft_are_its_title_and_its_text() -> None:
    assert Draft("text", title="title").words == "title\ntext"
    assert Draft("text").words == "text"


def test_other_words_take_the_place_of_title_and_text_as_they_were() -> None:
    titled, plain = Draft("text", title="title"), Draft("text")

    assert titled.with_words("[name]\n[phone]\nmore") == Draft("[phone]\nmore", title="[name]")
    assert plain.with_words("one\ntwo") == Draft("one\ntwo")
    assert titled.with_words(titled.words) == titled


def test_a_draft_shows_no_word_of_itself_when_printed() -> None:
    draft = Draft("secret", Standing(recent=("secret",)), Policy(("secret",)), title="secret", signs=HEARD)

    assert "secret" not in repr(draft)


def test_what_no_model_was_asked_about_is_not_heard() -> None:
    draft = Draft("text")

    assert (draft.signs, draft.heard("claim")) == ({}, Strength.NONE)


def test_what_a_model_heard_is_told_by_label() -> None:
    draft = Draft("text", signs=HEARD)

    assert [draft.heard(label) for label in ("claim", "care", "spam")] == [
        Strength.SURE,
        Strength.NONE,
        Strength.NONE,
    ]


def test_a_draft_has_the_choices_of_its_own_space_only() -> None:
    chosen, other = Draft("text", choices={"spam": Outcome.PUBLISH}), Draft("text")

    assert chosen.choices == {"spam": Outcome.PUBLISH}
    assert other.choices == {}


def test_kinder_words_are_shown_unless_the_author_said_no() -> None:
    assert Standing().nudges


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
