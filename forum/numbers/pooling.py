"""Small counts stay unknown: dates of a month are put together until no count of people is from 1 to 4.

A month's dates are parted into blocks, and the ways to end up after signing up (`Way`) into parts: once for
all that is told of the month, by date, by kind, on the page and in both files. Each block holds 0, or at
least five, of each part. Whatever is told is a sum over blocks and parts, so whatever follows from it by
adding and subtracting counts whole cells of a block and a part, and none of these has 1 to 4 people in it.
(Microaggregation: Hundepool et al. 2012, Statistical Disclosure Control; that five is the least is the
choice of `transparency/told.py`.)

What is counted is who came to what: five at two dates together may be three people. And nobody is kept from
seeing that dates were put together, and which.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forum.numbers.attending import CAME, LEFT_WAITING, SIGNED_UP, DateCounts, Way, Ways
from forum.transparency.told import LEAST

Parts = tuple[Ways, ...]

ABSENT: Ways = frozenset({Way.ABSENT})
NOT_SEATED: Ways = frozenset({Way.WAITED, Way.MAYBE})
LEVELS: tuple[Parts, ...] = (
    (CAME, ABSENT, LEFT_WAITING, frozenset({Way.MAYBE})),
    (CAME, ABSENT, NOT_SEATED),
    (CAME, ABSENT | NOT_SEATED),
    (SIGNED_UP,),
)
"""How finely the ways may be parted, the finest first."""


@dataclass(frozen=True, slots=True)
class Block:
    """Dates that are told together, most often one; of one kind, unless a kind was too small by itself."""

    dates: tuple[DateCounts, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """What kinds of gathering these are."""
        return frozenset(one.kind for one in self.dates)

    def count(self, ways: Ways) -> int:
        """Return how many ended up in one of these ways."""
        return sum(one.count(ways) for one in self.dates)


@dataclass(frozen=True, slots=True)
class Pooled:
    """What can be told of some dates; without parts nothing can but that there were few."""

    blocks: tuple[Block, ...]
    parts: Parts

    def told(self, ways: Ways, blocks: Iterable[Block] | None = None) -> int | None:
        """Return the sum over these blocks (all of them), or None where it is not told."""
        whole = frozenset().union(*(part for part in self.parts if part <= ways))
        if whole != ways:
            return None
        return sum(block.count(ways) for block in (self.blocks if blocks is None else blocks))


def pool(dates: Sequence[DateCounts]) -> Pooled:
    """Return the dates in blocks, in the way that tells the most; the finest parts where two tell alike.

    How many came, and each kind apart, are worth more than single dates.
    """
    tried = [Pooled(blocks, parts) for parts in LEVELS if (blocks := _blocks(dates, parts)) is not None]
    if not tried:
        return Pooled((Block(tuple(dates)),), ())
    return max(tried, key=_worth)


def _worth(pooled: Pooled) -> tuple[bool, int, int]:
    alone = {block.kinds for block in pooled.blocks if len(block.kinds) == 1}
    return CAME in pooled.parts, len(alone), len(pooled.blocks) * len(pooled.parts)


def _blocks(dates: Sequence[DateCounts], parts: Parts) -> tuple[Block, ...] | None:
    """Return safe blocks of all dates, or None where even all of them together are not safe."""
    by_kind: dict[str, list[DateCounts]] = {}
    for one in dates:
        by_kind.setdefault(one.kind, []).append(one)
    done: dict[str, list[Block]] = {}
    rest: list[DateCounts] = []
    for kind, ours in by_kind.items():
        blocks = _in_order(ours, parts)
        if blocks is None:
            rest += ours
        else:
            done[kind] = blocks
    while not _is_safe(rest, parts):
        if not done:
            return None
        rest += by_kind[_smallest(by_kind, done)]
        del done[_smallest(by_kind, done)]
    together = [Block(tuple(sorted(rest, key=lambda one: one.starts_at)))] if rest else []
    return (*(block for blocks in done.values() for block in blocks), *together)


def _smallest(by_kind: Mapping[str, Sequence[DateCounts]], among: Iterable[str]) -> str:
    return min(among, key=lambda kind: (sum(one.count() for one in by_kind[kind]), kind))


def _in_order(dates: Sequence[DateCounts], parts: Parts) -> list[Block] | None:
    """Return safe blocks of one kind: each date alone if it can be, else with those that follow."""
    blocks: list[Block] = []
    open_: list[DateCounts] = []
    for one in dates:
        open_.append(one)
        if _is_safe(open_, parts):
            blocks.append(Block(tuple(open_)))
            open_ = []
    while open_ and not _is_safe(open_, parts):
        if not blocks:
            return None
        open_ = [*blocks.pop().dates, *open_]
    return [*blocks, Block(tuple(open_))] if open_ else blocks


def _is_safe(dates: Sequence[DateCounts], parts: Parts) -> bool:
    block = Block(tuple(dates))
    return not any(0 < block.count(part) < LEAST for part in parts)
