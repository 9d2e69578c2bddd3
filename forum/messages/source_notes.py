"""Source notes in the team's own words: the version in force of each, and how its parts stand in one text."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.language import Words
from forum.messages.tables import Message, State
from forum.notes.notes import SECURE, Note, note_of
from forum.spaces.tables import Place, PlaceKind

PARTS = 4
"""Statement, source, page and day of review: a line each."""


def as_text(note: Note) -> str:
    """Return a note as the text that goes through the door."""
    return "\n\n".join((note.statement.msgid, note.source, note.page, note.reviewed.isoformat()))


def from_text(claim_class: str, text: str) -> Note | None:
    """Return the note that a text is; None where it is none, so that what ships is shown."""
    parts = [line.strip() for line in text.splitlines() if line.strip()]
    if len(parts) != PARTS or not SECURE.fullmatch(parts[2]):
        return None
    try:
        reviewed = date.fromisoformat(parts[3])
    except ValueError:
        return None
    return Note(claim_class, Words(parts[0]), parts[1], parts[2], reviewed)


async def notes_in_force(session: AsyncSession, classes: Collection[str]) -> Mapping[str, Note]:
    """Return the notes on these classes, the team's before ours: one query, or none for none."""
    wanted = set(filter(None, classes))
    found = {name: note for name in wanted if (note := note_of(name)) is not None}
    if not found:
        return found
    query = (
        select(Place.name, Message.text)
        .join(Message, col(Message.place_id) == col(Place.id))
        .where(
            Place.kind == PlaceKind.SOURCE_NOTE,
            col(Place.name).in_(found),
            Message.state == State.PUBLISHED,
        )
        .order_by(col(Message.seq))
    )
    for name, text in (await session.exec(query)).all():
        found[name] = from_text(name, text) or found[name]
    return found
