"""A message's words without the personal details in them, judged again before anybody else reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.accounts.tables import Account
from forum.errors import Invalid, NotFound
from forum.language import N_
from forum.messages.admission import KINDS, audience_of
from forum.messages.findings import findings_shown
from forum.messages.tables import Message
from forum.services import Services
from forum.spaces.choosing import choices_of
from forum.spaces.tables import Place, PlaceKind, Space
from moderation.draft import Draft, Standing
from moderation.masking import masked
from moderation.rulebook import MASKABLE
from moderation.verdict import Finding, Lane, Span, Verdict

NOTHING_FOUND = N_("No personal detail was found in it, so there is nothing to take out.")
STILL_THERE = N_("A personal detail would still be left in it. Ask the author to change it instead.")
LATER = N_("This could not be checked just now. Nothing was decided. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Masked:
    """What the pipeline says of the masked words, and the version of the message that they were made from."""

    version: int
    verdict: Verdict


async def without_details(services: Services, message_id: UUID) -> Masked:
    """Take the details found out of a message and screen what is left; no transaction may be open.

    Whatever else is found is for the moderator to weigh, who has read it. Raises Invalid("action") where
    nothing was found to take out, details would be left, or it cannot be checked; NotFound without a message.
    """
    async with services.database.reading() as session:
        version, draft, found = await _read(session, services, message_id)
    spans = details_in(found)
    if not spans:
        raise Invalid({"action": NOTHING_FOUND})
    verdict = await services.pipeline.screen(draft.with_words(masked(draft.words, spans)))
    if any(one.lane in (Lane.FAULT, Lane.SHAPE) for one in verdict.findings):
        raise Invalid({"action": LATER})
    if details_in(verdict.findings):
        raise Invalid({"action": STILL_THERE})
    return Masked(version, verdict)


def details_in(found: Iterable[Finding]) -> list[Span]:
    """Return where personal details are, named where all that a finding saw is of one kind."""
    return [
        replace(span, what=one.kind if one.detail.endswith(f": {one.kind}") else "")
        for one in found
        if one.rule in MASKABLE
        for span in one.spans
    ]


async def _read(
    session: AsyncSession, services: Services, message_id: UUID
) -> tuple[int, Draft, tuple[Finding, ...]]:
    message = await session.get(Message, message_id)
    if message is None:
        raise NotFound
    author = await session.get_one(Account, message.author_id)
    place = await session.get_one(Place, message.place_id)
    space = await session.get(Space, place.space_id) if place.space_id else None
    draft = Draft(
        message.text,
        Standing(days=(message.created_at - author.created_at).days, nudges=False),
        services.words,
        title=message.title,
        kind=KINDS[PlaceKind(place.kind)],
        audience=audience_of(space),
        choices=await choices_of(session, place.space_id, services.pipeline.policy.rulebook),
    )
    return message.version, draft, await findings_shown(session, message)
