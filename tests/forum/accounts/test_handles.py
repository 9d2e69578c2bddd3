"""Claims about handles: their shape, and when two of them look the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.handles import LONGEST, HandleNotPossible, check_shape, handle_key, handle_look


@pytest.mark.parametrize(
    "handle",
    [
        "Rowan",
        "quiet-heron",
        "a.b.c",
        "kestrel_22",
        "Zoë",
        "Łukasz",
        "Рябина",
        "Ελένη",
        "田中さん",
        "タロー",
        "김철수",
        "123",
        "ʻOhana",
    ],
)
def test_a_handle_may_be_written_in_any_one_alphabet(handle: str) -> None:
    assert check_shape(handle) == unicodedata.normalize("NFC", handle)


@pytest.mark.parametrize("handle", ["Sato田中", "Kimさくら", "김Rowan"])
def test_alphabets_that_are_written_together_may_stand_together(handle: str) -> None:
    assert check_shape(handle) == handle


@pytest.mark.parametrize(
    "handle",
    [
        pytest.param("R\u043ewan", id="a Cyrillic o in Latin"),
        pytest.param("Row\u03b1n", id="a Greek alpha in Latin"),
        pytest.param("\u0420\u044f\u0431ina", id="Cyrillic, then Latin"),
        pytest.param("\u0395\u03bb\u0435\u03bd\u03b7", id="a Cyrillic ie in Greek"),
        pytest.param("\u13a1owan", id="a Cherokee letter in Latin"),
        pytest.param("Rowan\u00b5", id="the micro sign, which is Greek"),
        pytest.param("m\u043ederator", id="a kept name with a Cyrillic o"),
        pytest.param("さくら김", id="Japanese with Korean"),
    ],
)
def test_a_handle_that_mixes_alphabets_that_look_alike_is_refused_in_words_of_its_own(handle: str) -> None:
    with pytest.raises(HandleNotPossible) as refused:
        check_shape(handle)

    assert "one alphabet" in refused.value.words.msgid


@pytest.mark.parametrize(
    "handle",
    [
        "",
        "  ",
        "ab",
        "a.b",
        "x" * (LONGEST + 1),
        ".dots",
        "dots.",
        "-dash-",
        "_low_",
        "two words",
        "at@sign",
        "slash/slash",
        "new\nline",
        "emoji😀",
        "zero\u200bwidth",
        "right\u202eleft",
        "nul\0nul",
        "<script>",
        pytest.param("Rowan\u3164", id="a letter that is drawn as nothing"),
        pytest.param("\uffa0\uffa0\uffa0", id="nothing but such letters"),
    ],
)
def test_another_shape_is_refused(handle: str) -> None:
    with pytest.raises(HandleNotPossible) as refused:
        check_shape(handle)

    assert refused.value.words == HandleNotPossible.words


@pytest.mark.parametrize("handle", ["admin", "Moderator", "WAYPOST", "sup.port", "Ｓｔａｆｆ", "s-y-s-t-e-m"])
def test_a_handle_that_reads_as_the_team_is_kept_for_it(handle: str) -> None:
    with pytest.raises(HandleNotPossible) as refused:
        check_shape(handle)

    assert "kept for the team" in refused.value.words.msgid


@pytest.mark.parametrize(
    "other", ["rowan", "ROWAN", "Ro.wan", "R-o_w.an", "Ｒｏｗａｎ", "ʳowan", "𝐑𝐨𝐰𝐚𝐧", "Rowa\u24dd"]
)
def test_handles_that_look_the_same_are_the_same(other: str) -> None:
    assert handle_key(other) == handle_key("Rowan")


def test_a_letter_with_its_accent_is_one_however_it_is_composed() -> None:
    composed, decomposed = "Zo\u00eb", "Zoe\u0308"

    assert check_shape(decomposed) == composed
    assert handle_key(decomposed) == handle_key(composed) != handle_key("Zoe")


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_a_handle_that_passes_can_be_printed_and_found_again(typed: str) -> None:
    try:
        handle = check_shape(typed)
    except HandleNotPossible:
        return

    assert handle.isprintable()
    assert " " not in handle
    assert check_shape(handle) == handle
    assert handle_key(handle) == handle_key(typed.strip())


@pytest.mark.parametrize(
    ("one", "other"),
    [("paypal", "раураl"), ("Ian", "lan"), ("kestrel0", "kestrelO"), ("modern", "modem"), ("a.b.c", "ABC")],
)
def test_handles_that_are_read_as_the_same_have_one_look(one: str, other: str) -> None:
    assert handle_look(one) == handle_look(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rowan", "Rowen"), ("quiet", "quite"), ("Zoë", "Zoe"), ("12", "21")]
)
def test_handles_that_differ_to_the_eye_have_looks_of_their_own(one: str, other: str) -> None:
    assert handle_look(one) != handle_look(other)
