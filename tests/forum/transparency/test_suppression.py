"""No count from 1 to 4 is told, and none follows from what is told."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.transparency.suppression import derives_a_small_count, publish
from forum.transparency.told import LEAST, Told

Pair = tuple[str, str, str]
TABLES: dict[str, Callable[[Pair], str]] = {
    "first": lambda cell: cell[0],
    "second": lambda cell: cell[1],
    "third": lambda cell: cell[2],
}
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("efg"), st.sampled_from("hi")),
    st.integers(1, 12),
    max_size=9,
)


def rank(rows: Sequence[Sequence[int]]) -> int:
    """Return the rank over the rationals: slow and plain, to hold the fast and clever one to it."""
    left, found = [[Fraction(value) for value in row] for row in rows], 0
    while left:
        row = left.pop()
        pivot = next((at for at, value in enumerate(row) if value), None)
        if pivot is None:
            continue
        found += 1
        left = [
            [value - one[pivot] / row[pivot] * mine for value, mine in zip(one, row, strict=True)]
            for one in left
        ]
    return found


def follows(cells: dict[Pair, int], rows: Sequence[Sequence[int]]) -> bool:
    """Try every set of cells with 1 to 4 decisions in all: does its count follow from what is told?"""
    counts, whole = list(cells.values()), rank(rows)
    for size in range(1, LEAST):
        for chosen in combinations(range(len(counts)), size):
            if sum(counts[at] for at in chosen) < LEAST:
                wanted = [int(at in chosen) for at in range(len(counts))]
                if rank([*rows, wanted]) == whole:
                    return True
    return False


def rows_told(cells: dict[Pair, int], told: dict[str, Told]) -> list[list[int]]:
    """Return what each published number counts: 1 for a cell in it, else 0; the total comes first."""
    rows = [[1] * len(cells)]
    for name, table in told.items():
        shown = [category for category, _ in table.rows]
        groups = [TABLES[name](cell) for cell in cells]
        rows += [[int(one == category) for one in groups] for category in shown]
        rows += [[int(one not in shown) for one in groups]] if table.others else []
    return rows


@given(CELLS)
@settings(max_examples=200)
def test_no_count_from_1_to_4_follows_from_all_tables_together(cells: dict[Pair, int]) -> None:
    told = publish(cells, TABLES)

    if sum(cells.values()) < LEAST:
        assert set(told.values()) <= {Told(())}
    else:
        assert not follows(cells, rows_told(cells, told))


@given(CELLS)
@settings(max_examples=200)
def test_what_is_told_is_true_and_adds_up(cells: dict[Pair, int]) -> None:
    total = sum(cells.values())

    for name, table in publish(cells, TABLES).items():
        true: Counter[str] = Counter()
        for cell, count in cells.items():
            true[TABLES[name](cell)] += count
        assert all(count == true[category] >= LEAST for category, count in table.rows)
        assert table.others == 0 or table.others >= LEAST
        assert sum(count for _, count in table.rows) + table.others == (total if total >= LEAST else 0)


@given(
    CELLS.filter(bool),
    st.lists(st.lists(st.integers(0, 1), min_size=9, max_size=9), min_size=1, max_size=6),
)
@settings(max_examples=200)
def test_the_quick_search_finds_what_the_slow_one_finds(
    cells: dict[Pair, int], drawn: list[list[int]]
) -> None:
    rows = [row[: len(cells)] for row in drawn]

    found = derives_a_small_count(list(cells.values()), np.array(rows, dtype=np.int64))

    assert found == follows(cells, rows)


def test_a_small_category_takes_another_with_it() -> None:
    told = publish({("a", "e", "h"): 20, ("b", "e", "h"): 3, ("c", "e", "h"): 9}, TABLES)

    assert told["first"] == Told((("a", 20),), others=12)


def test_two_small_categories_are_told_together_if_that_is_enough() -> None:
    told = publish({("a", "e", "h"): 20, ("b", "e", "h"): 3, ("c", "e", "h"): 4}, TABLES)

    assert told["first"] == Told((("a", 20),), others=7)


def test_a_later_table_does_not_give_away_what_an_earlier_one_hides() -> None:
    """Of 23, 20 are `a`; if the second table told 20 and 3 more in two parts, the 3 would be known."""
    told = publish({("a", "e", "h"): 20, ("b", "f", "h"): 3, ("c", "f", "h"): 6}, TABLES)

    assert told["first"] == Told((("a", 20),), others=9)
    assert told["second"] == Told((("e", 20), ("f", 9)))


def test_two_tables_that_differ_by_a_few_are_not_both_told() -> None:
    told = publish({("a", "e", "h"): 20, ("a", "f", "h"): 3, ("b", "f", "h"): 20}, TABLES)

    assert told["first"].rows == (("a", 23), ("b", 20))
    assert told["second"] == Told((), others=43)
