"""Claims about the group commit: who writes at once shares a commit, and nobody shares another's failure."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlmodel import col, select

from forum import group_commit
from forum.database import Database, Transaction
from forum.facts import Fact, NoticesChanged
from forum.messages.placing import take_seq
from forum.messages.tables import Reading
from forum.spaces.tables import Place, PlaceKind
from tests.builders import copied
from tests.forum.test_database import NOW, nothing, somebody

ROOMS = 2
BIG = 60_000
"""Characters that take fifteen pages of SQLite's."""
Ending = Callable[[Transaction], Coroutine[Any, Any, None]]


class Talk:
    """A database whose commits are counted and whose announcements are noted, with rooms to talk in."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, nothing, self.announce)
        self.rooms: list[UUID] = []
        self.told: list[tuple[UUID, int]] = []
        self.commits = 0

    def count(self, _connection: object) -> None:
        """Count a commit."""
        self.commits += 1

    async def announce(self, facts: Sequence[Fact]) -> None:
        """Note what is announced, once others have had their chance to come first."""
        await asyncio.sleep(0)
        self.told += [(fact.account_id, fact.unread) for fact in facts if isinstance(fact, NoticesChanged)]

    async def say(self, room: UUID, ending: Ending, of: UUID | None) -> int:
        """Take the room's next seq, for a member of one's own; the value is acknowledged."""
        async with self.database.transaction(of) as tx:
            member = somebody(str(uuid4()))
            tx.session.add(member)
            await tx.session.flush()
            seq = (await take_seq(tx.session, room)).last_seq
            tx.session.add(Reading(account_id=member.id, place_id=room, seq=seq))
            tx.record(NoticesChanged(room, seq))
            await ending(tx)
        return seq

    async def stored(self, room: UUID) -> list[int]:
        """Return the seqs that are in the database."""
        async with self.database.reading() as session:
            query = select(Reading.seq).where(Reading.place_id == room).order_by(col(Reading.seq))
            return list((await session.exec(query)).all())

    def announced(self, room: UUID) -> list[int]:
        """Return the seqs that were announced, in that order."""
        return [seq for where, seq in self.told if where == room]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Talk]:
    """Open a database with rooms to talk in; what is counted begins afterwards."""
    talk = Talk(url)
    try:
        async with talk.database.transaction() as tx:
            for _ in range(ROOMS):
                room = Place(kind=PlaceKind.ROOM, last_at=NOW, created_at=NOW)
                tx.session.add(room)
                talk.rooms.append(room.id)
        event.listen(talk.database.engine.sync_engine, "commit", talk.count)
        yield talk
    finally:
        await talk.database.aclose()


@pytest.fixture
async def talk(prepared_database: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """A talk on a database of its own."""
    with copied(prepared_database, tmp_path) as url:
        async with opened(url) as one:
            yield one


async def keep(_tx: Transaction) -> None: ...


async def think(_tx: Transaction) -> None:
    await asyncio.sleep(0)


async def fail(tx: Transaction) -> None:
    await tx.session.flush()
    raise ZeroDivisionError


async def collide(tx: Transaction) -> None:
    tx.session.add_all([somebody("Twice"), somebody("Twice")])
    await tx.session.flush()


async def leave(_tx: Transaction) -> None:
    await asyncio.sleep(0)
    raise asyncio.CancelledError


ENDINGS: tuple[Ending, ...] = (keep, think, fail, collide, leave)


async def test_who_writes_alone_waits_for_nobody(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 3_600.0)

    async with asyncio.timeout(30):
        assert await talk.say(talk.rooms[0], keep, uuid4()) == 1

    assert talk.commits == 1


async def test_who_writes_at_once_shares_one_commit(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 60.0)  # however slow the machine is
    room = talk.rooms[0]

    acknowledged = await asyncio.gather(*(talk.say(room, keep, uuid4()) for _ in range(12)))

    assert acknowledged == await talk.stored(room) == talk.announced(room) == list(range(1, 13))
    assert talk.commits == 1


async def test_a_group_is_bounded(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 60.0)
    monkeypatch.setattr(group_commit, "MOST", 3)
    await asyncio.gather(*(talk.say(talk.rooms[0], keep, uuid4()) for _ in range(7)))
    by_count, talk.commits = talk.commits, 0
    monkeypatch.setattr(group_commit, "SECONDS", -1.0)
    await asyncio.gather(*(talk.say(talk.rooms[0], keep, uuid4()) for _ in range(4)))

    assert [by_count, talk.commits] == [3, 4]


async def test_who_may_write_at_length_keeps_nobody_waiting_for_their_commit(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 60.0)
    room = talk.rooms[0]
    briefly, at_length = uuid4(), None

    order = (briefly, briefly, at_length, briefly)
    acknowledged = await asyncio.gather(*(talk.say(room, keep, of) for of in order))

    assert acknowledged == talk.announced(room) == [1, 2, 3, 4]
    assert talk.commits == 3


async def test_nobody_is_told_before_the_commit(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is let in first has left long before the last one has, and still waits."""
    monkeypatch.setattr(group_commit, "SECONDS", 60.0)
    last = asyncio.Event()

    async def wait(_tx: Transaction) -> None:
        await last.wait()

    room = talk.rooms[0]
    first = asyncio.create_task(talk.say(room, keep, uuid4()))
    slow = asyncio.create_task(talk.say(room, wait, uuid4()))
    await asyncio.sleep(0.2)
    assert not first.done()
    assert await talk.stored(room) == talk.announced(room) == []
    last.set()

    acknowledged = [await first, await slow]
    assert acknowledged == await talk.stored(room) == [1, 2]


@given(
    plan=st.lists(st.tuples(st.integers(0, ROOMS - 1), st.sampled_from(ENDINGS), st.booleans()), max_size=12)
)
@hypothesis_settings(max_examples=25)
async def test_what_is_acknowledged_is_stored_and_announced_in_order_whoever_fails(
    prepared_database: Path, run: Path, plan: list[tuple[int, Ending, bool]]
) -> None:
    with copied(prepared_database, run) as url:
        async with opened(url) as talk:
            sent = [
                talk.say(talk.rooms[room], ending, uuid4() if brief else None) for room, ending, brief in plan
            ]
            answers = await asyncio.gather(*sent, return_exceptions=True)

            for number, room in enumerate(talk.rooms):
                heard = [one for one, (where, *_) in zip(answers, plan, strict=True) if where == number]
                acknowledged = [seq for seq in heard if isinstance(seq, int)]

                assert acknowledged == await talk.stored(room) == talk.announced(room)
                assert acknowledged == list(range(1, len(acknowledged) + 1))
    expected = {fail: ZeroDivisionError, collide: IntegrityError, leave: asyncio.CancelledError}
    assert [type(one) for one in answers] == [expected.get(ending, int) for _, ending, _ in plan]


@pytest.mark.parametrize("waits", ["for its turn", "inside", "for the commit"])
async def test_who_is_cancelled_harms_nobody_else(
    talk: Talk, waits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 60.0)
    room, last = talk.rooms[0], asyncio.Event()

    async def wait(_tx: Transaction) -> None:
        await last.wait()

    endings = {"for its turn": (wait, keep), "inside": (keep, wait), "for the commit": (wait, keep, wait)}[
        waits
    ]
    sent = [asyncio.create_task(talk.say(room, ending, uuid4())) for ending in (*endings, keep)]
    await asyncio.sleep(0.2)
    if waits == "for the commit":
        sent[0].cancel()
        await asyncio.sleep(0.2)
    sent[1].cancel()
    await asyncio.sleep(0)
    last.set()
    answers = await asyncio.gather(*sent, return_exceptions=True)

    assert isinstance(answers[1], asyncio.CancelledError)
    stored = await talk.stored(room)
    assert {seq for seq in answers if isinstance(seq, int)} <= set(stored)
    assert stored == talk.announced(room) == list(range(1, len(stored) + 1))
    assert len(stored) == (3 if waits == "for the commit" else 2)


async def test_a_commit_that_fails_is_told_to_all_and_announced_to_nobody(talk: Talk) -> None:
    room = talk.rooms[0]

    async def spoil(tx: Transaction) -> None:
        # A deferred foreign key is checked only at the commit.
        await (await tx.session.connection()).execute(text("PRAGMA defer_foreign_keys=ON"))
        tx.session.add(Reading(account_id=uuid4(), place_id=room, seq=99))

    answers = await asyncio.gather(
        *(talk.say(room, ending, uuid4()) for ending in (keep, spoil, keep)), return_exceptions=True
    )

    assert [type(one) for one in answers] == [IntegrityError] * 3
    assert await talk.stored(room) == talk.announced(room) == []
    assert await talk.say(room, keep, uuid4()) == 1


@given(writers=st.lists(st.booleans(), min_size=2, max_size=12), spare=st.integers(0, 120))
@hypothesis_settings(max_examples=20)
async def test_a_full_disk_takes_back_nothing_that_was_acknowledged(
    prepared_database: Path, run: Path, writers: list[bool], spare: int
) -> None:
    async def write_much(tx: Transaction) -> None:
        tx.session.add(somebody("x" * BIG + str(uuid4())))
        await tx.session.flush()

    with copied(prepared_database, run) as url:
        async with opened(url) as talk:
            room = talk.rooms[0]
            await talk.database.engine.dispose()
            event.listen(talk.database.engine.sync_engine, "connect", lambda tie, _: fill(tie, spare))
            sent = (talk.say(room, write_much if much else keep, uuid4()) for much in writers)
            answers = await asyncio.gather(*sent, return_exceptions=True)

            acknowledged = [one for one in answers if isinstance(one, int)]
            assert acknowledged == await talk.stored(room) == talk.announced(room)
            assert acknowledged == list(range(1, len(acknowledged) + 1))
            failed = [one for one in answers if not isinstance(one, int)]
            assert all(isinstance(one, SQLAlchemyError) for one in failed)


def fill(tie: sqlite3.Connection, spare: int) -> None:
    """Leave so many pages of room, of 4 KiB each."""
    cursor = tie.cursor()
    cursor.execute("PRAGMA page_count")
    (pages,) = cursor.fetchone()
    cursor.execute(f"PRAGMA max_page_count={pages + spare}")
    cursor.close()


async def test_a_database_that_is_locked_by_others_is_told_to_each_who_waits(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    event.listen(talk.database.engine.sync_engine, "connect", lambda tie, _: hasty(tie))
    await talk.database.engine.dispose()
    other = sqlite3.connect(str(talk.database.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = [talk.say(talk.rooms[0], keep, uuid4()) for _ in range(3)]
    answers = await asyncio.gather(*writing, return_exceptions=True)
    other.execute("ROLLBACK")
    other.close()

    assert [type(one) for one in answers] == [OperationalError] * 3
    assert await talk.say(talk.rooms[0], keep, uuid4()) == 1


def hasty(tie: sqlite3.Connection) -> None:
    """Wait for no other process."""
    cursor = tie.cursor()
    cursor.execute("PRAGMA busy_timeout=1")
    cursor.close()


TALKING = """
import asyncio, sys
from uuid import UUID, uuid4
from tests.forum.test_group_commit import keep, opened

async def main():
    async with opened(sys.argv[1]) as talk:
        async def go_on():
            while True:
                print(await talk.say(UUID(sys.argv[2]), keep, uuid4()), flush=True)
        await asyncio.gather(*(go_on() for _ in range(10)))

asyncio.run(main())
"""


async def test_what_was_acknowledged_before_a_process_is_killed_is_there(talk: Talk) -> None:
    command = [sys.executable, "-c", TALKING, talk.database.url, str(talk.rooms[0])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as talking:  # noqa: ASYNC220, S603 - our own
        assert talking.stdout is not None
        heard = [talking.stdout.readline() for _ in range(60)]
        talking.send_signal(signal.SIGKILL)
        heard += talking.stdout.read().splitlines(keepends=True)
    acknowledged = [int(line) for line in heard if line.endswith("\n")]
    stored = await talk.stored(talk.rooms[0])

    assert len(set(acknowledged)) == len(acknowledged) >= 60
    assert set(acknowledged) <= set(stored)
    assert stored == list(range(1, len(stored) + 1))
