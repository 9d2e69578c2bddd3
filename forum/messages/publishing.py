"""The one door in: `submit` judges and writes; nothing else creates or changes visible text."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.database import Transaction
from forum.errors import Conflict, ForumError, Invalid
from forum.facts import CareRaised, MessageChanged, MessageHeld, MessagePublished, MessageRefused
from forum.language import N_
from forum.messages.admission import Admitted, admit, check_facilitator, keep_pace, standing_of
from forum.messages.asking import as_chosen, has_question
from forum.messages.findings import record_findings
from forum.messages.replay import answer_to_earlier
from forum.messages.submission import (
    Answer,
    Asked,
    Edit,
    Held,
    Opening,
    Published,
    Refused,
    Submission,
    cares,
)
from forum.messages.tables import Message, State
from forum.messages.tree import depth_of, path_under
from forum.messages.views import show
from forum.services import Services
from forum.shown import Answered
from forum.spaces.choosing import choices_of
from forum.spaces.tables import Place, PlaceKind
from moderation.draft import Draft
from moderation.markup import render, tidy
from moderation.verdict import Lane, Outcome, Verdict

STATES = {
    Outcome.PUBLISH: State.PUBLISHED,
    Outcome.NUDGE: State.PUBLISHED,  # the author was asked, and chose
    Outcome.HOLD: State.HELD,
    Outcome.REFUSE: State.REFUSED,
}


async def submit(services: Services, submission: Submission) -> Answer:
    """Judge what a member wants to say, write it, and answer what became of it.

    Raises the ForumErrors of `admit`, TooManyRequests, and Invalid for a thread without a title: nothing is
    kept then. The same nonce again answers what became of the first send.
    """
    earlier = await answer_to_earlier(services, submission)
    if earlier is not None:
        return earlier
    try:
        return await _judge(services, submission)
    except (ForumError, IntegrityError):
        # The same send may have arrived twice at once, and the other one was faster.
        earlier = await answer_to_earlier(services, submission)
        if earlier is None:
            raise
        return earlier


async def _judge(services: Services, submission: Submission) -> Answer:
    draft = await _draft(services, submission)
    verdict = await services.pipeline.screen(draft)
    if has_question(verdict):
        chosen = await as_chosen(services.pipeline, draft, verdict, submission.choice)
        if isinstance(chosen, Asked):
            return chosen
        verdict = chosen
    if _cannot_be_kept(verdict):
        return Refused(None, verdict.findings)
    async with services.database.transaction() as tx:
        return await _write(tx, submission, verdict, services.clock())


async def _draft(services: Services, submission: Submission) -> Draft:
    now = services.clock()
    async with services.database.reading() as session:
        admitted = await admit(session, submission, now)
        standing = await standing_of(session, admitted, now)
        choices = await choices_of(session, admitted.space_id, services.pipeline.policy.rulebook)
    title = _title(submission, admitted)
    await check_facilitator(services, admitted)
    await keep_pace(services, admitted)
    return Draft(
        submission.text,
        standing,
        services.policy,
        title=title,
        kind=admitted.kind,
        audience=admitted.audience,
        choices=choices,
    )


def _title(submission: Submission, admitted: Admitted) -> str:
    match submission.target:
        case Opening(title=title):
            pass
        case Edit(title=title) if admitted.revised is not None and admitted.revised.is_opening:
            pass
        case _:
            return ""
    if not tidy(title):
        raise Invalid({"title": N_("Give it a title, so that others can tell what it is about.")})
    return title


def _cannot_be_kept(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.REFUSE and any(found.lane is Lane.SHAPE for found in verdict.findings)


async def _write(tx: Transaction, submission: Submission, verdict: Verdict, now: datetime) -> Answer:
    # Locks and suspensions may have come while it was judged.
    admitted = await admit(tx.session, submission, now)
    place = admitted.place or await _make_place(tx.session, submission, now)
    message = _row(submission, admitted, place, verdict, now)
    tx.session.add(message)
    record_findings(tx, message.id, verdict.findings)
    await tx.session.flush()
    if cares(verdict.findings):
        tx.record(CareRaised(_seen_as(message, verdict), message.author_id, now))
    if place.kind == PlaceKind.PROFILE and message.state == State.HELD:
        await _withdraw_earlier(tx.session, message, State.HELD)
    match STATES[verdict.outcome]:
        case State.PUBLISHED:
            seq = await publish(tx, message, now)
            return Published(message.revises_id or message.id, place.id, seq, cares(verdict.findings))
        case State.HELD:
            tx.record(MessageHeld(message.id, message.author_id))
            return Held(message.id, place.id, verdict.findings)
        case _:
            tx.record(MessageRefused(message.id, message.author_id))
            return Refused(message.id, verdict.findings)


def _seen_as(message: Message, verdict: Verdict) -> UUID:
    """Return where the words will stand: an edit that is applied at once leaves them in what it revises."""
    applied = STATES[verdict.outcome] is State.PUBLISHED
    return (message.revises_id if applied else None) or message.id


async def _make_place(session: AsyncSession, submission: Submission, now: datetime) -> Place:
    match submission.target:
        case Opening(space_id=space_id):
            place = Place(kind=PlaceKind.THREAD, space_id=space_id, last_at=now, created_at=now)
        case _:
            place = Place(kind=PlaceKind.PROFILE, owner_id=submission.author_id, last_at=now, created_at=now)
    session.add(place)
    await session.flush()
    return place


def _row(
    submission: Submission, admitted: Admitted, place: Place, verdict: Verdict, now: datetime
) -> Message:
    refused = verdict.outcome is Outcome.REFUSE
    return Message(
        place_id=place.id,
        author_id=submission.author_id,
        nonce=submission.nonce,
        parent_id=admitted.parent.id if admitted.parent else None,
        revises_id=admitted.revised.id if admitted.revised else None,
        is_opening=isinstance(submission.target, Opening),
        title=verdict.title,
        text=verdict.text,
        html=verdict.html,
        # Published only by `publish`, in the same transaction.
        state=State.REFUSED if refused else State.HELD,
        created_at=now,
        refused_at=now if refused else None,
    )


async def publish(tx: Transaction, message: Message, now: datetime, *, released: bool = False) -> int:
    """Let everybody in the place see a held message, as its next seq; an edit is applied to what it revises.

    Both `submit` and a moderator's release end here, so readers get a release in order.
    """
    if message.text and not message.html:
        # Held because its layout failed; if it fails again, nothing is published.
        message.html = render(message.text)
    if message.revises_id is not None:
        return await _apply(tx, message, now)
    place = await take_seq(tx.session, message.place_id, now)
    parent = await tx.session.get(Message, message.parent_id) if message.parent_id else None
    message.state, message.published_at, message.version = State.PUBLISHED, now, message.version + 1
    message.seq = message.changed_seq = place.last_seq
    message.path = path_under(_branch(place, parent), place.last_seq)
    message.depth = depth_of(message.path)
    if place.kind == PlaceKind.PROFILE:
        await _withdraw_earlier(tx.session, message, State.PUBLISHED)
    author = await tx.session.get_one(Account, message.author_id)
    shown = show(message, author, parent=await _answered(tx.session, parent))
    answers = await _whom_it_answers(tx.session, message, parent)
    tx.record(MessagePublished(place.id, place.kind, shown, place.last_seq, answers, released))
    return place.last_seq


def _branch(place: Place, parent: Message | None) -> str:
    """A room is one row of lines, and what answers the opening stands at the top."""
    if parent is None or parent.is_opening or place.kind != PlaceKind.THREAD:
        return ""
    return parent.path or ""


async def _apply(tx: Transaction, edit: Message, now: datetime) -> int:
    message = await tx.session.get_one(Message, edit.revises_id)
    if message.state != State.PUBLISHED:
        raise Conflict(N_("The message itself was taken down, so its edit cannot be published."))
    message.text, message.html, message.edited_at = edit.text, edit.html, now
    message.title, message.note = edit.title if message.is_opening else "", edit.note
    # The words live in one row only, so that withdrawing that row withdraws them.
    edit.state, edit.text, edit.html, edit.title = State.APPLIED, "", render(""), ""
    edit.version += 1
    return await record_change(tx, message)


async def _answered(session: AsyncSession, parent: Message | None) -> Answered | None:
    if parent is None or parent.is_opening:
        return None
    return Answered(parent.id, (await session.get_one(Account, parent.author_id)).handle)


async def record_change(tx: Transaction, message: Message) -> int:
    """Take the next seq for a change to a published message, and tell everybody in the place."""
    place = await take_seq(tx.session, message.place_id)
    message.changed_seq, message.version = place.last_seq, message.version + 1
    author = await tx.session.get_one(Account, message.author_id)
    parent = await tx.session.get(Message, message.parent_id) if message.parent_id else None
    shown = show(message, author, parent=await _answered(tx.session, parent))
    tx.record(MessageChanged(place.id, place.kind, shown, place.last_seq))
    return place.last_seq


async def take_seq(session: AsyncSession, place_id: UUID, now: datetime | None = None) -> Place:
    """Return the place with its next seq taken: a row lock orders everybody who publishes here."""
    values = {"last_seq": col(Place.last_seq) + 1} | ({"last_at": now} if now else {})
    taking = update(Place).where(col(Place.id) == place_id).values(**values).returning(Place)
    fresh = {"populate_existing": True, "synchronize_session": False}
    place: Place = (await session.exec(taking, execution_options=fresh)).scalar_one()
    return place


async def _withdraw_earlier(session: AsyncSession, profile: Message, state: State) -> None:
    """A new profile takes the place of what stood there, or still waited; words newer than it stay."""
    earlier = (col(Message.place_id) == profile.place_id, col(Message.id) < profile.id)
    gone = {"state": State.WITHDRAWN, "text": "", "html": render(""), "version": col(Message.version) + 1}
    await session.exec(update(Message).where(*earlier, col(Message.state) == state).values(**gone))


async def _whom_it_answers(session: AsyncSession, message: Message, parent: Message | None) -> UUID | None:
    if parent is not None:
        return parent.author_id
    opening = select(Message.author_id).where(Message.place_id == message.place_id, col(Message.is_opening))
    return None if message.is_opening else (await session.exec(opening)).first()
