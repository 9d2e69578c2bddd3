"""Keeping this process at what is in force: read at the start, after each change, and every few seconds."""

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from forum.guidelines import VERSION
from forum.in_force import SHIPPED, Guidance
from forum.jobs import Job
from forum.policies.own import Own, composed, version_of
from forum.policies.sheets import currents
from forum.policies.tables import GuidelinesAsked, PolicyVersion
from forum.services import Services
from forum.spaces.tables import PlaceKind
from moderation.draft import Policy
from moderation.policy import PolicyFile

log = structlog.get_logger()

EVERY_SECONDS = 15.0
"""How long another process may go on by what was in force before; our own choice."""


async def refresh(services: Services) -> int:
    """Take up what is in force, where that is news; return 1 if it was.

    A version that cannot be read changes nothing: what counted before goes on counting, and the log says so.
    """
    held = services.in_force
    was = (held.policy, held.guidelines, held.accept)
    async with services.database.reading() as session:
        version = await latest(session)
        held.guidelines, held.accept = await guidance(session), await accept_version(session)
    if version is not None and version.number != held.policy:
        _take_up(services, version)
    return int(was != (held.policy, held.guidelines, held.accept))


def _take_up(services: Services, version: PolicyVersion) -> None:
    shipped = PolicyFile.load()
    try:
        words, own = Policy.read(version.words), Own.from_json(version.own)
        policy = composed(shipped, own, version_of(shipped, version.number))
    except ValueError as error:
        log.error("policy.unreadable", number=version.number, error=type(error).__name__)
        return
    services.in_force.words, services.in_force.policy = words, version.number
    services.pipeline.policy = policy


async def latest(session: AsyncSession) -> PolicyVersion | None:
    """Return the version of the policy that counts; None for the one that ships."""
    query = select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(1)
    return (await session.exec(query)).first()


async def accept_version(session: AsyncSession) -> str:
    """Return the version of the guidelines that whoever writes has accepted."""
    query = select(GuidelinesAsked.number).order_by(col(GuidelinesAsked.number).desc()).limit(1)
    number = (await session.exec(query)).first()
    return VERSION if number is None else f"{VERSION}+{number}"


async def guidance(session: AsyncSession) -> tuple[Guidance, ...]:
    """Return the guidelines as members read them, the team's words before ours: one query."""
    own = await currents(session, PlaceKind.GUIDELINE)
    return tuple(
        Guidance(one.slug, one.title, one.text, own[one.slug].title, own[one.slug].html)
        if one.slug in own
        else one
        for one in SHIPPED
    )


KEEPING = Job("policies", EVERY_SECONDS, refresh)
