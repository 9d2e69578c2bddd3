"""Claims about signing up: everything is said at once, and one handle is one member."""

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import col, func, select

from forum.accounts.handles import HandleNotPossible
from forum.accounts.sessions import find_viewer
from forum.accounts.signing_up import TAKEN, Wish, is_email, sign_up
from forum.accounts.tables import Account, RecoveryCode, Session
from forum.errors import Invalid
from forum.guidelines import VERSION
from forum.naming import LATER, NameNotPossible
from moderation.draft import Policy
from moderation.pipeline import Pipeline
from tests.builders import PASSWORD, Community
from tests.moderation.scorers import Answers, Hangs, Raises

WISH = Wish("Rowan", PASSWORD, guidelines=VERSION)


async def counts(community: Community) -> tuple[int, int, int]:
    async with community.services.database.reading() as session:
        found = [
            (await session.exec(select(func.count()).select_from(table))).one()
            for table in (Account, Session, RecoveryCode)
        ]
    return found[0], found[1], found[2]


async def test_a_handle_and_a_password_are_enough(community: Community) -> None:
    welcome = await sign_up(community.services, WISH)

    viewer = await find_viewer(community.services, welcome.token)
    assert viewer is not None
    assert (viewer.handle, viewer.role, viewer.time_zone) == ("Rowan", "member", "UTC")
    assert welcome.account.email is None
    assert len(set(welcome.codes)) == 8
    assert await counts(community) == (1, 1, 8)


async def test_an_email_address_is_kept_when_it_is_given(community: Community) -> None:
    welcome = await sign_up(community.services, replace(WISH, email=" rowan@example.org "))

    assert welcome.account.email == "rowan@example.org"
    assert welcome.account.guidelines_version == VERSION


async def test_everything_that_needs_another_look_is_said_at_once(community: Community) -> None:
    wish = Wish("x", "short", email="nowhere", time_zone="Mars/Olympus", guidelines="")

    with pytest.raises(Invalid) as refused:
        await sign_up(community.services, wish)

    assert refused.value.fields.keys() == {"handle", "password", "email", "time_zone", "accept"}
    assert await counts(community) == (0, 0, 0)


async def test_a_handle_that_cannot_be_does_not_make_the_password_look_wrong(community: Community) -> None:
    with pytest.raises(Invalid) as refused:
        await sign_up(community.services, replace(WISH, handle="q"))

    assert refused.value.fields == {"handle": HandleNotPossible.words}


@pytest.mark.parametrize("handle", ["Rowan", "ROWAN", "ro.wan", "r-o_wan", "Ｒｏｗａｎ", " Rowan ", "R0wan"])
async def test_a_handle_that_looks_like_somebodys_is_taken(community: Community, handle: str) -> None:
    await community.member("Rowan")

    with pytest.raises(Invalid) as refused:
        await sign_up(community.services, replace(WISH, handle=handle))

    assert refused.value.fields == {"handle": TAKEN}


async def test_two_who_want_one_handle_at_once_make_one_account_and_the_other_is_told(
    community: Community,
) -> None:
    wishes = [WISH, replace(WISH, handle="ROWAN"), replace(WISH, handle="Ro.wan")]

    answers = await asyncio.gather(
        *(sign_up(community.services, wish) for wish in wishes), return_exceptions=True
    )

    refused = [answer for answer in answers if isinstance(answer, Invalid)]
    assert [dict(one.fields) for one in refused] == [{"handle": TAKEN}] * 2
    assert await counts(community) == (1, 1, 8)


async def test_a_handle_that_the_pipeline_holds_is_refused_without_saying_why(community: Community) -> None:
    services = replace(community.services, policy=Policy(held_words=("pills",)))

    with pytest.raises(Invalid) as refused:
        await sign_up(services, replace(WISH, handle="Pills"))

    assert refused.value.fields == {"handle": NameNotPossible.words}
    assert await counts(community) == (0, 0, 0)


@pytest.mark.parametrize("scorer", [Raises(), Hangs(), Answers(answer=[])])
async def test_while_the_pipeline_fails_nobody_joins_unscreened_and_a_later_try_works(
    community: Community, scorer: Answers
) -> None:
    broken = replace(community.services, pipeline=Pipeline(scorer, deadline=0.01))

    with pytest.raises(Invalid) as refused:
        await sign_up(broken, WISH)

    assert refused.value.fields == {"handle": LATER}
    assert await counts(community) == (0, 0, 0)
    assert await sign_up(community.services, WISH)


async def test_guidelines_that_changed_in_between_are_read_again(community: Community) -> None:
    said = []
    for version in ("2020-01-01", ""):
        with pytest.raises(Invalid) as refused:
            await sign_up(community.services, replace(WISH, guidelines=version))
        said.append(refused.value.fields["accept"].msgid)

    assert "changed while this page was open" in said[0]
    assert "changed" not in said[1]
    assert await counts(community) == (0, 0, 0)


async def test_a_crash_in_the_middle_of_joining_leaves_nothing_behind(community: Community) -> None:
    cannot_be_written = "\ud800"

    with pytest.raises(UnicodeEncodeError):
        await sign_up(community.services, replace(WISH, label=cannot_be_written))

    assert await counts(community) == (0, 0, 0)
    assert (await sign_up(community.services, WISH)).account.handle == "Rowan"


async def test_every_code_belongs_to_the_one_who_joined(community: Community) -> None:
    one = await sign_up(community.services, WISH)
    other = await sign_up(community.services, replace(WISH, handle="Iris"))

    async with community.services.database.reading() as session:
        query = select(func.count()).where(col(RecoveryCode.account_id) == one.account.id)
        own = (await session.exec(query)).one()

    assert own == 8
    assert set(one.codes).isdisjoint(other.codes)


@pytest.mark.parametrize(
    ("typed", "plausible"),
    [
        ("rowan@example.org", True),
        ("rowan+news@mail.example.org", True),
        ("ρ@παράδειγμα.gr", True),
        ("rowan", False),
        ("@example.org", False),
        ("rowan@", False),
        ("rowan@localhost", False),
        ("rowan@.org.", False),
        ("row an@example.org", False),
        ("rowan@example.org\nBcc: others@example.org", False),
        ("x" * 250 + "@a.org", False),
    ],
)
def test_an_address_needs_the_shape_of_one(typed: str, plausible: bool) -> None:
    assert is_email(typed) is plausible
