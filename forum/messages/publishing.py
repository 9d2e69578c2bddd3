"""The one door in: `submit` judges and writes; nothing else creates or changes visible text."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from forum.database import Transaction
from forum.errors import ForumError, Invalid
from forum.facts import (
    CareRaised,
    MessageHeld,
    MessageRefused,
)
from forum.language import N_
from forum.messages.admission import Admitted, admit, check_accepted, check_facilitator, keep_pace
from forum.messages.asking import as_chosen, has_question
from forum.messages.findings import record_findings
from forum.messages.placing import make_place, publish, withdraw_earlier
from forum.messages.replay import answer_to_earlier
from forum.messages.standing import known_of, standing_of
from forum.messages.submission import (
    Answer,
    Asked,
    Edit,
    Held,
    Leaf,
    Opening,
    Published,
    Refused,
    Reply,
    Submission,
    cares,
)
from forum.messages.tables import Message, State
from forum.services import Services
from forum.spaces.choosing import choices_of
from forum.spaces.tables import AMONG_MEMBERS, Place, PlaceKind
from moderation.draft import Draft, Kind
from moderation.markup import tidy
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
    try:
        return await _judge(services, submission)
    except (ForumError, IntegrityError):
        # The same send may have arrived twice at once, and the other one was faster.
        async with services.database.glancing() as session:
            earlier = await answer_to_earlier(session, submission)
        if earlier is None:
            raise
        return earlier


async def _judge(services: Services, submission: Submission) -> Answer:
    draft = await _draft(services, submission)
    if not isinstance(draft, Draft):
        return draft
    verdict = await services.pipeline.screen(draft)
    if draft.kind is Kind.LETTER:
        verdict = _heard(verdict)
    if has_question(verdict):
        chosen = await as_chosen(services.pipeline, draft, verdict, submission.choice)
        if isinstance(chosen, Asked):
            return chosen
        verdict = chosen
    unwanted = submission.only_if_published and STATES[verdict.outcome] is not State.PUBLISHED
    if unwanted or _cannot_be_kept(verdict):
        return Refused(None, verdict.findings)
    # A page of the team's has one next version, whoever writes it; all else has an author.
    alone = isinstance(submission.target, Leaf)
    target = submission.target
    at = target.place_id if isinstance(target, Reply) else None
    async with services.database.transaction(of=None if alone else submission.author_id, at=at) as tx:
        return await _write(tx, submission, verdict, services.clock())


async def _draft(services: Services, submission: Submission) -> Draft | Answer:
    """Return what is to be judged, or what became of the first send of it."""
    now = services.clock()
    async with services.database.glancing() as session:
        known = await known_of(session, submission)
        earlier = await answer_to_earlier(session, submission) if known.sent_before else None
        if earlier is not None:
            return earlier
        admitted = await admit(session, submission, now)
        standing = await standing_of(session, admitted, known, now)
        choices = await choices_of(session, admitted.space_id, services.pipeline.policy.rulebook)
    title = _title(submission, admitted)
    check_accepted(admitted, services.in_force.accept)
    await check_facilitator(services, admitted)
    await keep_pace(services, admitted)
    return Draft(
        submission.text,
        standing,
        services.words,
        title=title,
        kind=admitted.kind,
        audience=admitted.audience,
        choices=choices,
    )


def _title(submission: Submission, admitted: Admitted) -> str:
    match submission.target:
        case Opening(title=title) | Leaf(title=title):
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


def _heard(verdict: Verdict) -> Verdict:
    """What somebody writes to the team is never turned away by a machine: at worst it waits."""
    refused = verdict.outcome is Outcome.REFUSE and not _cannot_be_kept(verdict)
    return replace(verdict, outcome=Outcome.HOLD) if refused else verdict


def _speaks_for_themselves(place: Place, author_id: UUID) -> bool:
    """Whether danger in the words is the author's own: the team quotes and describes it."""
    return place.kind in AMONG_MEMBERS or place.member_id == author_id


async def _write(tx: Transaction, submission: Submission, verdict: Verdict, now: datetime) -> Answer:
    # Locks and suspensions may have come while it was judged.
    admitted = await admit(tx.session, submission, now)
    place = admitted.place or await make_place(tx.session, submission, now)
    message = _row(submission, admitted, place, verdict, now)
    tx.session.add(message)
    record_findings(tx, message.id, verdict.findings)
    if cares(verdict.findings) and _speaks_for_themselves(place, message.author_id):
        tx.record(CareRaised(_seen_as(message, verdict), message.author_id, now))
    with tx.session.no_autoflush:  # the row is written once, as it ends up
        answer = await _placed(tx, message, place, verdict)
    await tx.session.flush()
    return answer


async def _placed(tx: Transaction, message: Message, place: Place, verdict: Verdict) -> Answer:
    now = message.created_at
    if place.kind == PlaceKind.PROFILE and message.state == State.HELD:
        await withdraw_earlier(tx, message, State.HELD, now)
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
