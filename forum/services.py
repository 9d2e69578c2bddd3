"""What the house runs on, opened once by URL and handed to whoever needs it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

from starlette.requests import HTTPConnection

from forum.broadcasts import Broadcasts
from forum.database import Database, React
from forum.in_force import InForce, both
from forum.language import Language
from forum.mail.letters import Console, Mailer
from forum.mail.opening import open_mailer
from forum.passwords import Passwords
from forum.reach.lines import public_numbers
from forum.rendering import Renderer
from forum.settings import Settings
from moderation.draft import Policy
from moderation.pipeline import Pipeline
from moderation.toxicity.scorer import Scorer, open_scorer
from realtime.backplane import Backplane, open_backplane

NUMBER = re.compile(r"\+?\d[\d ()/.-]{4,}\d")
NOT_DIGITS = re.compile(r"\D")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that was chosen at opening; `clock` gives the moment, in UTC."""

    settings: Settings
    database: Database
    backplane: Backplane
    scorer: Scorer
    pipeline: Pipeline
    policy: Policy
    renderer: Renderer
    passwords: Passwords
    mailer: Mailer = field(default_factory=Console)
    clock: Callable[[], datetime] = field(default=_utc_now)
    in_force: InForce = field(default_factory=InForce)
    """What the team has put in force; shared by every copy of these services."""

    @property
    def words(self) -> Policy:
        """The word list that texts are judged by: the operator's, and the team's own."""
        return both(self.policy, self.in_force.words)

    async def aclose(self) -> None:
        """Close what was opened, in the opposite order."""
        await self.scorer.aclose()
        await self.backplane.aclose()
        await self.database.aclose()


def open_services(settings: Settings, react: React, passwords: Passwords | None = None) -> Services:
    """Open every backend the settings name; ValueError or OSError, in plain words, where one cannot be."""
    renderer = Renderer(Language.load(settings.language), settings.time_zone)
    backplane = open_backplane(settings.backplane_url)
    mailer = open_mailer(settings.mail_url, settings.mail_from)
    scorer = open_scorer(settings.scorer_url)
    return Services(
        settings=settings,
        database=Database(settings.database_url, react, Broadcasts(backplane, renderer).announce),
        backplane=backplane,
        scorer=scorer,
        pipeline=Pipeline(scorer, deadline=settings.screen_seconds),
        policy=read_policy(settings),
        renderer=renderer,
        passwords=passwords or Passwords(),
        mailer=mailer,
    )


def read_policy(settings: Settings) -> Policy:
    """Return the community's word list, empty where none is set, and the numbers that anybody may give."""
    told = "" if settings.word_list is None else settings.word_list.read_text(encoding="utf-8")
    own = frozenset(filter(None, (NOT_DIGITS.sub("", number) for number in NUMBER.findall(settings.contact))))
    return replace(Policy.read(told), numbers=public_numbers() | own)


def services_of(connection: HTTPConnection[Any]) -> Services:
    """Return what `app.py` handed in."""
    return cast(Services, connection.state.services)
