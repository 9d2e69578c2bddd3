"""The demo: everything passes the door, and nobody has a password that is written down."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from sqlmodel import col, func, select

from forum.accounts.tables import Account
from forum.audit.chain import Fault
from forum.audit.verifying import verify
from forum.demo.seeding import Credentials, is_empty, seed
from forum.demo.story import HELD, PEOPLE, ROOMS, THREADS
from forum.desk.playbook import CLOSED, STEPS
from forum.messages.tables import Message, RecordedFinding, State
from forum.notes.notes import note_of
from forum.policies.sheets import currents
from forum.review.items import Kind
from forum.review.tables import Appeal, CareAlert, CareStep, Report, ReviewItem, Ruling
from forum.spaces.tables import PlaceKind
from forum.transparency.reading import read
from forum.wellbeing.roster import unstaffed, week_of
from forum.wellbeing.shifts import on_shift
from forum.wellbeing.signing_on import promises
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.verdict import Verdict
from tests.builders import Community, opened_community

shared = pytest.mark.asyncio(loop_scope="module")
"""For tests that look at the one demo of this file."""


class Watched(Pipeline):
    """The pipeline, counting what it is asked."""

    def __init__(self, scorer: Scorer) -> None:
        super().__init__(scorer)
        self.texts: list[str] = []

    async def screen(self, draft: Draft) -> Verdict:
        self.texts.append(draft.text)
        return await super().screen(draft)


class Stumbling(Pipeline):
    """A pipeline that breaks at the first message of a thread."""

    async def screen(self, draft: Draft) -> Verdict:
        if draft.title:
            raise RuntimeError
        return await super().screen(draft)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seeded(
    prepared_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Community, Watched, list[Credentials]]]:
    """A community with the demo in it, judged by the model that ships; nobody changes anything in it."""
    told: list[Credentials] = []
    async with opened_community(prepared_database, tmp_path_factory.mktemp("seeded")) as community:
        scorer = open_scorer("onnx:")
        watched = Watched(scorer)
        await seed(replace(community.services, pipeline=watched), told.extend)
        await scorer.aclose()
        yield community, watched, told


@shared
async def test_every_message_of_the_demo_was_judged_and_only_what_should_wait_waits(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, watched, _ = seeded
    async with community.services.database.reading() as session:
        messages = (await session.exec(select(Message))).all()
        findings = (await session.exec(select(RecordedFinding.message_id))).all()
        reports = (await session.exec(select(func.count()).where(col(Report.closed_at).is_(None)))).one()

    waiting = [one for one in messages if one.state == State.HELD]
    assert {one.text for one in messages} <= set(watched.texts)
    assert len(waiting) == sum(len(thread.said) for thread in HELD) + 1  # and an edit
    assert {one.id for one in waiting} <= set(findings)
    assert {one.state for one in messages} == {State.HELD, State.PUBLISHED, State.REFUSED}
    assert reports == 2
    assert max(one.created_at for one in messages) <= community.clock()
    assert {one.title for one in messages if one.is_opening} == {thread.title for thread in THREADS}


@shared
async def test_the_demo_has_one_open_alert_and_one_source_note(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, _, _ = seeded
    async with community.services.database.reading() as session:
        alert = (await session.exec(select(CareAlert).where(col(CareAlert.closed_at).is_(None)))).one()
        worrying = await session.get_one(Message, alert.message_id)
        noted = (await session.exec(select(Message).where(Message.note != ""))).one()

    assert (worrying.state, alert.closed_at) == (State.PUBLISHED, None)
    assert (noted.state, noted.note) == (State.PUBLISHED, "naloxone-myth")
    assert note_of(noted.note)


@shared
async def test_nobody_in_the_demo_is_asked_about_their_words(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, _, _ = seeded
    async with community.services.database.reading() as session:
        kept = set((await session.exec(select(Message.text))).all())
        rules = set((await session.exec(select(RecordedFinding.rule))).all())

    assert {said.text for story in (*THREADS, *ROOMS, *HELD) for said in story.said} <= kept
    assert {"links", "toxicity", "claim", "others-details", "care"} <= rules


@shared
async def test_the_desk_of_the_demo_has_one_of_each_kind_waiting_and_a_past(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, _, _ = seeded
    async with community.services.database.reading() as session:
        items = (await session.exec(select(ReviewItem))).all()
        rulings = (await session.exec(select(Ruling))).all()
        appeals = (await session.exec(select(Appeal))).all()
        steps = (await session.exec(select(CareStep.step))).all()
        here = await on_shift(session, community.clock())
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


@shared
async def test_a_month_of_the_demo_is_over_and_its_numbers_are_told(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, _, _ = seeded
    faults: list[Fault] = []
    told = await read(community.services.database, None, community.clock())
    verified = await verify(community.services.database, faults.append)

    assert told is not None
    assert (told.figures.headline.total or 0) >= 40
    assert told.figures.tables["found-by"].rows
    assert (faults, verified.entries > 40) == ([], True)


@shared
async def test_one_can_sign_in_as_each_role_that_is_shown(
    seeded: tuple[Community, Watched, list[Credentials]],
) -> None:
    community, _, credentials = seeded
    async with community.services.database.reading() as session:
        accounts = {one.handle: one for one in (await session.exec(select(Account))).all()}

    assert {one.role for one in credentials} == {"member", "moderator", "manager", "administrator"}
    assert accounts.keys() == {person.handle for person in PEOPLE}
    for one in credentials:
        assert accounts[one.handle].role == one.role
        assert await community.services.passwords.match(one.password, accounts[one.handle].password_hash)


@shared
async def test_passwords_differ_each_time_and_a_full_database_is_not_empty(
    seeded: tuple[Community, Watched, list[Credentials]], prepared_database: Path, tmp_path: Path
) -> None:
    community, _, credentials = seeded
    others: list[Credentials] = []
    async with opened_community(prepared_database, tmp_path) as another:
        await seed(another.services, others.extend)

    assert len({one.password for one in (*credentials, *others)}) == 2 * len(credentials)
    assert all(len(one.password) >= 12 for one in credentials)
    assert not await is_empty(community.services)


async def test_whom_one_can_sign_in_as_is_told_before_anything_can_go_wrong(community: Community) -> None:
    told: list[Credentials] = []
    stumbling = replace(community.services, pipeline=Stumbling(community.services.scorer))

    with pytest.raises(RuntimeError):
        await seed(stumbling, told.extend)

    assert {one.role for one in told} == {"member", "moderator", "manager", "administrator"}


async def test_an_empty_database_is_known(community: Community) -> None:
    assert await is_empty(community.services)
