"""The change log of the guidelines: when which one changed, and how, by the team."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.in_force import SHIPPED
from forum.policies.changes import Piece, changes, plain
from forum.policies.sheets import moment_of, versions
from forum.rendering import Renderer
from forum.spaces.tables import PlaceKind

MOST = 20
"""Changes shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One version of one guideline: what it is called since, and what it said otherwise before."""

    at: datetime
    slug: str
    title: str
    version: int
    pieces: tuple[Piece, ...]


async def change_log(session: AsyncSession, renderer: Renderer) -> list[Change]:
    """Return what changed, the newest first; the first version of each is compared with what ships."""
    said = {one.slug: f"{renderer.say(one.title)}. {renderer.say(one.text)}" for one in SHIPPED}
    log = []
    for slug, version in await versions(session, PlaceKind.GUIDELINE):
        now = f"{version.title}. {plain(version.html)}"
        pieces = changes(said.get(slug, ""), now)
        said[slug] = now
        if pieces:
            log.append(Change(moment_of(version), slug, version.title, version.seq or 0, pieces))
    return log[: -MOST - 1 : -1]
