"""Revising a page that the team keeps: a new version through the one door, in force at once."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from forum.messages.publishing import submit
from forum.messages.submission import Answer, Choice, Leaf, Submission
from forum.policies.keeping import refresh
from forum.policies.sheets import Sheet
from forum.services import Services
from forum.spaces.tables import Place


@dataclass(frozen=True, slots=True)
class Revision:
    """A new version of a page, made on `version` (0: on what ships); the same nonce is the same version."""

    sheet: Sheet
    author_id: UUID
    version: int
    title: str
    text: str = field(repr=False)
    nonce: UUID = field(default_factory=uuid4)
    choice: Choice = Choice.NONE


async def revise(services: Services, revision: Revision) -> Answer:
    """Send a new version through the door and answer what became of it.

    Raises NotFound for whoever may not keep this page, Conflict where it has changed since; what the pipeline
    holds waits at the desk for somebody else of the team.
    """
    await _open_place(services, revision.sheet)
    leaf = Leaf(revision.sheet.place_id, revision.title, revision.version)
    submission = Submission(leaf, revision.author_id, revision.text, revision.nonce, revision.choice)
    answer = await submit(services, submission)
    await refresh(services)
    return answer


async def _open_place(services: Services, sheet: Sheet) -> None:
    async with services.database.reading() as session:
        if await session.get(Place, sheet.place_id) is not None:
            return
    now = services.clock()
    place = Place(id=sheet.place_id, kind=sheet.kind, name=sheet.key, last_at=now, created_at=now)
    try:
        async with services.database.transaction() as tx:
            tx.session.add(place)
    except IntegrityError:
        return  # somebody else was faster
