"""What is told of a month tells of nobody: no count from 1 to 4, and none that follows from the others."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.numbers.attending import CAME, HAD_SEAT, LEFT_WAITING, SIGNED_UP, DateCounts, Way
from forum.numbers.pooling import LEVELS, Block, Pooled, pool
from forum.transparency.suppression import derives_a_small_count
from tests.forum.numbers.seasons import counted

COLUMNS = (SIGNED_UP, HAD_SEAT, CAME, LEFT_WAITING)
counts = st.fixed_dictionaries({way.value: st.integers(0, 9) for way in Way})
dates = st.lists(st.tuples(st.sampled_from(["support", "games", "social"]), counts), min_size=1, max_size=7)


def made(drawn: list[tuple[str, dict[str, int]]]) -> list[DateCounts]:
    """Return the dates that were drawn, in order."""
    return [counted(number, kind, **ways) for number, (kind, ways) in enumerate(drawn)]


def told_rows(pooled: Pooled, cells: list[tuple[DateCounts, Way]]) -> list[list[int]]:
    """Return a row for every number that is told: 1 for each cell of a date and a way that it counts."""
    groups = [[block] for block in pooled.blocks]
    groups += [
        [one for one in pooled.blocks if one.kinds == kinds] for kinds in {b.kinds for b in pooled.blocks}
    ]
    groups.append(list(pooled.blocks))
    return [
        [int(any(date in block.dates for block in group) and way in ways) for date, way in cells]
        for group in groups
        for ways in COLUMNS
        if pooled.told(ways, group) is not None
    ]


@given(drawn=dates)
def test_no_count_from_1_to_4_follows_from_all_that_is_told(drawn: list[tuple[str, dict[str, int]]]) -> None:
    held = made(drawn)
    pooled = pool(held)
    cells = [(date, way) for date in held for way in Way if date.counts[way]]
    rows = told_rows(pooled, cells)

    sizes = [date.counts[way] for date, way in cells]
    if cells and rows:
        assert not derives_a_small_count(sizes, np.array(rows, dtype=np.int64))


@given(drawn=dates)
def test_every_date_is_in_one_block_and_the_sums_are_those_of_the_dates(
    drawn: list[tuple[str, dict[str, int]]],
) -> None:
    held = made(drawn)
    pooled = pool(held)

    assert sorted(date.id for block in pooled.blocks for date in block.dates) == [one.id for one in held]
    for ways in COLUMNS:
        told = pooled.told(ways)
        assert told is None or told == sum(one.count(ways) for one in held)
        assert told is None or not 0 < told < 5


@given(drawn=dates)
def test_every_cell_of_a_block_and_a_part_is_empty_or_has_five(
    drawn: list[tuple[str, dict[str, int]]],
) -> None:
    pooled = pool(made(drawn))

    small = [
        block.count(part) for block in pooled.blocks for part in pooled.parts if 0 < block.count(part) < 5
    ]
    assert small == []


def test_the_check_of_what_follows_would_find_a_date_that_was_told_alone() -> None:
    few, many = counted(1, came=3), counted(2, came=9)
    leaking = Pooled((Block((few,)), Block((many,))), LEVELS[0])
    cells = [(few, Way.CAME), (many, Way.CAME)]

    assert derives_a_small_count([3, 9], np.array(told_rows(leaking, cells), dtype=np.int64))


def test_dates_with_enough_of_everything_are_told_alone_and_in_full() -> None:
    held = [counted(1, came=7, absent=5), counted(2, came=12, waited=6)]
    pooled = pool(held)

    assert [[date.id for date in block.dates] for block in pooled.blocks] == [[one.id] for one in held]
    assert [pooled.told(ways, pooled.blocks[:1]) for ways in COLUMNS] == [12, 12, 7, 0]
    assert [pooled.told(ways) for ways in COLUMNS] == [30, 24, 19, 6]


def test_a_small_date_is_told_with_the_next_of_its_kind() -> None:
    held = [counted(1, came=3), counted(2, "games", came=9), counted(3, came=4), counted(4, came=8)]
    pooled = pool(held)

    blocks = [tuple(held.index(date) for date in block.dates) for block in pooled.blocks]
    assert blocks == [(0, 2), (3,), (1,)]


def test_a_small_kind_is_told_with_the_smallest_other_one() -> None:
    held = [counted(1, came=20), counted(2, "games", came=2), counted(3, "social", came=6)]
    pooled = pool(held)

    assert [block.kinds for block in pooled.blocks] == [{"support"}, {"games", "social"}]
    assert [block.count(CAME) for block in pooled.blocks] == [20, 8]


@pytest.mark.parametrize(
    ("absent", "told"), [(0, [8, 8, 8, 0]), (2, [10, None, None, None]), (5, [13, 13, 8, 0])]
)
def test_who_was_absent_cannot_be_worked_out_where_they_were_few(absent: int, told: list[int | None]) -> None:
    pooled = pool([counted(1, came=8, absent=absent)])

    assert [pooled.told(ways) for ways in COLUMNS] == told


def test_of_fewer_than_five_in_all_nothing_is_told() -> None:
    for few, more in combinations(range(3), 2):
        pooled = pool([counted(1, came=few), counted(2, "games", maybe=more)])

        assert (pooled.parts, [pooled.told(ways) for ways in COLUMNS]) == ((), [None] * 4)


def test_of_dates_to_which_nobody_signed_up_that_is_told() -> None:
    pooled = pool([counted(1), counted(2)])

    assert [pooled.told(ways) for ways in COLUMNS] == [0] * 4
    assert pool([]).told(CAME) == 0
