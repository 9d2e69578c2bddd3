"""A second opinion: only on other people's labels, and never from who has seen the row."""

import pytest

pytest.importorskip("sklearn")

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import RECOVERY, Part, Row
from moderation.toxicity.training.teaching import TRUST, opinions
from moderation.toxicity.training.teaching import taught as mixed_with

pytestmark = pytest.mark.torch


def row(text: str, toxicity: float | None, source: str = "theirs") -> Row:
    return Row(text, (toxicity, *[None] * (len(ALL_LABELS) - 1)), source, Part.TRAINING)


ROWS = [
    row(f"{'you rude oaf' if number % 2 else 'a calm sea'} number {number}", float(number % 2))
    for number in range(60)
]


def taught(rows: list[Row]) -> list[Row]:
    return mixed_with(rows, opinions(rows))


def test_a_label_moves_towards_what_the_others_teach_and_never_further_than_its_share() -> None:
    odd = row("you rude oaf again", 0.0)

    mixed = taught([*ROWS, odd])

    assert 0.5 * TRUST < (mixed[-1].labels[0] or 0.0) <= TRUST
    assert [one.text for one in mixed] == [one.text for one in (*ROWS, odd)]
    assert all((one.labels[0] or 0.0) > 1 - TRUST for one in mixed[1:60:2])


def test_our_own_labels_and_unknown_ones_stay_as_they_are() -> None:
    ours, unknown = row("you rude oaf, said he", 0.0, RECOVERY), row("you rude oaf", None)

    mixed = taught([*ROWS, ours, unknown])

    assert mixed[-2:] == [ours, unknown]


def test_the_same_rows_are_taught_the_same() -> None:
    assert taught(ROWS) == taught(ROWS)
