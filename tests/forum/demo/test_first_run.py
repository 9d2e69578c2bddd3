"""Claims about the first run: an empty database is seeded once, unless it is wanted empty."""

from pathlib import Path

import pytest

from forum.demo.first_run import print_credentials, seed_if_wanted
from forum.demo.seeding import Credentials, is_empty
from tests.builders import Community, opened_community
from tests.demonstrated import Demo


async def test_it_is_said_whom_one_can_sign_in_as(capsys: pytest.CaptureFixture[str]) -> None:
    print_credentials([Credentials("member", "Rowan", "four quiet herons")])

    said = capsys.readouterr().out
    assert "shown only this once" in said
    assert said.splitlines()[-2].split() == ["member", "Rowan", "four", "quiet", "herons"]


async def test_a_database_with_members_is_left_alone(
    community: Community, capsys: pytest.CaptureFixture[str]
) -> None:
    await community.member()
    await seed_if_wanted(community.services)

    assert capsys.readouterr().out == ""


async def test_whoever_wants_to_start_empty_does(
    prepared_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened_community(prepared_database, tmp_path, demo=False) as community:
        await seed_if_wanted(community.services)

        assert await is_empty(community.services)
    assert capsys.readouterr().out == ""


async def test_an_empty_database_is_seeded_and_the_passwords_are_printed_once(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened_community(demo.path, tmp_path, demo=True) as community:
        await seed_if_wanted(community.services)

        assert not await is_empty(community.services)
    assert "The first run" in demo.said
    assert demo.said.count("administrator") == 1
    assert capsys.readouterr().out == ""
