"""Listed stems behind signs, and drawn out."""

import re

import pytest

from moderation.toxicity.stems import holds_stem, stems, undisguised_stems, undrawn_stems, words


@pytest.mark.parametrize(
    ("token", "plain"),
    [
        ("sh!t", "shit"),
        ("$h!t!", "shit!"),
        ("f*ck", "fuck"),
        ("f**k", "fuck"),
        ("f***", "fuck"),
        ("f***ing", "fucking"),
        ("f#cking", "fucking"),
        ("st*pid", "stupid"),
        ("5tupid", "stupid"),
        ("@ss", "ass"),
        ("a$$h0le", "asshole"),
        ("w0rthl3ss", "worthless"),
        ("wor.th.less", "worthless"),
        ("fu-ck", "fuck"),
        ("bullsh*t", "bullshit"),
        ("p*ssy", "pussy"),
        ("f@gg0t", "faggot"),
        ("1oser", "loser"),
        ("(“b1tch”)", "(“bitch”)"),
    ],
)
def test_a_stem_is_seen_behind_its_signs(token: str, plain: str) -> None:
    assert undisguised_stems(token) == plain


@pytest.mark.parametrize(
    "token",
    [
        "455",
        "a55",
        "covid19",
        "12-step",
        "24/7",
        "b12",
        "2mg",
        "mp3",
        "class",
        "push.it",
        "as*",
        "4x4",
        "@assistant",
        "co2",
    ],
)
def test_numbers_and_ordinary_words_are_no_disguise(token: str) -> None:
    assert undisguised_stems(token) == token


@pytest.mark.parametrize(
    ("token", "plain"),
    [("fuuuuuck", "fuck"), ("stuuupiiid", "stupid"), ("asssss", "ass"), ("looooser", "loser")],
)
def test_a_stem_that_is_drawn_out_is_drawn_in(token: str, plain: str) -> None:
    assert undrawn_stems(token) == plain


def test_some_stems_are_words_of_their_own_only() -> None:
    assert holds_stem("ass")
    assert not holds_stem("glass")
    assert holds_stem("bullshitter")


def test_every_listed_stem_is_in_plain_small_letters_and_listed_once() -> None:
    assert [stem for stem in stems() if not re.fullmatch("=?[a-z]{3,}", stem)] == []
    assert len(set(words())) == len(words())
    assert all(undisguised_stems(word) == word for word in words())
