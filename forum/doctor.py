"""Looks at what the site needs, and says what to do where something is amiss."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from forum.language import Language
from forum.mail.letters import MailError
from forum.migrations.running import current, latest
from forum.moving.arriving import is_moved_halfway
from forum.services import Services, read_policy
from forum.settings import Settings
from moderation.draft import Draft
from moderation.verdict import Lane, Outcome
from realtime.envelope import Topic

CLOCK_APART_SECONDS = 5.0
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier moment than this program's."""
NOWHERE = Topic("doctor")
"""A topic that nobody is at."""
HARMLESS = "Good morning, everybody. Thank you for being here."


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, whether it is well, and, where it is not, what to do."""

    name: str
    well: bool
    says: str


async def examine(services: Services) -> list[Check]:
    """Check settings, database, migrations, backplane, scorer, mail and clock; never raises."""
    checks: list[Callable[[Services], Awaitable[Check]]] = [
        _settings,
        _database,
        _migrations,
        _backplane,
        _scorer,
        _mail,
        _clock,
    ]
    return [await check(services) for check in checks]


def settings_problems(error: ValidationError) -> list[Check]:
    """Return one check for each setting that cannot be used."""
    return [
        Check(
            "settings",
            False,
            f"{'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}. "
            "Correct it in the environment or in .env.",
        )
        for one in error.errors(include_input=False, include_url=False)
    ]


async def _settings(services: Services) -> Check:
    settings: Settings = services.settings
    try:
        Language.load(settings.language)
        read_policy(settings)
    except (OSError, ValueError) as error:
        return Check("settings", False, f"{error}. Correct WAYPOST_LANGUAGE or WAYPOST_WORD_LIST.")
    if settings.secure and settings.origin.startswith("http://"):
        return Check(
            "settings",
            False,
            "WAYPOST_ORIGIN is http:// on a public name: nobody could stay signed in. Put https in front.",
        )
    return Check("settings", True, f"served at {settings.origin}")


async def _database(services: Services) -> Check:
    kind = services.database.engine.dialect.name
    try:
        async with services.database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as error:
        return Check(
            "database", False, f"{kind} does not answer ({type(error).__name__}). Check DATABASE_URL."
        )
    return Check("database", True, f"{kind} answers")


async def _migrations(services: Services) -> Check:
    wanted = latest()
    try:
        found = await current(services.database.engine)
    except (SQLAlchemyError, OSError):
        return Check("migrations", False, "cannot be read while the database does not answer.")
    if found != wanted:
        return Check("migrations", False, f"at {found or 'none'}, {wanted} is needed. Run: waypost migrate")
    if await is_moved_halfway(services.database.engine):
        return Check("migrations", False, "a move into it is unfinished. Run the same move-database again.")
    return Check("migrations", True, f"at {found}")


async def _backplane(services: Services) -> Check:
    started = time.perf_counter()
    await services.backplane.present(NOWHERE)
    took = round((time.perf_counter() - started) * 1000, 1)
    found = services.backplane.condition
    if not found.answers:
        return Check(
            "backplane",
            False,
            f"{found.kind} does not answer ({found.fault}), so each process carries only its own. "
            "Check BACKPLANE_URL.",
        )
    return Check("backplane", True, f"{found.kind} answers in {took} ms")


async def _scorer(services: Services) -> Check:
    started = time.perf_counter()
    verdict = await services.pipeline.screen(Draft(HARMLESS, policy=services.words))
    took = round((time.perf_counter() - started) * 1000, 1)
    if any(found.lane is Lane.FAULT for found in verdict.findings):
        return Check("scorer", False, "does not answer, so every message is held. Check SCORER_URL.")
    if verdict.outcome is not Outcome.PUBLISH:
        return Check("scorer", False, "holds a harmless greeting. Check SCORER_URL and WAYPOST_WORD_LIST.")
    return Check("scorer", True, f"{services.scorer.name} answers in {took} ms")


async def _mail(services: Services) -> Check:
    mailer = services.mailer
    if not mailer.delivers:
        return Check("mail", True, "letters are only noted in the log. For real ones, set MAIL_URL")
    started = time.perf_counter()
    try:
        await mailer.check()
    except MailError as error:
        return Check(
            "mail",
            False,
            f"{mailer.name} takes no letters ({error}). Check MAIL_URL; they wait meanwhile.",
        )
    took = round((time.perf_counter() - started) * 1000, 1)
    return Check("mail", True, f"{mailer.name} takes letters, after {took} ms")


async def _clock(services: Services) -> Check:
    now = services.clock()
    if now < WRITTEN:
        return Check("clock", False, "is in the past. Set the machine's clock (NTP).")
    if services.database.engine.dialect.name != "postgresql":
        return Check("clock", True, "is plausible")
    try:
        async with services.database.engine.connect() as connection:
            theirs: datetime = (await connection.execute(text("SELECT now()"))).scalar_one()
    except (SQLAlchemyError, OSError):
        return Check("clock", False, "cannot be compared while the database does not answer.")
    apart = abs((theirs - now).total_seconds())
    well = apart < CLOCK_APART_SECONDS
    return Check(
        "clock", well, f"{apart:.1f} s from the database's" + ("" if well else ". Set both clocks (NTP).")
    )
