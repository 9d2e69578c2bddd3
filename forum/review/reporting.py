"""Reporting: a member asks a moderator to look at a message, or at a handle."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.handles import handle_key
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.errors import Invalid, NotFound, TooManyRequests
from forum.facts import HandleReported, MessageReported
from forum.language import N_, Words
from forum.messages.explanations import CLAIMS
from forum.messages.tables import Message, State
from forum.review.tables import Report
from forum.services import Services
from forum.spaces.access import find_place
from forum.spaces.tables import AMONG_MEMBERS
from realtime.backplane import Allowance

REASONS: dict[str, Words] = {
    "worried": N_("I am worried about this person"),
    "unkind": N_("It is unkind, threatening or shaming"),
    "private": N_("It gives away somebody’s private details"),
    "health-claim": N_("It gives health advice that could harm"),
    "medication-shaming": N_("It shames somebody for how they recover, such as with medication"),
    "dealing": N_("It sells, buys or advertises"),
    "other": N_("Something else is not right"),
}
OF_HANDLES: dict[str, Words] = {key: REASONS[key] for key in ("unkind", "private", "dealing", "other")}
"""The reasons that can be about a handle."""
REPORTS = Allowance(20, 600)


async def reportable(session: AsyncSession, viewer: Viewer, message_id: UUID) -> Message:
    """Return the message if this member sees it and it is not their own; NotFound otherwise."""
    message = await session.get(Message, message_id)
    if message is None or message.state != State.PUBLISHED or message.author_id == viewer.id:
        raise NotFound
    place, _ = await find_place(session, message.place_id, viewer.id, viewer.role)
    if place.kind not in AMONG_MEMBERS:
        raise NotFound  # what the team writes is answered with an appeal
    return message


async def report(services: Services, viewer: Viewer, message_id: UUID, reason: str, claim: str = "") -> None:
    """Write the report; reporting the same message again changes nothing.

    `claim` is the class of a health claim, if the reporter knows it. Raises NotFound, TooManyRequests, and
    Invalid without a reason from the list.
    """
    if reason not in REASONS:
        raise Invalid({"reason": N_("Choose what it is about.")})
    if claim and claim not in CLAIMS:
        raise Invalid({"claim": N_("Choose from the list, or leave it open.")})
    await _keep_pace(services, viewer)
    try:
        async with services.database.transaction() as tx:
            message, now = await reportable(tx.session, viewer, message_id), services.clock()
            words = f"{message.title}\n\n{message.text}" if message.title else message.text
            tx.session.add(
                Report(
                    message_id=message_id,
                    reporter_id=viewer.id,
                    reason=reason,
                    kind=claim if reason == "health-claim" else "",
                    text=words,
                    created_at=now,
                )
            )
            await tx.session.flush()
            tx.record(MessageReported(message_id, message.author_id, viewer.id, reason, now))
    except IntegrityError:
        return


async def handle_reportable(session: AsyncSession, viewer: Viewer, handle: str) -> Account:
    """Return whose handle it is; NotFound for nobody's, and for one's own."""
    query = select(Account).where(Account.handle_key == handle_key(handle), Account.id != viewer.id)
    account = (await session.exec(query)).first()
    if account is None:
        raise NotFound
    return account


async def report_handle(services: Services, viewer: Viewer, handle: str, reason: str) -> None:
    """Write the report of a handle; reporting it again while it waits changes nothing.

    Raises NotFound, TooManyRequests, and Invalid without a reason from `OF_HANDLES`.
    """
    if reason not in OF_HANDLES:
        raise Invalid({"reason": N_("Choose what it is about.")})
    await _keep_pace(services, viewer)
    try:
        async with services.database.transaction() as tx:
            account, now = await handle_reportable(tx.session, viewer, handle), services.clock()
            tx.session.add(
                Report(
                    account_id=account.id,
                    reporter_id=viewer.id,
                    reason=reason,
                    text=account.handle,
                    created_at=now,
                )
            )
            await tx.session.flush()
            tx.record(HandleReported(account.id, viewer.id, reason, now))
    except IntegrityError:
        return


async def _keep_pace(services: Services, viewer: Viewer) -> None:
    wait = await services.backplane.spend(f"report:{viewer.id}", REPORTS)
    if wait:
        raise TooManyRequests(wait)
