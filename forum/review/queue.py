"""The queue: what waits for a person: danger first, then the gravest, then the oldest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import aliased, load_only
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.language import N_, Words
from forum.messages.explanations import WHY, explain
from forum.messages.findings import findings_of
from forum.messages.tables import Message
from forum.messages.views import author_of
from forum.messages.whereabouts import where
from forum.rendering import Renderer
from forum.review.filters import Filters, Last, waiting_for
from forum.review.items import URGENT, Kind
from forum.review.reported import open_reports
from forum.review.reporting import REASONS
from forum.review.tables import Appeal, Report, ReviewItem
from forum.shown import Author
from moderation.verdict import Finding

EXCERPT = 140
LOOKED_AT = 10 * EXCERPT
"""Of a long text only so many characters are looked at, for its white space to be taken together."""
A_HANDLE = N_("a handle")
HOLDER, PLEA = aliased(Account), aliased(Message)
AN_APPEAL = N_("Its author asks that somebody else look at it again.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of the queue: what of it, after which item, and how many."""

    filters: Filters = field(default_factory=Filters)
    after: Last | None = None
    size: int = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits; `message_id` is None for a handle, `claimed_by` has it until `claimed_until`."""

    id: UUID
    message_id: UUID | None
    kind: str
    stage: str
    version: int
    lane: int
    severity: int
    rule: str
    where: str
    author: Author
    at: datetime
    excerpt: str = field(repr=False)
    reasons: tuple[str, ...]
    reports: int
    claimed_by: Author | None
    claimed_until: datetime | None

    @property
    def urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return self.lane == URGENT

    @property
    def url(self) -> str:
        """Where it is read and decided."""
        return f"/desk/{self.id}"

    @property
    def last(self) -> Last:
        """Where a page ends that ends with this."""
        return Last(self.lane, self.severity, self.at, self.id)

    def held_by(self, now: datetime) -> Author | None:
        """Return who has claimed it and still holds it."""
        return self.claimed_by if self.claimed_until and self.claimed_until > now else None


@dataclass(frozen=True, slots=True)
class _Row:
    item: ReviewItem
    author: Account
    message: Message | None
    holder: Account | None
    plea: Message | None


async def queue_page(
    session: AsyncSession, viewer: Viewer, renderer: Renderer, wanted: Wanted | None = None
) -> list[Item]:
    """Return a page of what waits for somebody like this viewer, in five queries however long it is."""
    rows = await _rows(session, viewer, wanted or Wanted())
    message_ids = [row.item.message_id for row in rows if row.item.message_id]
    findings = await findings_of(session, message_ids)
    reports = await open_reports(session, [row.item for row in rows])
    places = await where(session, renderer, [row.item.place_id for row in rows if row.item.place_id])
    return [
        _item(
            renderer,
            row,
            places.get(row.item.place_id, "") if row.item.place_id else renderer.say(A_HANDLE),
            (
                findings.get(row.item.message_id, ()) if row.item.message_id else (),
                reports.get(row.item.id, ()),
            ),
        )
        for row in rows
    ]


async def queue_length(session: AsyncSession, viewer: Viewer, filters: Filters | None = None) -> int:
    """Return how much waits for this moderator."""
    query = select(func.count()).select_from(ReviewItem).where(*waiting_for(viewer, filters or Filters()))
    return (await session.exec(query)).one()


async def _rows(session: AsyncSession, viewer: Viewer, wanted: Wanted) -> list[_Row]:
    # The page is found in the index first: sorting whole messages would cost as much as there are.
    lane, severity = col(ReviewItem.lane), col(ReviewItem.severity)
    order = (lane, severity.desc(), col(ReviewItem.opened_at), col(ReviewItem.id))
    ids = select(ReviewItem.id).where(*waiting_for(viewer, wanted.filters))
    if wanted.after is not None:
        ids = ids.where(wanted.after.later())
    query = (
        select(ReviewItem, Account, Message, HOLDER, PLEA)  # type: ignore[call-overload]  # sqlmodel: up to four
        .join(Account, col(Account.id) == col(ReviewItem.account_id))
        .join(Message, col(Message.id) == col(ReviewItem.message_id), isouter=True)
        .join(HOLDER, HOLDER.id == col(ReviewItem.claimed_by), isouter=True)
        .join(Appeal, col(Appeal.item_id) == col(ReviewItem.id), isouter=True)
        .join(PLEA, PLEA.id == col(Appeal.letter_id), isouter=True)
        .where(col(ReviewItem.id).in_(ids.order_by(*order).limit(wanted.size)))
        .order_by(*order)
        .options(*(_only(people, "handle", "role") for people in (Account, HOLDER)))
        .options(*(_only(messages, "text") for messages in (Message, PLEA)))
    )
    return [_Row(*row) for row in (await session.exec(query)).all()]


def _only(rows: type[SQLModel], *columns: str) -> ORMOption:
    """Return the option that reads no other column: a list of thirty needs little of each."""
    return load_only(*(getattr(rows, column) for column in columns))


def _item(renderer: Renderer, row: _Row, place: str, why: tuple[Sequence[Finding], Sequence[Report]]) -> Item:
    item, (findings, reports) = row.item, why
    return Item(
        id=item.id,
        message_id=item.message_id,
        kind=item.kind,
        stage=item.stage,
        version=item.version,
        lane=item.lane,
        severity=item.severity,
        rule=item.rule,
        where=place,
        author=author_of(row.author),
        at=item.opened_at,
        excerpt=_shortened(_words(row, reports)),
        reasons=tuple(dict.fromkeys(renderer.say(one) for one in _reasons(item, findings, reports))),
        reports=len(reports),
        claimed_by=author_of(row.holder) if row.holder else None,
        claimed_until=item.claimed_until,
    )


def _words(row: _Row, reports: Sequence[Report]) -> str:
    """The words to judge: of an appeal its plea, of a report what was reported, of a handle the handle."""
    if row.plea is not None:
        return row.plea.text
    if reports:
        return reports[0].text
    return row.message.text if row.message else row.author.handle


def _shortened(text: str) -> str:
    """The beginning, up to a whole word; `textwrap` does the same in a multiple of the time."""
    words = " ".join(text[:LOOKED_AT].split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rpartition(" ")[0] + " …"


def _reasons(item: ReviewItem, findings: Sequence[Finding], reports: Sequence[Report]) -> list[Words]:
    if item.kind == Kind.APPEAL:
        return [AN_APPEAL]
    # An edit that was applied keeps its findings, and its words are here.
    reported = [REASONS[report.reason] for report in reports]
    return reported or [*explain(findings)] or ([WHY["care"]] if item.lane == URGENT else [])
