"""A text becomes words at places, sentence by sentence, each with where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.meanings.passage import APART, LINK_TOKEN, TOKEN, passage

WORST = st.one_of(
    st.integers(1, 10_000).map("1".__mul__),
    st.integers(1, 3_000).map("a.".__mul__),
    st.integers(1, 2_000).map("[(".__mul__),
    st.integers(1, 2_000).map('"x '.__mul__),
    st.integers(1, 300).map("stop the pills no ".__mul__),
    st.text(max_size=300),
)


def found(text: str, name: str) -> list[str]:
    read = passage(text)
    return [text[slice(*read.spans[at])] for at in read.spans if read.mask(name) >> at & 1]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Bin the val1um now", "@benzo", ["val1um"]),
        ("gone cold turkey", "@detox", ["cold", "turkey"]),
        ("It costs £20 each", "@price", ["20", "each"]),
        ("see example.org/x", "@link", ["example.org/x"]),
        ("Why? Because.", "@question", ["Why"]),
        ('He said "stop it" again', "@quoted", ["stop", "it"]),
        ("Rest, then eat", "@opening", ["Rest", "then", "eat"]),
        ("call 07700 900123 now", "@phone", ["07700", "900123"]),
        ("ring 999", "@rescue", ["999"]),
    ],
)
def test_words_are_found_by_what_they_are(text: str, name: str, words: list[str]) -> None:
    assert found(text, name) == words


def test_a_sentence_is_marked_as_a_whole_and_its_neighbour_is_not() -> None:
    assert found("I take Valium daily. You rest.", "%benzo") == ["I", "take", "Valium", "daily"]


def test_no_pattern_can_reach_across_two_sentences() -> None:
    places = list(passage("one. two").spans)

    assert places[1] - places[0] == APART + 1


@given(WORST)
def test_every_word_lies_inside_the_text_in_order(text: str) -> None:
    spans = list(passage(text).spans.values())

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(WORST)
def test_places_grow_no_faster_than_the_text(text: str) -> None:
    assert passage(text).size <= (APART + 1) * (len(text) + 1)


@pytest.mark.parametrize("pattern", [TOKEN.pattern, LINK_TOKEN.pattern])
def test_only_runs_of_one_class_repeat_without_a_bound(pattern: str) -> None:
    """Then no repeated group can be tried in more than one way, and a search is linear."""
    assert ")*" not in pattern
    assert ")+" not in pattern
