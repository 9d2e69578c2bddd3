"""Claims about drawing: the same for the same seed, in the wanted shares, and true to their labels."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import RECOVERY, Part, Row
from moderation.toxicity.training.drawing import LONG_PIECE, RARE, SHARES, draws, share
from moderation.toxicity.windows import WINDOW

HARMLESS = (0.0,) * 6


def row(text: str = "a calm day", source: str = "mine", /, **labels: float | None) -> Row:
    given_labels = tuple(labels.get(label, 0.0) for label in ALL_LABELS)
    return Row(text, given_labels, source, Part.TRAINING)


def numbered(words: int) -> str:
    """A text whose every piece tells its place, so long as no typo hits it: its words are numbers."""
    return " ".join(str(100 + number) for number in range(words))


label_values = st.sampled_from([None, 0.0, 1.0])
rows = st.lists(
    st.builds(
        Row,
        st.text(max_size=1_000) | st.integers(0, 600).map(numbered),
        st.tuples(*[label_values] * 6),
        st.sampled_from([RECOVERY, "mine", *SHARES]),
        st.just(Part.TRAINING),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(rows, st.integers(0, 3), st.integers(0, 3))
def test_the_same_rows_seed_and_epoch_give_the_same_draws(drawn: list[Row], seed: int, epoch: int) -> None:
    assert draws(drawn, seed, epoch) == draws(drawn, seed, epoch)


def test_another_seed_or_epoch_gives_other_draws() -> None:
    drawn = [row(f"{number} calm days") for number in range(50)]

    assert draws(drawn, 7, 0) != draws(drawn, 7, 1)
    assert draws(drawn, 7, 0) != draws(drawn, 8, 0)


@settings(max_examples=40)
@given(rows)
def test_labels_are_kept_and_no_piece_is_longer_than_we_can_afford(drawn: list[Row]) -> None:
    found = draws(drawn, 7, 0)

    assert {draw.labels for draw in found} <= {one.labels for one in drawn}
    # Each of at most three slips of a thumb adds a letter.
    assert all(len(draw.text) <= LONG_PIECE + 3 for draw in found if draw.text.isascii())


@pytest.mark.parametrize("source", ["mine", "stormfront", "jigsaw-binary-raw", RECOVERY])
def test_a_row_is_drawn_as_often_as_its_source_asks_on_average(source: str) -> None:
    drawn = [row(f"{number} calm days", source) for number in range(2_000)]

    found = len(draws(drawn, 7, 0)) / len(drawn)

    assert share(drawn[0]) == SHARES.get(source, 1.0)
    assert found == pytest.approx(SHARES.get(source, 1.0), abs=0.05)


def test_rare_labels_are_drawn_oftener_but_for_our_own_messages_which_are_all_drawn_often() -> None:
    assert share(row(threat=1.0)) == RARE["threat"]
    assert share(row(threat=1.0, identity_attack=1.0)) == max(RARE["threat"], RARE["identity_attack"])
    assert share(row(threat=None)) == 1.0
    assert share(row("a calm day", RECOVERY, threat=1.0)) == SHARES[RECOVERY]


def test_pieces_of_a_long_harmless_text_lie_within_it_and_reach_its_end() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(WINDOW + 3))
    drawn = draws([row(text)] * 400, 7, 0)
    pieces = [draw.text for draw in drawn if len(draw.text) == WINDOW and draw.text in text]

    starts = Counter(text.index(piece) for piece in pieces)

    assert set(starts) == {0, 1, 2, 3}
    assert len(pieces) > 100


@given(st.integers(0, 600), st.integers(0, 5))
def test_a_harmless_piece_is_found_in_its_text(words: int, seed: int) -> None:
    text = numbered(words)

    [draw] = draws([row(text)], seed, 0)

    assert re.sub(r"\W+", " ", draw.text).strip() in text


@pytest.mark.parametrize("labels", [{"toxicity": 1.0}, {"obscene": 1.0}, {"toxicity": None, "threat": 1.0}])
def test_of_a_text_with_any_label_the_beginning_is_kept_as_long_as_can_be(
    labels: dict[str, float | None],
) -> None:
    text = numbered(600)

    found = draws([row(text, **labels)] * 50, 7, 0)

    assert {draw.text.strip() for draw in found} == {text[:LONG_PIECE].strip()}


def test_some_texts_lose_their_punctuation_and_some_get_typos_but_most_stay_as_they_are() -> None:
    text = "Morning, everybody! Tuesday is good."
    found = Counter(draw.text for draw in draws([row(text)] * 1_000, 7, 0))

    assert found[text] > 600
    assert found["morning everybody tuesday is good"] > 100
    assert len(found) > 20


def test_less_of_other_peoples_rows_leaves_ours_as_many() -> None:
    rows = [row("theirs", "jigsaw-binary-raw")] * 500 + [row("ours", RECOVERY)] * 500

    usual, adapted = (draws(rows, 7, 0, others) for others in (1.0, 0.2))

    ours = 500 * SHARES[RECOVERY]
    assert len(usual) == pytest.approx(500 * SHARES["jigsaw-binary-raw"] + ours, rel=0.1)
    assert len(adapted) == pytest.approx(0.2 * 500 * SHARES["jigsaw-binary-raw"] + ours, rel=0.1)
