"""Finds every detail of a text, tells whose it is, and leaves no two that overlap."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from moderation.details.addresses import addresses
from moderation.details.birthdays import birthdays
from moderation.details.clinicians import clinicians
from moderation.details.coordinates import coordinates
from moderation.details.detail import Detail, What
from moderation.details.emails import emails
from moderation.details.handles import handles
from moderation.details.identifiers import identifiers
from moderation.details.names import names
from moderation.details.numerals import in_digits
from moderation.details.owners import others
from moderation.details.payments import payments
from moderation.details.phones import phones
from moderation.details.reading import Reading, read
from moderation.details.workplaces import workplaces
from moderation.draft import Draft, Kind

Recogniser = Callable[[str], Iterator[Detail]]

TO_REACH: tuple[Recogniser, ...] = (emails, payments, identifiers)
"""With telephone numbers, what no name may carry either."""
LIST = 40
"""Details from which a text is a list: whose the rest are is not asked, they count as others'."""
TO_FIND: tuple[Recogniser, ...] = (handles, coordinates, addresses, birthdays, clinicians, workplaces, names)
BESIDE_ADDRESSES = tuple(one for one in TO_REACH + TO_FIND if one is not addresses)
"""What a venue may not tell. Addresses are not looked for there, rather than let pass once found: one that is
found takes in what it overlaps, and a telephone number behind a street would go with it."""
LOOKED_FOR: Mapping[Kind, tuple[Recogniser, ...]] = {Kind.NAME: TO_REACH, Kind.VENUE: BESIDE_ADDRESSES}


def details(draft: Draft) -> tuple[Detail, ...]:
    """Return the details in `draft.words`, in order and apart; in a name, those to reach or rob somebody.

    In a venue an address is none. Two stages ask about the same draft, so the last few answers are kept.
    """
    return _details(draft.words, draft.policy.numbers, LOOKED_FOR.get(draft.kind, TO_REACH + TO_FIND))


@lru_cache(maxsize=4)
def _details(words: str, numbers: frozenset[str], recognisers: tuple[Recogniser, ...]) -> tuple[Detail, ...]:
    reading = in_digits(read(words))
    text = reading.text
    found = [*phones(text, numbers), *(detail for recogniser in recognisers for detail in recogniser(text))]
    apart = list(_apart(found))
    return tuple(_placed(reading, apart[:LIST])) + tuple(_listed(reading, apart[LIST:]))


def _apart(found: Iterable[Detail]) -> Iterator[Detail]:
    """Yield one detail for those that overlap, from first start to last end, named as the longest is."""
    held: Detail | None = None
    longest = 0
    for detail in sorted(found, key=lambda one: one.start):
        if held is None or detail.start >= held.end:
            if held is not None:
                yield held
            held, longest = detail, detail.end - detail.start
            continue
        longer = detail.end - detail.start > longest
        longest = max(longest, detail.end - detail.start)
        held = Detail(
            held.start,
            max(held.end, detail.end),
            detail.what if longer else held.what,
            held.others or detail.others,
        )
    if held is not None:
        yield held


def _placed(reading: Reading, found: Iterable[Detail]) -> Iterator[Detail]:
    for detail in found:
        start, end = reading.where(detail.start, detail.end)
        named = detail.what is What.NAME
        theirs = detail.others if named else others(reading.text, detail.start, detail.end)
        yield Detail(start, end, detail.what, theirs)


def _listed(reading: Reading, found: Iterable[Detail]) -> Iterator[Detail]:
    for detail in found:
        yield Detail(*reading.where(detail.start, detail.end), detail.what, others=True)
