"""One item, opened: everything that a moderator is shown of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.desk.context import Around, around
from forum.desk.deciding import Choice, choices_for, measures_for
from forum.desk.playbook import Playbook, playbook_of
from forum.desk.records import Reported, Ruled, Standing, reports_where, rulings_where, standing_of
from forum.errors import Forbidden, ForumError, NotFound
from forum.messages.tables import Message
from forum.messages.views import author_of
from forum.rendering import Renderer
from forum.review.answering import appeal_of
from forum.review.cases import ReadLetter, case_of, letters_of, remarks_of
from forum.review.eligibility import ASKED_OTHERS, OWN_RULING, objection
from forum.review.items import URGENT, Kind
from forum.review.matters import Matter, latest_item
from forum.review.tables import Appeal, Report, ReviewItem, Ruling
from forum.review.who import who_is
from forum.shown import Author
from forum.spaces.tables import Place
from moderation.markup import CleanHtml

STILL_READ = (ASKED_OTHERS, OWN_RULING)
"""What one may read, though somebody else decides."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opens it, and when."""

    viewer: Viewer
    now: datetime
    renderer: Renderer


@dataclass(frozen=True, slots=True)
class Pleaded:
    """An appeal: the author's words, against which decision, and what became of it."""

    html: CleanHtml
    at: datetime
    against: Ruled | None
    """None where the machine decided."""
    outcome: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An item with all that is shown of it; `objection` is why this moderator does not decide."""

    item: ReviewItem
    author: Author
    standing: Standing
    around: Around | None
    holder: Author | None
    """Whose claim is live."""
    objection: ForumError | None
    choices: tuple[Choice, ...]
    measures: tuple[str, ...]
    rulings: list[Ruled]
    """Decisions about the same message or handle."""
    past: list[Ruled]
    """Other decisions about the same member."""
    reports: list[Reported]
    letters: list[ReadLetter]
    remarks: list[ReadLetter]
    playbook: Playbook | None
    plea: Pleaded | None
    reported_as: str

    @property
    def mine(self) -> bool:
        """Whether this moderator can decide on it now."""
        return self.objection is None

    @property
    def note(self) -> str:
        """The source note that would fit, from what was found."""
        findings = self.around.findings if self.around else ()
        return next((one.kind for one in findings if one.rule == "claim"), "")


async def find_item(session: AsyncSession, either: UUID) -> ReviewItem:
    """Return the item of this id, or the one about a message of this id: the open one, else the last."""
    item = await session.get(ReviewItem, either) or await latest_item(session, either)
    if item is None:
        about = select(ReviewItem).where(ReviewItem.message_id == either).order_by(col(ReviewItem.id).desc())
        item = (await session.exec(about.limit(1))).first()
    if item is None:
        raise NotFound
    return item


async def open_item(session: AsyncSession, item: ReviewItem, reader: Reader) -> Opened:
    """Return the item as this moderator reads it; Forbidden for what is about themselves or a conflict."""
    who = await who_is(session, reader.viewer.id, item)
    error = objection(who, item, item.version, reader.now)
    if isinstance(error, NotFound) or (isinstance(error, Forbidden) and error.words not in STILL_READ):
        raise error
    message = await session.get(Message, item.message_id) if item.message_id else None
    place = await session.get(Place, message.place_id) if message else None
    author = await session.get_one(Account, item.account_id)
    shown = await around(session, reader.renderer, message, place) if message and place else None
    same = _about(item)
    case = await case_of(session, item.message_id, item.account_id)
    rulings = await rulings_where(session, reader.viewer, reader.now, same)
    return Opened(
        item=item,
        author=author_of(author),
        standing=await standing_of(session, author, reader.now),
        around=shown,
        holder=await _holder(session, item, reader.now),
        objection=error,
        choices=choices_for(Matter(item, message), shown.findings if shown else ())
        if not item.closed_at
        else (),
        measures=measures_for(reader.viewer, place),
        rulings=rulings,
        past=await rulings_where(
            session, reader.viewer, reader.now, (col(Ruling.account_id) == item.account_id) & ~same
        ),
        reports=await reports_where(session, _reports_about(item)),
        letters=await letters_of(session, case, reader.viewer.id) if case else [],
        remarks=await remarks_of(session, case, reader.viewer.id) if case else [],
        playbook=await playbook_of(session, message.id) if message and item.lane == URGENT else None,
        plea=await _plea(session, item, rulings) if item.kind == Kind.APPEAL else None,
        reported_as=await _reported_as(session, item, message),
    )


def _about(item: ReviewItem) -> ColumnElement[bool]:
    if item.message_id is not None:
        return col(Ruling.message_id) == item.message_id
    return col(Ruling.message_id).is_(None) & (col(Ruling.account_id) == item.account_id)


def _reports_about(item: ReviewItem) -> ColumnElement[bool]:
    if item.message_id is not None:
        return col(Report.message_id) == item.message_id
    return col(Report.message_id).is_(None) & (col(Report.account_id) == item.account_id)


async def _holder(session: AsyncSession, item: ReviewItem, now: datetime) -> Author | None:
    if item.claimed_by is None or item.claimed_until is None or item.claimed_until <= now:
        return None
    return author_of(await session.get_one(Account, item.claimed_by))


async def _plea(session: AsyncSession, item: ReviewItem, rulings: list[Ruled]) -> Pleaded | None:
    appeal: Appeal | None = await appeal_of(session, item.id)
    if appeal is None:
        return None
    words = await session.get_one(Message, appeal.letter_id)
    against = next((one for one in rulings if one.id == appeal.ruling_id), None)
    return Pleaded(words.html, appeal.made_at, against, appeal.outcome)


async def _reported_as(session: AsyncSession, item: ReviewItem, message: Message | None) -> str:
    """What was reported, where the words read otherwise now."""
    query = select(Report.text).where(_reports_about(item), col(Report.closed_at).is_(None))
    text = (await session.exec(query.order_by(col(Report.created_at)).limit(1))).first() or ""
    now = (
        f"{message.title}\n\n{message.text}" if message and message.title else message.text if message else ""
    )
    return text if text != now and item.message_id is not None else ""
