"""The one door: what passes it, what waits, and what happens when two come at once or something breaks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.broadcasts import Broadcasts, account_topic
from forum.database import Database, Transaction
from forum.errors import Closed, Conflict, Forbidden, Invalid, NotFound, TooManyRequests
from forum.facts import Fact
from forum.messages.explanations import explain
from forum.messages.publishing import submit
from forum.messages.submission import Edit, Held, Opening, Published, Reply, Submission
from forum.messages.tables import Reading, State
from forum.notifications.tables import Notice
from forum.reactions import react
from forum.review.alerting import is_urgent
from forum.review.reporting import report
from forum.spaces.opening import Pace, set_pace
from forum.spaces.tables import Audience, Place
from moderation.draft import Policy
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.rulebook import Rulebook
from moderation.signs import Hearing
from moderation.toxicity.thresholds import Thresholds
from realtime.envelope import Envelope
from realtime.in_process import InProcess
from tests.builders import (
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Community,
    Member,
    Prepared,
    held,
    opened_community,
    published,
    refused,
)
from tests.forum.talk import edited, heard, hold_one, rows_of, ruled, statements, with_scorer
from tests.moderation.scorers import CALM, Answers, Hangs, Raises

DEFER = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "ALTER TABLE reading ALTER CONSTRAINT fk_reading_place_id_place"
    " DEFERRABLE INITIALLY DEFERRED",
}


class Meanwhile(Answers):
    """A scorer during whose work something else happens."""

    def __init__(self, happens: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.happens = happens

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        await self.happens()
        return [CALM]


# What becomes of it


async def test_a_harmless_line_takes_the_next_seq_and_everybody_there_hears_it(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with heard(community.services, room.id) as frames:
        first = published(await community.say(rowan, room.id))
        second = published(await community.say(rowan, room.id, "And a *second* one."))

    assert (first.seq, second.seq) == (1, 2)
    assert [(frame["seq"], frame["id"]) for frame in frames] == [
        (1, str(first.message_id)),
        (2, str(second.message_id)),
    ]
    assert "<em>second</em>" in frames[1]["html"]


async def test_what_is_held_waits_without_a_seq_and_reaches_nobody(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    room = await community.room()

    async with (
        heard(community.services, room.id) as in_the_room,
        heard(community.services, account_topic(wren.id)) as to_wren,
        heard(community.services, account_topic(rowan.id)) as to_rowan,
    ):
        answer = held(await community.say(rowan, room.id, HOLDS))

    row = await community.message(answer.message_id)
    assert (row.state, row.seq, row.path, row.text) == (State.HELD, None, None, HOLDS)
    assert explain(answer.findings)
    assert in_the_room == to_wren == to_rowan == []


async def test_a_refused_word_keeps_the_text_for_its_author_alone(community: Community) -> None:
    strict = replace(community.services, policy=Policy(refused_words=("zopiclone",)))
    rowan, room = await community.member(), await community.room()

    async with heard(strict, room.id) as frames:
        answer = refused(
            await submit(strict, Submission(Reply(room.id), rowan.id, "Zopiclone, two boxes, cheap."))
        )

    assert answer.message_id is not None
    row = await community.message(answer.message_id)
    assert (row.state, row.seq, row.text) == (State.REFUSED, None, "Zopiclone, two boxes, cheap.")
    assert frames == []


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b", "x" * 2_001, "half \ud83d a pair"])
async def test_what_has_no_shape_is_refused_and_not_kept(community: Community, typed: str) -> None:
    rowan, room = await community.member(), await community.room()

    answer = refused(await community.say(rowan, room.id, typed))

    assert answer.message_id is None
    assert explain(answer.findings)
    assert await rows_of(community, room.id) == []


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u200d"])
async def test_a_thread_needs_a_title(community: Community, title: str) -> None:
    rowan, space = await community.member(), await community.space()

    with pytest.raises(Invalid) as caught:
        await submit(community.services, Submission(Opening(space.id, title), rowan.id, HARMLESS))

    assert set(caught.value.fields) == {"title"}


async def test_a_scorer_that_fails_means_held_and_the_author_is_told(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    scorers = [Raises(), Hangs(), Answers("nonsense"), Answers([]), Answers([{"toxicity": float("nan")}])]

    async with heard(community.services, room.id) as frames:
        for scorer in scorers:
            failing = with_scorer(community.services, scorer, deadline=0.02)
            text = f"A calm line before {type(scorer).__name__} {scorer.answer}."
            answer = held(await submit(failing, Submission(Reply(room.id), rowan.id, text)))

            assert "It could not be checked just now" in str(explain(answer.findings)[0])

    assert frames == []


# While it is judged


async def test_no_transaction_is_open_while_the_pipeline_works(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    in_use: list[int] = []

    async def look() -> None:
        pool = community.services.database.engine.pool
        in_use.append(pool.checkedout())  # type: ignore[attr-defined]
        async with community.services.database.transaction():
            pass  # with another writer open, this would wait for it until the deadline

    services = with_scorer(community.services, Meanwhile(look))
    published(await submit(services, Submission(Reply(room.id), rowan.id, HARMLESS)))

    assert in_use == [0]


async def test_a_room_paused_after_the_verdict_takes_nothing(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async def pause() -> None:
        await set_pace(community.services, room.id, Pace(closed=True))

    services = with_scorer(community.services, Meanwhile(pause))
    with pytest.raises(Closed):
        await submit(services, Submission(Reply(room.id), rowan.id, HARMLESS))

    assert await rows_of(community, room.id) == []


async def test_a_suspension_after_the_verdict_is_respected(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async def suspend() -> None:
        async with community.services.database.transaction() as tx:
            account = await tx.session.get_one(Account, rowan.id)
            account.suspended_until = community.clock().replace(year=2027)

    services = with_scorer(community.services, Meanwhile(suspend))
    with pytest.raises(Forbidden):
        await submit(services, Submission(Reply(room.id), rowan.id, HARMLESS))

    assert await rows_of(community, room.id) == []


async def test_a_suspension_that_is_over_stops_nobody(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).suspended_until = community.clock()

    published(await community.say(rowan, room.id))


# The same send again


async def test_a_replayed_nonce_is_one_message_whatever_became_of_it(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with heard(community.services, room.id) as frames:
        for text in (HARMLESS, HOLDS):
            submission = Submission(Reply(room.id), rowan.id, text)
            first = await submit(community.services, submission)
            again = await submit(community.services, submission)

            assert again == first

    assert len(await rows_of(community, room.id)) == 2
    assert len(frames) == 1


async def test_the_same_send_twice_at_once_is_one_message(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    submission = Submission(Reply(room.id), rowan.id, HARMLESS)

    async with heard(community.services, room.id) as frames:
        answers = await asyncio.gather(*(submit(community.services, submission) for _ in range(5)))

    assert len(set(map(repr, answers))) == 1
    assert isinstance(answers[0], Published)
    assert len(await rows_of(community, room.id)) == len(frames) == 1


async def test_twice_at_once_in_slow_mode_both_hear_that_it_is_published(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=60))
    submission = Submission(Reply(room.id), rowan.id, HARMLESS)

    answers = await asyncio.gather(*(submit(community.services, submission) for _ in range(2)))

    assert answers[0] == answers[1]
    assert published(answers[0]).seq == 1


async def test_an_edit_sent_twice_at_once_is_no_conflict_with_itself(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    version = (await community.message(said.message_id)).version
    submission = Submission(Edit(said.message_id, version), rowan.id, "Good morning, and a better night.")

    answers = await asyncio.gather(*(submit(community.services, submission) for _ in range(2)))

    assert answers[0] == answers[1] == Published(said.message_id, room.id, 2)


async def test_two_members_may_use_the_same_nonce(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    room, nonce = await community.room(), uuid4()

    for member in (rowan, wren):
        published(await submit(community.services, Submission(Reply(room.id), member.id, HARMLESS, nonce)))

    assert len(await rows_of(community, room.id)) == 2


# When something breaks


async def test_nothing_is_broadcast_or_kept_when_a_reaction_fails(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    services = community.services

    async def fail(tx: Transaction, fact: Fact) -> None:
        raise RuntimeError("the reaction broke")

    announce = Broadcasts(services.backplane, services.renderer).announce
    database = Database(services.database.url, fail, announce)
    async with heard(services, room.id) as frames:
        broken = replace(services, database=database)
        with pytest.raises(RuntimeError):
            await submit(broken, Submission(Reply(room.id), rowan.id, HARMLESS))
    await database.aclose()

    assert frames == []
    assert await rows_of(community, room.id) == []
    assert published(await community.say(rowan, room.id)).seq == 1


@pytest.mark.everywhere
async def test_nothing_is_broadcast_when_the_commit_itself_fails(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    services = community.services

    async def spoil_the_commit(tx: Transaction, fact: Fact) -> None:
        # A deferred foreign key is checked only at the commit.
        defer = DEFER[services.database.engine.dialect.name]
        await tx.session.exec(sql(defer))  # type: ignore[call-overload]
        tx.session.add(Reading(account_id=rowan.id, place_id=uuid4(), seq=1))

    announce = Broadcasts(services.backplane, services.renderer).announce
    database = Database(services.database.url, spoil_the_commit, announce)
    broken = replace(services, database=database)
    async with heard(services, room.id) as frames:
        with pytest.raises(IntegrityError):
            await submit(broken, Submission(Reply(room.id), rowan.id, HARMLESS))
    await database.aclose()

    assert frames == []
    assert await rows_of(community, room.id) == []
    assert published(await community.say(rowan, room.id)).seq == 1


async def test_a_line_whose_broadcast_fails_is_published_all_the_same(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    services = community.services
    announce = Broadcasts(Away(), services.renderer).announce
    database = Database(services.database.url, react, announce)

    answer = await submit(
        replace(services, database=database), Submission(Reply(room.id), rowan.id, HARMLESS)
    )
    await database.aclose()

    assert published(answer).seq == 1
    assert len(await rows_of(community, room.id)) == 1


class Away(InProcess):
    """A backplane that cannot be reached."""

    async def publish(self, envelope: Envelope) -> None:
        raise ConnectionError


# Many at once


@pytest.mark.everywhere
@given(
    plan=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["said", "held", "released"])),
        min_size=2,
        max_size=20,
    )
)
@settings(max_examples=5)
async def test_seq_has_no_gaps_and_no_repeats_and_broadcasts_are_what_was_published(
    empty: Prepared, run: Path, plan: list[tuple[int, int, str]]
) -> None:
    async with opened_community(empty, run) as community:
        members = [await community.member(handle) for handle in ("Rowan", "Wren", "Maren")]
        moderator = await community.member("Linnet", Role.MODERATOR)
        rooms = [(await community.room()).id, (await community.room()).id]
        threads = [
            published(await community.thread(moderator, f"The {title} thread.")).place_id
            for title in ("first", "second")
        ]
        places = [*rooms, *threads]

        async def one(number: int, author: Member, place_id: UUID, fate: str) -> None:
            text = f"Step {number} of the day." if fate == "said" else f"You are worthless, number {number}."
            answer = await community.say(author, place_id, text)
            assert isinstance(answer, Published if fate == "said" else Held)
            if fate == "released":
                assert isinstance(answer, Held)
                await ruled(community, moderator, answer.message_id, release=True)

        async with (
            heard(community.services, rooms[0]) as first,
            heard(community.services, rooms[1]) as second,
        ):
            happened = await asyncio.gather(
                *(one(n, members[a], places[p], fate) for n, (a, p, fate) in enumerate(plan)),
                return_exceptions=True,
            )

        assert all(isinstance(one, TooManyRequests | None) for one in happened), happened
        for number, place_id in enumerate(places):
            out = [row for row in await rows_of(community, place_id) if row.state == State.PUBLISHED]
            async with community.services.database.reading() as session:
                place = await session.get_one(Place, place_id)
            assert sorted(row.seq or 0 for row in out) == list(range(1, len(out) + 1))
            assert place.last_seq == len(out)
            if place_id in rooms:
                frames = (first, second)[number]
                assert [frame["seq"] for frame in frames] == list(range(1, len(out) + 1))
                assert {frame["id"] for frame in frames} == {str(row.id) for row in out}


# Edits


async def test_an_edit_that_passes_replaces_the_words_for_everybody(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))

    async with heard(community.services, room.id) as frames:
        answer = published(await edited(community, rowan, said.message_id, "I slept *very* well."))

    row = await community.message(said.message_id)
    assert answer.message_id == said.message_id
    assert (row.seq, row.changed_seq, row.text) == (1, 2, "I slept *very* well.")
    assert row.edited_at is not None
    assert [(frame["seq"], frame["id"]) for frame in frames] == [(2, str(said.message_id))]
    assert "<em>very</em>" in frames[0]["html"]


async def test_until_an_edit_passes_others_see_the_old_words(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, room.id))

    async with heard(community.services, room.id) as frames:
        waiting = held(await edited(community, rowan, said.message_id, HOLDS))

        assert (await community.message(said.message_id)).text == HARMLESS
        assert frames == []

        await ruled(community, moderator, waiting.message_id, release=True)

    row, edit = await community.message(said.message_id), await community.message(waiting.message_id)
    assert (row.text, row.seq, row.changed_seq) == (HOLDS, 1, 2)
    assert (edit.state, edit.text, edit.html) == (State.APPLIED, "", "")
    assert [frame["seq"] for frame in frames] == [2]


async def test_a_refused_edit_leaves_the_old_words_and_keeps_the_new_for_the_author(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, room.id))
    waiting = held(await edited(community, rowan, said.message_id, HOLDS))

    await ruled(community, moderator, waiting.message_id, release=False)

    assert (await community.message(said.message_id)).text == HARMLESS
    edit = await community.message(waiting.message_id)
    assert (edit.state, edit.text) == (State.REFUSED, HOLDS)


async def test_an_edit_of_an_older_version_is_a_conflict(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    version = (await community.message(said.message_id)).version
    await edited(community, rowan, said.message_id, "The first edit.")

    with pytest.raises(Conflict):
        await submit(
            community.services, Submission(Edit(said.message_id, version), rowan.id, "The second edit.")
        )

    assert (await community.message(said.message_id)).text == "The first edit."


async def test_a_second_edit_waits_for_the_first_to_be_read(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    held(await edited(community, rowan, said.message_id, HOLDS))

    with pytest.raises(Conflict):
        await edited(community, rowan, said.message_id, "Kinder words.")


async def test_nobody_edits_what_another_one_said(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    moderator = await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))

    for somebody in (wren, moderator):
        with pytest.raises(NotFound):
            await edited(community, somebody, said.message_id, "Put into your mouth.")

    assert (await community.message(said.message_id)).text == HARMLESS


async def test_mending_a_comma_does_not_count_as_saying_it_again(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id, "Good morning I slept well, and went for a walk"))

    published(
        await edited(community, rowan, said.message_id, "Good morning, I slept well and went for a walk!")
    )


async def test_an_edit_of_what_was_taken_down_is_not_released(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, room.id))
    waiting = held(await edited(community, rowan, said.message_id, HOLDS))
    await report(community.services, wren.viewer, said.message_id, "unkind")
    await ruled(community, moderator, said.message_id, release=False)

    with pytest.raises(Conflict):
        await ruled(community, moderator, waiting.message_id, release=True)

    assert (await community.message(said.message_id)).text == HARMLESS
    assert (await community.message(waiting.message_id)).text == HOLDS


async def test_a_title_can_be_edited_only_where_a_thread_opens(community: Community) -> None:
    rowan = await community.member()
    opening = published(await community.thread(rowan))
    reply = published(await community.say(rowan, opening.place_id, "A first reply."))
    for answer, text in ((opening, "New words."), (reply, "Other words.")):
        version = (await community.message(answer.message_id)).version
        edit = Edit(answer.message_id, version, "A new title")
        published(await submit(community.services, Submission(edit, rowan.id, text)))

    assert (await community.message(opening.message_id)).title == "A new title"
    assert (await community.message(reply.message_id)).title == ""


# Profiles


async def test_who_will_read_it_decides_how_strictly_it_is_judged_and_the_finding_keeps_by_what(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    thresholds = Thresholds.read(
        'version = "7"\n[models.other.public]\ninsult = 0.5\n[models.other.team]\ninsult = 0.9\n'
    )
    policy = PolicyFile(Rulebook("7", {}), thresholds, Hearing())
    scorer = Answers(answer=({**CALM, "insult": 0.7},))
    services = replace(community.services, pipeline=Pipeline(scorer, policy=policy))
    answers = {}
    for audience in (Audience.PUBLIC, Audience.TEAM):
        room = await community.room(space=await community.space(audience))
        answers[audience] = await submit(services, Submission(Reply(room.id), linnet.id, "He said: idiot."))

    published(answers[Audience.TEAM])
    [finding] = held(answers[Audience.PUBLIC]).findings
    assert (finding.label, finding.score, finding.model, finding.policy) == ("insult", 0.7, "answers", "7")


# When somebody may be in danger


async def care_notices(community: Community) -> set[UUID]:
    """Return who was told that somebody may be in danger."""
    async with community.services.database.reading() as session:
        return set((await session.exec(select(Notice.account_id).where(Notice.kind == "care"))).all())


async def test_words_of_danger_are_published_and_every_moderator_is_told_at_once(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    team = [
        await community.member(name, role)
        for name, role in (("Linnet", Role.MODERATOR), ("Moss", Role.ADMINISTRATOR))
    ]

    said = published(await community.say(rowan, room.id, IN_DANGER))

    async with community.services.database.reading() as session:
        assert await is_urgent(session, said.message_id)
    assert said.cared
    assert await care_notices(community) == {one.id for one in team}


async def test_words_that_could_show_how_wait_and_the_alert_is_as_urgent(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()

    waiting = held(await community.say(rowan, room.id, "I have swallowed forty paracetamol tablets."))

    async with community.services.database.reading() as session:
        assert await is_urgent(session, waiting.message_id)
    assert (waiting.cared, [found.rule for found in waiting.findings]) == (True, ["care-method"])
    assert await care_notices(community) == {moderator.id}


async def test_calm_words_and_held_ones_raise_no_alert(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await community.member("Linnet", Role.MODERATOR)

    calm = published(await community.say(rowan, room.id))
    waiting = await hold_one(community, rowan, room.id)

    assert (calm.cared, waiting.cared) == (False, False)
    assert not await care_notices(community)


async def test_an_edit_that_speaks_of_danger_raises_care_too(community: Community) -> None:
    rowan, moderator = await community.member(), await community.member("Linnet", Role.MODERATOR)
    room = await community.room()
    said = published(await community.say(rowan, room.id))

    changed = published(await edited(community, rowan, said.message_id, IN_DANGER))

    assert changed.cared
    assert await care_notices(community) == {moderator.id}


# How much of it there is


@pytest.mark.everywhere
@pytest.mark.parametrize(("kind", "statements_each"), [("line", 10), ("answered", 16), ("reply", 12)])
async def test_a_message_takes_so_many_statements(
    community: Community, kind: str, statements_each: int
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    place_id = (await community.room()).id
    parent = None
    if kind == "reply":
        place_id = published(await community.thread(wren)).place_id
    elif kind == "answered":
        parent = published(await community.say(wren, place_id)).message_id
    await community.say(rowan, place_id, "Good evening to all of you.")

    with statements(community.services) as said:
        published(await community.say(rowan, place_id, "The kettle is on.", parent))

    asked = [one for one in said if one.startswith(("SELECT", "INSERT", "UPDATE")) and "advisory" not in one]
    assert len(asked) == statements_each, asked
