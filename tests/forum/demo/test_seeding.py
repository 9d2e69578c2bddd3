"""The demo: everything passes the door, and nobody has a password that is written down."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from forum.accounts.tables import Account
from forum.audit.chain import Fault
from forum.audit.verifying import verify
from forum.demo.seeding import Credentials, is_empty, seed
from forum.demo.story import HELD, PEOPLE, ROOMS, SPACES, THREADS
from forum.desk.playbook import STEPS
from forum.messages.tables import Message, RecordedFinding, State
from forum.notes.notes import note_of
from forum.policies.sheets import currents
from forum.review.closing import CLOSED
from forum.review.items import Kind
from forum.review.tables import Appeal, CareAlert, CareStep, Report, ReviewItem, Ruling
from forum.spaces.tables import PlaceKind
from forum.transparency.reading import read
from forum.wellbeing.roster import unstaffed, week_of
from forum.wellbeing.shifts import on_shift
from forum.wellbeing.signing_on import promises
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.verdict import Verdict
from tests.builders import Community, opened_community
from tests.demonstrated import Demo


class Stumbling(Pipeline):
    """A pipeline that breaks at the first name or text after the people's own."""

    async def screen(self, draft: Draft) -> Verdict:
        if draft.text in {one.name for one in SPACES}:
            raise RuntimeError
        return await super().screen(draft)


@pytest.fixture
async def seeded(demo: Demo, tmp_path: Path) -> AsyncIterator[Community]:
    """A community with the demo in it."""
    async with opened_community(demo.path, tmp_path) as community:
        yield community


async def test_every_message_of_the_demo_was_judged_and_only_what_should_wait_waits(
    seeded: Community, demo: Demo
) -> None:
    async with seeded.services.database.reading() as session:
        messages = (await session.exec(select(Message))).all()
        findings = (await session.exec(select(RecordedFinding.message_id))).all()
        reports = (await session.exec(select(func.count()).where(col(Report.closed_at).is_(None)))).one()

    waiting = [one for one in messages if one.state == State.HELD]
    assert {one.text for one in messages} <= set(demo.judged)
    assert len(waiting) == sum(len(thread.said) for thread in HELD) + 1  # and an edit
    assert {one.id for one in waiting} <= set(findings)
    assert {one.state for one in messages} == {
        State.HELD,
        State.PUBLISHED,
        State.REFUSED,
        State.SUPERSEDED,  # by the word that a walk is off
    }
    assert reports == 2
    assert max(one.created_at for one in messages) <= seeded.clock()
    assert {one.title for one in messages if one.is_opening} == {thread.title for thread in THREADS}


async def test_the_demo_has_one_open_alert_and_one_source_note(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        alert = (await session.exec(select(CareAlert).where(col(CareAlert.closed_at).is_(None)))).one()
        worrying = await session.get_one(Message, alert.message_id)
        noted = (await session.exec(select(Message).where(Message.note != ""))).one()

    assert (worrying.state, alert.closed_at) == (State.PUBLISHED, None)
    assert (noted.state, noted.note) == (State.PUBLISHED, "naloxone-myth")
    assert note_of(noted.note)


async def test_nobody_in_the_demo_is_asked_about_their_words(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        kept = set((await session.exec(select(Message.text))).all())
        rules = set((await session.exec(select(RecordedFinding.rule))).all())

    assert {said.text for story in (*THREADS, *ROOMS, *HELD) for said in story.said} <= kept
    assert {"links", "toxicity", "claim", "others-details", "care"} <= rules


async def test_the_desk_of_the_demo_has_one_of_each_kind_waiting_and_a_past(seeded: Community) -> None:
    async with seeded.services.database.reading() as session:
        items = (await session.exec(select(ReviewItem))).all()
        rulings = (await session.exec(select(Ruling))).all()
        appeals = (await session.exec(select(Appeal))).all()
        steps = (await session.exec(select(CareStep.step))).all()
        here = await on_shift(session, seeded.clock())
        everybody = await promises(session)
        own = await currents(session, PlaceKind.WORDING)

    assert {one.kind for one in items if one.closed_at is None} == set(Kind)
    assert {one.undone_how for one in rulings} == {"", "undone", "appeal"}
    assert [one.measure for one in rulings if one.measure] == ["warn"]
    assert sorted(one.outcome for one in appeals) == ["", "upheld"]
    assert set(steps) == {*STEPS, CLOSED}
    assert [one.handle for one in here] == ["Linnet", "Teasel"]
    assert unstaffed(week_of(everybody, date(2026, 11, 23), "Europe/London"))
    assert len(own) == 1


async def test_a_month_of_the_demo_is_over_and_its_numbers_are_told(seeded: Community) -> None:
    faults: list[Fault] = []
    told = await read(seeded.services.database, None, seeded.clock())
    verified = await verify(seeded.services.database, faults.append)

    assert told is not None
    assert (told.figures.headline.total or 0) >= 40
    assert told.figures.tables["found-by"].rows
    assert (faults, verified.entries > 40) == ([], True)


async def test_one_can_sign_in_as_each_role_that_is_shown(seeded: Community, demo: Demo) -> None:
    async with seeded.services.database.reading() as session:
        accounts = {one.handle: one for one in (await session.exec(select(Account))).all()}

    assert {one.role for one in demo.credentials} == {"member", "moderator", "manager", "administrator"}
    assert accounts.keys() == {person.handle for person in PEOPLE}
    for one in demo.credentials:
        assert accounts[one.handle].role == one.role
        assert await seeded.services.passwords.match(one.password, accounts[one.handle].password_hash)


async def test_passwords_differ_each_time_and_are_told_before_anything_can_go_wrong(
    community: Community, demo: Demo
) -> None:
    told: list[Credentials] = []
    stumbling = replace(community.services, pipeline=Stumbling(community.services.scorer))

    with pytest.raises(RuntimeError):
        await seed(stumbling, told.extend)

    assert {one.role for one in told} == {"member", "moderator", "manager", "administrator"}
    assert len({one.password for one in (*demo.credentials, *told)}) == 2 * len(told)
    assert all(len(one.password) >= 12 for one in told)


async def test_an_empty_database_is_known_and_so_is_a_full_one(
    community: Community, seeded: Community
) -> None:
    assert await is_empty(community.services)
    assert not await is_empty(seeded.services)
