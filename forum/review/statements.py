"""The statement of reasons: what was decided about one message, told to whoever wrote it.

It says what article 17 (3) of Regulation (EU) 2022/2065 (DSA) asks for: what was decided and for how long,
the facts, whether a machine found it or decided, the rule, and how to appeal.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.errors import NotFound
from forum.language import Words
from forum.messages.findings import findings_shown
from forum.messages.pages import again_url
from forum.messages.resending import RESENDABLE
from forum.messages.restoring import waits
from forum.messages.tables import Message, State
from forum.review import reason_words as said
from forum.review import told
from forum.review.cases import ReadLetter, case_of, letters_of
from forum.review.decided import (
    appeal_against,
    latest_appeal,
    rulings_about,
    stands_against,
)
from forum.review.told import Appealed, Imposed, Known
from forum.review.waiting import in_words, usual_wait
from forum.services import Services
from forum.spaces.tables import AMONG_MEMBERS, Place, Space


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told, in the order in which it is read; `text` are the author's own words, if they are kept."""

    id: UUID
    heading: Words
    at: datetime
    why: tuple[Words, ...]
    found: Words | None
    decided: Words | None
    means: tuple[Words, ...]
    imposed: tuple[Imposed, ...]
    taken_back: tuple[datetime, ...]
    wait: Words | None
    appeal: Appealed | None
    letters: tuple[ReadLetter, ...]
    title: str
    text: str
    again: str | None
    withdrawable: bool


async def statement_of(services: Services, viewer: Viewer, message_id: UUID) -> Statement:
    """Return the statement; NotFound for anybody but the author, and where nothing was decided."""
    async with services.database.reading() as session:
        message, place, space = await _own(session, viewer, message_id)
        known = await _known(session, message)
        if not told.is_told(known):
            raise NotFound
        case = await case_of(session, message.id, viewer.id)
        kind = {"held": "held", "edit": "edit"}.get(known.outcome)
        wait = await usual_wait(session, kind) if kind else None
        letters = await letters_of(session, case, viewer.id) if case else []
    again = message.state in RESENDABLE and not waits(message) and bool(message.text)
    return Statement(
        id=message.id,
        heading=said.HEADINGS.get(known.outcome, said.OTHERWISE),
        at=message.created_at,
        why=told.why(known),
        found=told.found(known),
        decided=told.who_decided(known),
        means=told.means(known),
        imposed=told.imposed(known),
        taken_back=tuple(one.undone_at for one in known.rulings if one.undone_at and told.was_told(one)),
        wait=in_words(wait) if wait else None,
        appeal=told.appealed(known, services.clock()),
        letters=tuple(letters),
        title=message.title,
        text=message.text,
        again=again_url(place, space, message) if again else None,
        withdrawable=waits(message) and message.state == State.HELD,
    )


async def _own(
    session: AsyncSession, viewer: Viewer, message_id: UUID
) -> tuple[Message, Place, Space | None]:
    message = await session.get(Message, message_id)
    if message is None or message.author_id != viewer.id:
        raise NotFound
    place = await session.get_one(Place, message.place_id)
    if place.kind not in AMONG_MEMBERS:
        raise NotFound
    space = await session.get(Space, place.space_id) if place.space_id else None
    return message, place, space


async def _known(session: AsyncSession, message: Message) -> Known:
    rulings = await rulings_about(session, message.id)
    decided = stands_against(message, rulings)
    appeal = await appeal_against(session, decided) if decided else None
    appeal = appeal or await latest_appeal(session, message.id)
    return Known(message, rulings, await findings_shown(session, message), decided, appeal)
