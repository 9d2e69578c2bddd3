"""Claims about the doctor: each check tells well from ill, and says what to do."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from forum.doctor import Check, examine, settings_problems
from forum.mail.opening import open_mailer
from forum.moving.arriving import UNDER_WAY
from forum.reactions import react
from forum.services import Services, open_services
from moderation.draft import Policy
from moderation.pipeline import Pipeline
from realtime.backplane import open_backplane
from tests.builders import Community, settings
from tests.moderation.scorers import Answers, Hangs, Raises
from tests.postbox import open_postbox
from tests.servers import running_valkey


async def one_check(services: Services, name: str) -> Check:
    return next(check for check in await examine(services) if check.name == name)


@pytest.fixture
async def nowhere(tmp_path: Path) -> AsyncIterator[Services]:
    """Services whose database cannot be opened."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'no-such-folder' / 'a.db'}"
    services = open_services(settings(database_url=url), react)
    yield services
    await services.aclose()


async def test_a_site_in_order_is_well_in_every_respect(community: Community) -> None:
    checks = await examine(community.services)

    assert [check.name for check in checks] == [
        "settings",
        "database",
        "migrations",
        "backplane",
        "scorer",
        "mail",
        "clock",
    ]
    assert all(check.well for check in checks), checks


async def test_a_public_name_without_https_is_an_ill_setting(community: Community) -> None:
    ill = replace(community.services, settings=settings(origin="http://forum.example.org"))

    check = await one_check(ill, "settings")

    assert not check.well
    assert "https" in check.says


async def test_a_word_list_that_is_gone_is_an_ill_setting(community: Community, tmp_path: Path) -> None:
    ill = replace(community.services, settings=settings(word_list=tmp_path / "gone.txt"))

    check = await one_check(ill, "settings")

    assert not check.well
    assert "WAYPOST_WORD_LIST" in check.says


async def test_a_database_that_does_not_answer_is_told_and_the_rest_is_still_looked_at(
    nowhere: Services,
) -> None:
    checks = {check.name: check for check in await examine(nowhere)}

    assert not checks["database"].well
    assert "DATABASE_URL" in checks["database"].says
    assert not checks["migrations"].well
    assert checks["scorer"].well


@pytest.mark.parametrize("found", ["older", None])
async def test_a_database_at_another_migration_is_told_which_command_to_run(
    community: Community, found: str | None
) -> None:
    async with community.services.database.engine.begin() as connection:
        await connection.execute(text("DELETE FROM alembic_version"))
        if found:
            await connection.execute(text(f"INSERT INTO alembic_version VALUES ('{found}')"))  # noqa: S608

    check = await one_check(community.services, "migrations")

    assert not check.well
    assert f"at {found or 'none'}" in check.says
    assert "waypost migrate" in check.says


async def test_a_backplane_is_asked_and_one_that_does_not_answer_is_ill(community: Community) -> None:
    with running_valkey() as valkey:
        backplane = open_backplane(valkey.url)
        asked = replace(community.services, backplane=backplane)
        there = await one_check(asked, "backplane")
        valkey.kill()
        gone = await one_check(asked, "backplane")
        await backplane.aclose()

    assert there.well
    assert "redis answers in" in there.says
    assert not gone.well
    assert "ConnectionError" in gone.says
    assert "BACKPLANE_URL" in gone.says


@pytest.mark.parametrize("scorer", [Raises(), Hangs()])
async def test_a_scorer_that_does_not_answer_is_ill(community: Community, scorer: Answers) -> None:
    ill = replace(community.services, pipeline=Pipeline(scorer, deadline=0.01))

    check = await one_check(ill, "scorer")

    assert not check.well
    assert "SCORER_URL" in check.says


async def test_a_word_list_that_holds_a_greeting_is_ill(community: Community) -> None:
    ill = replace(community.services, policy=Policy(held_words=("good",)))

    check = await one_check(ill, "scorer")

    assert not check.well
    assert "WAYPOST_WORD_LIST" in check.says


async def test_a_clock_in_the_past_is_ill(community: Community) -> None:
    ill = replace(community.services, clock=lambda: datetime(1970, 1, 1, tzinfo=UTC))

    check = await one_check(ill, "clock")

    assert not check.well
    assert "NTP" in check.says


def test_each_setting_that_cannot_be_used_is_named_in_plain_words_without_its_value() -> None:
    with pytest.raises(ValidationError) as caught:
        settings(port="many", origin="https://somebody:hunter2@example.org", time_zone="Mars/Olympus")

    said = [check.says for check in settings_problems(caught.value)]

    assert [words.split(":")[0] for words in said] == ["WAYPOST_ORIGIN", "WAYPOST_PORT", "WAYPOST_TIME_ZONE"]
    assert all(words.endswith("Correct it in the environment or in .env.") for words in said)
    assert "hunter2" not in " ".join(said)
    assert "Value error" not in " ".join(said)


async def test_a_database_that_a_move_left_unfinished_is_ill(community: Community) -> None:
    async with community.services.database.engine.begin() as connection:
        await connection.run_sync(UNDER_WAY.create)

    check = await one_check(community.services, "migrations")

    assert not check.well
    assert "move-database" in check.says


async def test_the_doctor_says_whether_letters_can_be_sent(community: Community) -> None:
    noted = await one_check(community.services, "mail")
    with open_postbox() as box:
        mailer = open_mailer(box.url, "post@example.org")
        taken = await one_check(replace(community.services, mailer=mailer), "mail")
    away = await one_check(replace(community.services, mailer=mailer), "mail")

    assert (noted.well, taken.well, away.well) == (True, True, False)
    assert "only noted in the log" in noted.says
    assert "takes letters" in taken.says
    assert "Check MAIL_URL" in away.says
