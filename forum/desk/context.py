"""What stands around a message: where it is, what came before, what it answers, and what it would replace."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.desk.quoting import Piece, pieces
from forum.language import Words
from forum.messages.explanations import explain
from forum.messages.findings import findings_shown
from forum.messages.pages import url_of
from forum.messages.reading import lines_before, published_in, show_rows
from forum.messages.restoring import waits
from forum.messages.tables import Message, State
from forum.messages.whereabouts import where
from forum.rendering import Renderer
from forum.shown import Shown
from forum.spaces.tables import Place
from moderation.draft import Draft
from moderation.markup import CleanHtml
from moderation.verdict import Finding

BEFORE = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the plain words, and in small print the rule, the score, the model and the policy."""

    words: tuple[Words, ...]
    seen: tuple[str, ...] = field(repr=False)
    rule: str
    detail: str
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A message in its context, as a moderator reads it."""

    id: UUID
    title: str = field(repr=False)
    html: CleanHtml
    pieces: tuple[Piece, ...] = field(repr=False)
    previous: CleanHtml | None
    """What others see now, where it is an edit."""
    where: str
    url: str
    seen: bool
    """Whether others can read it."""
    gone: bool
    before: tuple[Shown, ...]
    findings: tuple[Finding, ...]
    found: tuple[Found, ...]


async def around(session: AsyncSession, renderer: Renderer, message: Message, place: Place) -> Around:
    """Return the message with what stands around it: eight queries at most, however much was found."""
    revised = await session.get(Message, message.revises_id) if message.revises_id else None
    findings = await findings_shown(session, message)
    words = Draft(message.text, title=message.title).words
    return Around(
        id=message.id,
        title=message.title,
        html=message.html,
        pieces=pieces(words, [span for one in findings for span in one.spans]) if message.text else (),
        previous=revised.html if revised else None,
        where=(await where(session, renderer, [place.id]))[place.id],
        url=url_of(place, revised or message),
        seen=message.state == State.PUBLISHED,
        gone=not message.text or not (waits(message) or message.state != State.WITHDRAWN),
        before=tuple(await _before(session, message)),
        findings=findings,
        found=tuple(_found(one, words) for one in findings),
    )


def _found(found: Finding, words: str) -> Found:
    score = f"{found.score:.2f}" if found.score is not None else ""
    policy = f"policy {found.policy}" if found.policy else ""
    small = tuple(filter(None, (found.label, score, found.model, policy)))
    seen = tuple(one.words for one in pieces(words, found.spans) if one.marked)
    return Found(explain([found]), seen, found.rule, found.detail, small)


async def _before(session: AsyncSession, message: Message) -> Sequence[Shown]:
    """What stood before it and what it answers, as everybody saw it."""
    rows = list(await lines_before(session, message.place_id, message.seq, BEFORE))
    if message.parent_id and message.parent_id not in {row.id for row, _ in rows}:
        answered = published_in(message.place_id).where(Message.id == message.parent_id)
        rows = [*(await session.exec(answered)).all(), *rows]
    return [replace(one, can_reply=False) for one in await show_rows(session, rows)]
