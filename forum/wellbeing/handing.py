"""Handing an item to one's buddy, with a word of why that need not be looked for."""

from dataclasses import dataclass, field
from uuid import UUID

from forum.accounts.sessions import Viewer
from forum.errors import Invalid
from forum.language import N_
from forum.review.claiming import Claim, HandOver, hand_over
from forum.services import Services
from forum.wellbeing.buddies import buddies_of

NO_BUDDY = N_("You have not chosen a buddy yet. Choose one first.")
A_WORD = N_("I would be glad if you took this one.")
"""What the note says when nothing else is written."""


@dataclass(frozen=True, slots=True)
class Handed:
    """An item as it was at `version`, and a word of why if there is one."""

    item_id: UUID
    version: int
    why: str = field(default="", repr=False)


async def hand_to_buddy(services: Services, viewer: Viewer, handed: Handed) -> Claim:
    """Give the item to the viewer's buddy; Invalid without one, and whatever `hand_over` raises."""
    async with services.database.reading() as session:
        buddy = (await buddies_of(session, viewer.id)).mine
    if buddy is None:
        raise Invalid({"buddy": NO_BUDDY})
    why = handed.why.strip() or services.renderer.say(A_WORD)
    return await hand_over(services, HandOver(handed.item_id, handed.version, viewer.id, buddy, why))
