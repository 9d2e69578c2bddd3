"""A gathering's words: its title and text, a leaf in a place that may be shared while they are the same."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.calendar.tables import Gathering
from forum.messages.leaves import current_in
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Choice, Leaf, Submission
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.tables import Place, PlaceKind
from moderation.markup import tidy

LIVING = (State.PUBLISHED, State.HELD, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Words:
    """What a manager wants it to say; the same nonce again is the same version."""

    author_id: UUID
    title: str
    text: str = field(repr=False)
    nonce: UUID
    choice: Choice = Choice.NONE
    based_on: int = 0
    """The version that the form was opened on."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a gathering's own words stand: a place that bears its id as its name."""

    place_id: UUID
    gathering_id: UUID
    space_id: UUID
    is_new: bool = True
    """Whether it is apart from where its words stood so far."""


async def home_of(session: AsyncSession, gathering: Gathering) -> Home:
    """Return the place of its own words: the one it has, unless another gathering shares it.

    Otherwise it is one that may not be there yet: where words of its own wait already, or a new one.
    """
    place = await session.get_one(Place, gathering.place_id)
    if place.space_id is None:
        raise RuntimeError("a gathering's place is in no space")
    others = select(Gathering.id).where(Gathering.place_id == place.id, Gathering.id != gathering.id)
    if place.name == str(gathering.id) and (await session.exec(others)).first() is None:
        return Home(place.id, gathering.id, place.space_id, is_new=False)
    return Home(uuid5(gathering.id, f"words:{place.id}"), gathering.id, place.space_id)


async def says(session: AsyncSession, place_id: UUID, title: str, text: str) -> bool:
    """Whether a place says just this, or will once somebody has let it pass: then it is not sent again."""
    latest, now = await latest_words(session, place_id), await current_in(session, place_id)
    waits = latest if latest is not None and latest.state == State.HELD else None
    said = (tidy(title), tidy(text))
    return any((one.title, one.text) == said for one in (now, waits) if one is not None)


async def latest_words(session: AsyncSession, place_id: UUID) -> Message | None:
    """Return the newest words in a place, published or not: what a manager goes on writing from."""
    query = (
        select(Message)
        .where(Message.place_id == place_id, col(Message.state).in_(LIVING))
        .order_by(col(Message.created_at).desc(), col(Message.id).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def say_words(services: Services, home: Home, words: Words) -> Answer:
    """Send the words through the door and answer what became of them.

    Raises NotFound for whoever may not manage, Conflict where they have changed since the form was opened, or
    while an earlier version waits for a person.
    """
    await _open(services, home)
    async with services.database.reading() as session:
        now = await current_in(session, home.place_id)
    here = (now.seq or 0) if now else 0
    leaf = Leaf(home.place_id, words.title, here if home.is_new else words.based_on)
    return await submit(services, Submission(leaf, words.author_id, words.text, words.nonce, words.choice))


async def _open(services: Services, home: Home) -> None:
    """Make the place; it is empty, and nobody sees it, until words are published in it."""
    now = services.clock()
    async with services.database.transaction() as tx:
        if await tx.session.get(Place, home.place_id) is None:
            tx.session.add(
                Place(
                    id=home.place_id,
                    kind=PlaceKind.GATHERING,
                    space_id=home.space_id,
                    name=str(home.gathering_id),
                    last_at=now,
                    created_at=now,
                )
            )


async def published_in(session: AsyncSession, place_id: UUID) -> bool:
    """Whether words are published in a place; it stays locked, so that none can be before the commit."""
    await session.get_one(Place, place_id, with_for_update=True, populate_existing=True)
    return await current_in(session, place_id) is not None
