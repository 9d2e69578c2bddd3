"""Cases: letters between the moderation team and one member about one message, and the team's own notes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.accounts.team import is_moderator
from forum.database import Transaction
from forum.errors import Forbidden, Invalid, NotFound
from forum.language import N_, Words
from forum.messages.answering import refusal
from forum.messages.explanations import explain
from forum.messages.publishing import submit
from forum.messages.submission import Asked, Choice, Published, Refused, Reply, Submission
from forum.messages.tables import Message, State
from forum.review.tables import Case
from forum.services import Services
from forum.spaces.tables import Place, PlaceKind
from moderation.markup import CleanHtml

EMPTY = N_("Write something first.")
THE_TEAM = N_("The moderation team")
"""Who writes to a member: moderators' names are not shown."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The team's words to a member; `about_id` is the message they are about, None for the member's handle.

    The same `nonce` again is the same letter.
    """

    about_id: UUID | None
    account_id: UUID
    author_id: UUID
    text: str = field(repr=False)
    nonce: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of the team's about a message; moderators read it, but nobody whose message it is about."""

    about_id: UUID | None
    account_id: UUID
    author_id: UUID
    text: str = field(repr=False)
    nonce: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter as it is read; `author` is a handle, or None for the moderation team as its member sees it."""

    id: UUID
    author: str | None
    mine: bool
    html: CleanHtml
    at: datetime
    waits: bool = False
    """Whether it is still to be looked at, so that only its author and moderators read it."""


async def letter(services: Services, wanted: Letter) -> UUID:
    """Send the team's words to the member, and return the message's id; no transaction may be open.

    Raises Invalid("letter") with the pipeline's reason for what it does not publish at once, and then keeps
    nothing; Forbidden for one's own case, NotFound for whoever is no moderator.
    """
    return await _write(services, wanted, PlaceKind.CASE)


async def remark(services: Services, wanted: Remark) -> UUID:
    """Keep a note of the team's, and return the message's id; no transaction may be open.

    Raises Invalid("why") as `letter` does. A note may quote, so no kinder words are suggested.
    """
    return await _write(services, wanted, PlaceKind.NOTES)


async def _write(services: Services, wanted: Letter | Remark, kind: PlaceKind) -> UUID:
    name = "letter" if kind is PlaceKind.CASE else "why"
    if not wanted.text.strip():
        raise Invalid({name: EMPTY})
    async with services.database.transaction() as tx:
        await _check(tx, wanted)
        place_id = await place_of(tx, wanted.about_id, wanted.account_id, kind, services.clock())
    choice = Choice.NONE if kind is PlaceKind.CASE else Choice.AS_IT_IS
    submission = Submission(Reply(place_id), wanted.author_id, wanted.text, wanted.nonce, choice)
    answer = await submit(services, replace(submission, only_if_published=True))
    match answer:
        case Published(message_id=message_id):
            return message_id
        case Refused() | Asked():
            raise Invalid({name: _reason(answer)})
    raise AssertionError("nothing of the team's waits")


def _reason(answer: Refused | Asked) -> Words:
    if isinstance(answer, Refused):
        return refusal(answer)
    asking = sorted((one for one in answer.findings if one.outcome.asks), key=lambda one: -one.outcome)
    return explain(asking)[0]


async def _check(tx: Transaction, wanted: Letter | Remark) -> None:
    author = await tx.session.get(Account, wanted.author_id)
    if not is_moderator(author):
        raise NotFound
    if wanted.author_id == wanted.account_id:
        raise Forbidden(N_("This is about you. Somebody else has to write it."))


async def place_of(
    tx: Transaction, about_id: UUID | None, account_id: UUID, kind: PlaceKind, now: datetime
) -> UUID:
    """Return the place of a case's letters (kind `case`) or notes, made when somebody first writes there."""
    # Whoever else writes first waits at this row, so that there is one case and one place of each kind.
    if await tx.session.get(Account, account_id, with_for_update=True) is None:
        raise NotFound
    case = await case_of(tx.session, about_id, account_id) or Case(about_id=about_id, account_id=account_id)
    known = case.letters_id if kind is PlaceKind.CASE else case.notes_id
    if known is not None:
        return known
    place = Place(kind=kind, member_id=account_id, last_at=now, created_at=now)
    tx.session.add(place)
    await tx.session.flush()
    if kind is PlaceKind.CASE:
        case.letters_id = place.id
    else:
        case.notes_id = place.id
    tx.session.add(case)
    return place.id


async def case_of(session: AsyncSession, about_id: UUID | None, account_id: UUID) -> Case | None:
    """Return the case about a message and its author, or about the author's handle, if there is one."""
    about = col(Case.about_id).is_(None) if about_id is None else Case.about_id == about_id
    return (await session.exec(select(Case).where(about, Case.account_id == account_id))).first()


async def letters_of(session: AsyncSession, case: Case, reader_id: UUID) -> list[ReadLetter]:
    """Return a case's letters, the oldest first: to its member they come from the moderation team."""
    return await _read(session, case.letters_id, case, reader_id)


async def remarks_of(session: AsyncSession, case: Case, reader_id: UUID) -> list[ReadLetter]:
    """Return the team's notes about a case, the oldest first; none for whom they are about."""
    return [] if reader_id == case.account_id else await _read(session, case.notes_id, case, reader_id)


async def _read(
    session: AsyncSession, place_id: UUID | None, case: Case, reader_id: UUID
) -> list[ReadLetter]:
    if place_id is None:
        return []
    query = (
        select(Message, Account.handle)
        .join(Account, col(Account.id) == col(Message.author_id))
        .where(Message.place_id == place_id, col(Message.state).in_([State.PUBLISHED, State.HELD]))
        .order_by(col(Message.created_at), col(Message.id))
    )
    return [
        ReadLetter(
            id=message.id,
            author=None if reader_id == case.account_id != message.author_id else handle,
            mine=message.author_id == reader_id,
            html=message.html,
            at=message.created_at,
            waits=message.state == State.HELD,
        )
        for message, handle in (await session.exec(query)).all()
    ]
