"""Any text has places, a file is whole or refused, and scores are mixed, not replaced."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.toxicity.model import ModelError
from moderation.toxicity.wording import BUCKETS, Worded, Wording, letters, read_wording, words
from tests.moderation.toxicity.models import Breaks, Reads

LABELS = ("toxicity", "threat")


def a_wording(share: float = 0.5) -> Wording:
    """A wording that finds one word toxic, and knows nothing of threats."""
    weights = np.zeros((2 * BUCKETS, 2), dtype=np.float32)
    weights[words("slur"), 0] = 8.0
    return Wording(LABELS, weights, np.array([-2, 0], np.float32), np.array([share, share], np.float32))


class Says(Breaks):
    """Says of every piece the same of each label."""

    def __init__(self, score: float) -> None:
        super().__init__([[score] * len(self.labels)])


@given(st.text())
def test_every_text_has_places_each_once_and_none_outside(text: str) -> None:
    for places in (words(text), letters(text)):
        assert len(set(places.tolist())) == places.size
        assert all(0 <= place < BUCKETS for place in places)


@pytest.mark.parametrize("text", ["", "\ud800", "🦄", "\x00", "word " * 5_000])
def test_no_text_is_too_strange(text: str) -> None:
    assert np.isfinite(a_wording().odds(text)).all()


def test_neither_case_nor_spaces_change_a_place() -> None:
    assert words("Your  WORD").tolist() == words("your word").tolist()
    assert letters(" Your  WORD ").tolist() == letters("your word").tolist()


def test_pairs_of_words_and_runs_of_letters_have_places_of_their_own() -> None:
    assert words("your word").size == 3
    assert letters("ab").size == 3 + 2 + 1  # " a", "ab", "b "; " ab", "ab "; " ab "


def test_a_word_weighs_less_among_many() -> None:
    alone, among = (a_wording().odds(text)[0] for text in ("slur", "a slur among many other quiet words"))

    assert alone == pytest.approx(6)
    assert -2 < among < alone


def test_what_was_written_is_read_back_the_same_each_time(tmp_path: Path) -> None:
    a_wording().write(tmp_path / "one")
    a_wording().write(tmp_path / "two")

    read = read_wording(tmp_path / "one")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read.labels == LABELS
    assert read.sha256 == hashlib.sha256((tmp_path / "one").read_bytes()).hexdigest()
    assert read.odds("a slur").tolist() == pytest.approx(a_wording().odds("a slur").tolist(), abs=0.01)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 not whole"])
def test_a_file_that_is_no_wording_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wording.npz").write_bytes(content)

    with pytest.raises(ModelError, match=r"wording\.npz cannot be read"):
        read_wording(tmp_path / "wording.npz")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_wording(tmp_path / "wording.npz")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda one: replace(one, weights=one.weights[:5]),
        lambda one: replace(one, weights=one.weights * np.float32("inf")),
        lambda one: replace(one, biases=one.biases[:1]),
        lambda one: replace(one, shares=one.shares + 1),
        lambda one: replace(one, shares=one.shares - 1),
        lambda one: replace(one, shares=one.shares * np.float32("nan")),
        lambda one: replace(one, labels=("toxicity",)),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_numbers_that_cannot_be_a_wording_are_refused(
    tmp_path: Path, spoilt: Callable[[Wording], Wording]
) -> None:
    spoilt(a_wording()).write(tmp_path / "wording.npz")

    with pytest.raises(ModelError, match="fit it anew"):
        read_wording(tmp_path / "wording.npz")


def test_scores_are_mixed_in_log_odds_where_the_wording_knows_the_label() -> None:
    [scores] = Worded(Says(0.5), a_wording()).predict(["slur"])

    told = dict(zip(Reads.labels, scores, strict=True))
    assert told["toxicity"] == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-3)
    assert told["insult"] == 0.5


def test_a_share_of_nothing_changes_nothing() -> None:
    [scores] = Worded(Says(0.25), a_wording(share=0)).predict(["slur"])

    assert scores == pytest.approx([0.25] * len(Reads.labels))


@given(st.text(), st.floats(0, 1), st.floats(0, 1))
def test_a_mixed_score_is_still_a_score_between_the_two(text: str, said: float, share: float) -> None:
    wording = a_wording(share)

    [scores] = Worded(Says(said), wording).predict([text])

    alone = 1 / (1 + np.exp(-float(wording.odds(text)[0])))
    assert min(said, alone) - 1e-5 <= scores[0] <= max(said, alone) + 1e-5


def test_what_is_no_number_stays_none() -> None:
    [scores] = Worded(Says(float("nan")), a_wording()).predict(["slur"])

    assert np.isnan(scores).all()


def test_no_pieces_are_no_rows_and_a_wrong_number_of_rows_is_an_error() -> None:
    assert Worded(Breaks([]), a_wording()).predict([]) == []
    with pytest.raises(ValueError, match="zip"):
        Worded(Breaks([[0.0] * 6]), a_wording()).predict(["one", "two"])


def test_the_name_keeps_the_family_and_vouches_for_both() -> None:
    names = {
        Worded(Reads(), wording).name for wording in (a_wording(), replace(a_wording(), sha256="another"))
    }

    assert len(names) == 2
    assert all(name.startswith("reads-1@") and name != Reads.name for name in names)


def test_closing_it_closes_the_model() -> None:
    model = Reads()

    Worded(model, a_wording()).close()

    assert model.closed
