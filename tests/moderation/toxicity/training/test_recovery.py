"""Claims about our own messages, in recovery.csv: enough of them, all labelled, and parted without a leak."""

import csv
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest

from moderation.toxicity.labels import LABELS, OWN_LABELS
from moderation.toxicity.training.corpus import (
    NOT_LETTERS,
    RECOVERY,
    Part,
    concern_rows,
    known,
    recovery_rows,
)

HARMLESS = {"disagreement", "everyday", "family", "grief", "humour", "identity", "lapse", "medication"}
HARMLESS |= {"quoting", "support", "venting"}
HARMFUL = {"contempt", "identity-attack", "insult", "outing", "shaming", "threat", "veiled"}


def own_table(name: str) -> list[dict[str, str]]:
    with Path(str(files("moderation.toxicity.training") / name)).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_our_own_messages_are_many_of_both_parts_with_every_label_given() -> None:
    rows = recovery_rows()

    assert len(rows) >= 600
    assert {row.source for row in rows} == {RECOVERY}
    assert {row.part for row in rows} == set(Part)
    assert not any(label is None for row in rows for label in row.labels[: len(LABELS)])
    assert all(row.text for row in rows)


def test_each_label_of_our_own_messages_can_be_measured() -> None:
    held_out = [row for row in recovery_rows() if row.part is Part.HELD_OUT]

    assert all({value for _, value in known(held_out, label)} == {0.0, 1.0} for label in LABELS)


def test_our_own_messages_are_of_kinds_we_know_each_harmless_or_harmful() -> None:
    by_kind: dict[str, set[float | None]] = defaultdict(set)
    for row in recovery_rows():
        by_kind[row.kind].add(row.labels[0])

    assert by_kind == {kind: {0.0} for kind in HARMLESS} | {kind: {1.0} for kind in HARMFUL}


@pytest.mark.parametrize("name", ["recovery.csv", "concerns.csv"])
def test_a_pair_of_our_own_messages_is_in_one_part_only(name: str) -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for fields in own_table(name):
        parts[fields["pair"]].add(fields["part"])

    assert "" not in parts
    assert {len(found) for found in parts.values()} == {1}


def test_no_two_of_our_own_messages_have_the_same_letters_and_digits() -> None:
    letters = [NOT_LETTERS.sub("", row.text.casefold()) for row in recovery_rows()]

    assert len(set(letters)) == len(letters)


def test_our_messages_for_our_own_labels_are_many_of_both_parts_and_never_among_the_others() -> None:
    rows = concern_rows()
    held_out = [row for row in rows if row.part is Part.HELD_OUT]

    assert len(rows) >= 15_000
    assert all({value for _, value in known(held_out, label)} == {0.0, 1.0} for label in OWN_LABELS)
    assert len(held_out) > 800
    assert all(len(known(rows, label)) > 0.8 * len(rows) for label in OWN_LABELS)
    assert not {row.text for row in rows} & {row.text for row in recovery_rows()}
