"""Reporting: a member asks a moderator to look at a message."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.sessions import Viewer
from forum.errors import Invalid, NotFound, TooManyRequests
from forum.language import N_, Words
from forum.messages.explanations import CLAIMS
from forum.messages.tables import Message, State
from forum.review.tables import Report
from forum.services import Services
from forum.spaces.access import find_place
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
REPORTS = Allowance(20, 600)


async def reportable(session: AsyncSession, viewer: Viewer, message_id: UUID) -> Message:
    """Return the message if this member sees it and it is not their own; NotFound otherwise."""
    message = await session.get(Message, message_id)
    if message is None or message.state != State.PUBLISHED or message.author_id == viewer.id:
        raise NotFound
    await find_place(session, message.place_id, viewer.id, viewer.role)
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
    wait = await services.backplane.spend(f"report:{viewer.id}", REPORTS)
    if wait:
        raise TooManyRequests(wait)
    try:
        async with services.database.transaction() as tx:
            message = await reportable(tx.session, viewer, message_id)
            words = f"{message.title}\n\n{message.text}" if message.title else message.text
            tx.session.add(
                Report(
                    message_id=message_id,
                    reporter_id=viewer.id,
                    reason=reason,
                    kind=claim if reason == "health-claim" else "",
                    text=words,
                    created_at=services.clock(),
                )
            )
    except IntegrityError:
        return
