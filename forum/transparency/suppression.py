"""Small counts stay unknown: what is published is grouped until no count from 1 to 4 follows from it.

Every table divides the same decisions, so hiding one number in one table is not enough: it may follow from a
total, or from another table. Here categories are put together until it does not. What is put together is at
least five, so totals are always those of the decisions. That five is the least is our own choice; the method
is complementary suppression in linked tables (Hundepool et al. 2012, Statistical Disclosure Control).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from forum.transparency.told import LEAST, Told

PRIME = 2_147_483_647
"""A Mersenne prime: two numbers below it can be multiplied in 64 bits, so that ranks are exact."""
ROOT = 16_807
"""A primitive root of it (Park and Miller 1988), whose powers mark columns."""

C = TypeVar("C")


def publish(cells: Mapping[C, int], tables: Mapping[str, Callable[[C], str]]) -> dict[str, Told]:
    """Return the tables of these cells, the most important first, grouped so that together they are safe.

    Whoever knows which cells are empty, and adds and subtracts published counts as they like, never gets the
    count of any set of cells if that is from 1 to 4. Of fewer than five decisions in all, nothing is told.
    """
    total = sum(cells.values())
    if total < LEAST:
        return {name: Told(()) for name in tables}
    done: dict[str, Told] = {}
    known: list[NDArray[np.int64]] = [np.ones((1, len(cells)), dtype=np.int64)]
    for name, category in tables.items():
        categories = [category(cell) for cell in cells]
        shown = _settle(list(cells.values()), categories, known)
        known.append(_blocks(categories, shown))
        counts = _counts(cells.values(), categories)
        rows = sorted(((one, counts[one]) for one in shown), key=lambda row: (-row[1], row[0]))
        done[name] = Told(tuple(rows), total - sum(count for _, count in rows))
    return done


def _counts(counts: Iterable[int], categories: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for category, count in zip(categories, counts, strict=True):
        found[category] += count
    return found


def _settle(counts: Sequence[int], categories: Sequence[str], known: list[NDArray[np.int64]]) -> set[str]:
    """Return the categories that can be told apart, beside what is known from the tables before."""
    found = sorted(_counts(counts, categories).items(), key=lambda one: (one[1], one[0]))
    order = [category for category, count in found if count >= LEAST]
    return next((few for few in _choices(order) if _is_safe(counts, categories, few, known)), set())


def _choices(order: Sequence[str]) -> Iterator[set[str]]:
    """Yield what may be told apart: everything, all but one, and so on, giving up the smallest first."""
    yield set(order)
    for at in range(len(order)):
        yield from (set(order[at:]) - {one} for one in order[at:])


def _is_safe(
    counts: Sequence[int], categories: Sequence[str], shown: set[str], known: list[NDArray[np.int64]]
) -> bool:
    pooled = sum(count for count, one in zip(counts, categories, strict=True) if one not in shown)
    if 0 < pooled < LEAST:
        return False
    return not derives_a_small_count(counts, np.vstack([*known, _blocks(categories, shown)]))


def _blocks(categories: Sequence[str], shown: set[str]) -> NDArray[np.int64]:
    """Return a row for every published number of a table: 1 where a cell counts in it, else 0."""
    rows = [[int(one == name) for one in categories] for name in sorted(shown)]
    return np.array([*rows, [int(one not in shown) for one in categories]], dtype=np.int64)


def derives_a_small_count(counts: Sequence[int], published: NDArray[np.int64]) -> bool:
    """Tell whether sums and differences of published rows give a set of cells with 1 to 4 decisions in all.

    `published` has a row for every number and a column for every cell. All cells hold at least one decision,
    so such a set has four cells at most. It follows from the rows if, and only if, its indicator lies in
    their span: with the rows reduced, if the marks of its cells add up to nothing. (Modulo a prime; should
    marks ever add up by chance, too much is hidden, never too little.)
    """
    marks = _marks(published)
    few = [(count, int(mark)) for count, mark in zip(counts, marks, strict=True) if count < LEAST]
    before: dict[int, int] = {0: 0}  # the marks of up to two cells that came before, and their least count
    for at, (count, mark) in enumerate(few):
        for more, its_mark in ((0, 0), *few[at + 1 :]):
            rest = before.get((-mark - its_mark) % PRIME)
            if rest is not None and rest + count + more < LEAST:
                return True
        for other, its_mark in ((0, 0), *few[:at]):
            key = (mark + its_mark) % PRIME
            before[key] = min(before.get(key, LEAST), count + other)
    return False


def _marks(published: NDArray[np.int64]) -> NDArray[np.int64]:
    reduced, pivots = _reduced(published % PRIME)
    free = np.setdiff1d(np.arange(reduced.shape[1]), pivots)
    powers = np.array([pow(ROOT, int(column) + 1, PRIME) for column in free], dtype=np.int64)
    marks = np.zeros(reduced.shape[1], dtype=np.int64)
    marks[free] = -powers % PRIME
    for row, pivot in enumerate(pivots):
        marks[pivot] = int(np.sum(reduced[row, free] * powers % PRIME) % PRIME)
    return marks


def _reduced(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[int]]:
    """Return the reduced row echelon form modulo the prime, and the columns of its pivots."""
    rows, pivots = rows.copy(), list[int]()
    for column in range(rows.shape[1]):
        below = np.flatnonzero(rows[len(pivots) :, column])
        if not below.size:
            continue
        here, found = len(pivots), len(pivots) + int(below[0])
        rows[[here, found]] = rows[[found, here]]
        rows[here] = rows[here] * pow(int(rows[here, column]), -1, PRIME) % PRIME
        factors = rows[:, column].copy()
        factors[here] = 0
        rows = (rows - factors[:, None] * rows[here][None, :] % PRIME) % PRIME
        pivots.append(column)
        if len(pivots) == len(rows):
            break
    return rows, pivots
