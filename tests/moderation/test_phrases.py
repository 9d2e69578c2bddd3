"""Words as people count them."""

from moderation.phrases import folded, places, tokens, words


def test_folding_ignores_case_width_joiners_and_the_kind_of_apostrophe() -> None:
    assert folded("\uff26\uff35\u200cLL I\u2019m STRASSE \u00df") == "full i'm strasse ss"


def test_folding_makes_no_text_many_times_longer() -> None:
    assert folded("\ufdfa\ufdfb") == "  "


def test_an_inner_apostrophe_belongs_to_its_word() -> None:
    assert words("don't 'quote' it's") == ("don't", "quote", "it's")


def test_marks_belong_to_their_letters() -> None:
    assert words("\u0939\u093f\u0928\u094d\u0926\u0940") == ("\u0939\u093f\u0928\u094d\u0926\u0940",)


def test_signs_are_tokens_of_their_own_and_underscores_part_words() -> None:
    assert tokens("a$$ c_d") == ("a", "$", "$", "c", "_", "d")
    assert words("a$$ c_d") == ("a", "c", "d")


def test_every_place_of_every_phrase_is_found_the_longest_first() -> None:
    found = list(places(("a", "b", "a"), {("a",), ("a", "b"), ("z",)}))

    assert found == [(0, 2), (0, 1), (2, 3)]
