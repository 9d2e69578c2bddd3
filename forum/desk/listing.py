"""The list of what waits, as one moderator sees it: hard words covered, topics left to others left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.desk.wishes import Wish
from forum.language import Words
from forum.rendering import Renderer
from forum.review.filters import Last
from forum.review.items import Kind
from forum.review.queue import Item, Wanted, queue_length, queue_page
from forum.shown import Author
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.covering import is_covered, warning
from forum.wellbeing.leaving import left_by, returned_to

PAGE = 20
"""Of a queue; on a phone on a bad network a page is read to its end before the next is asked for."""
SAME_AGAIN = frozenset({"spam", "links", "flood", "repeats"})
"""Rules whose items look so alike that several can be decided together."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the list."""

    item: Item
    covered: bool
    warning: Words
    holder: Author | None
    """Who looks at it now."""
    mine: bool
    returned: bool
    """Whether it is of a topic that this moderator leaves to others, and nobody took it."""

    @property
    def together(self) -> bool:
        """Whether it can be decided together with others like it."""
        return self.item.kind == Kind.HELD and self.item.rule in SAME_AGAIN and not self.item.urgent


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the queue; `count` is how much waits in all, `more` where the next page begins."""

    rows: tuple[Row, ...]
    count: int
    more: Last | None
    all_of_it: bool = False
    """Whether nothing was left out, so that `count` is how much waits for this moderator at all."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for which page of the queue, and when."""

    viewer: Viewer
    now: datetime
    wish: Wish = field(default_factory=Wish)
    after: Last | None = None
    cover: str | None = None
    """What the viewer wants covered, where that is known already."""


async def listing(session: AsyncSession, renderer: Renderer, asking: Asking) -> Listing:
    """Return the page: nine queries, however long it is."""
    viewer, now = asking.viewer, asking.now
    left = await left_by(session, viewer.id, now)
    filters = asking.wish.filters(now, left)
    found = await queue_page(session, viewer, renderer, Wanted(filters, asking.after, PAGE + 1))
    items = found[:PAGE]
    cover = asking.cover or (await comfort_of(session, viewer.id)).cover
    returned = await returned_to(session, left, [item.id for item in items])
    rows = tuple(_row(item, asking, cover, item.id in returned) for item in items)
    count = await queue_length(session, viewer, filters)
    more = items[-1].last if len(found) > PAGE else None
    return Listing(rows, count, more, all_of_it=asking.wish == Wish() and not left.anything)


def _row(item: Item, asking: Asking, cover: str, returned: bool) -> Row:
    holder = item.held_by(asking.now)
    return Row(
        item=item,
        covered=is_covered(item, cover),
        warning=warning(item, item.rule),
        holder=holder,
        mine=holder is not None and holder.id == asking.viewer.id,
        returned=returned,
    )


def next_of(rows: Sequence[Row], but: UUID | None = None) -> Row | None:
    """Return what to open next: the first that nobody else looks at."""
    return next((row for row in rows if row.item.id != but and (row.holder is None or row.mine)), None)
