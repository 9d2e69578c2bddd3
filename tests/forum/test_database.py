"""Claims about the database: moments keep their zone, and a transaction is all or nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError, InternalError, StatementError
from sqlmodel import col, func, update
from sqlmodel import select as select_rows

from forum.accounts.tables import Account, RecoveryCode
from forum.database import Announce, Database, React, Transaction, UtcDateTime
from forum.engines import is_sqlite
from forum.facts import Fact, NoticesChanged, SessionsEnded
from tests.builders import Prepared, copied

pytestmark = pytest.mark.everywhere

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
EARLIEST, LATEST = datetime(1, 1, 3), datetime(9999, 12, 29)  # noqa: DTZ001 - hypothesis adds the zones
AWARE = st.datetimes(EARLIEST, LATEST, timezones=st.timezones())
MOMENTS = Table("moments", MetaData(), Column("at", UtcDateTime))


async def nothing(_tx: Transaction, _fact: Fact) -> None: ...


async def nobody(_facts: Sequence[Fact]) -> None: ...


@pytest.fixture
def url(empty: Prepared, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own for this test."""
    with copied(empty, tmp_path) as url:
        yield url


@contextlib.asynccontextmanager
async def opened(url: str, react: React = nothing, announce: Announce = nobody) -> AsyncIterator[Database]:
    database = Database(url, react, announce)
    try:
        yield database
    finally:
        await database.aclose()


def somebody(handle: str) -> Account:
    return Account(
        handle=handle,
        handle_key=handle,
        handle_look=handle,
        password_hash="-",
        guidelines_version="-",
        created_at=NOW,
    )


async def handles(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted((await session.exec(select_rows(Account.handle))).all())


@pytest.fixture(scope="module")
def with_moments(empty: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with a table of moments, which every example leaves as it was."""

    async def add_table(url: str) -> None:
        async with opened(url) as database, database.engine.begin() as connection:
            await connection.run_sync(MOMENTS.metadata.create_all)

    with copied(empty, tmp_path_factory.mktemp("moments")) as url:
        asyncio.run(add_table(url))
        yield url


async def kept(
    url: str, moments: Sequence[datetime], order: Sequence[Column[datetime]] = ()
) -> list[datetime]:
    """Return what the database makes of moments."""
    async with opened(url) as database, database.engine.connect() as connection:
        await connection.execute(insert(MOMENTS), [{"at": at} for at in moments])
        return list((await connection.execute(select(MOMENTS.c.at).order_by(*order))).scalars())


@given(moments=st.lists(AWARE, min_size=1, max_size=20))
@hypothesis_settings(max_examples=15)
async def test_every_moment_comes_back_as_the_same_moment_in_utc(
    with_moments: str, moments: list[datetime]
) -> None:
    returned = await kept(with_moments, moments)

    assert returned == [at.astimezone(UTC) for at in moments]
    assert all(at.utcoffset() == timedelta() for at in returned)


@given(one=AWARE, other=AWARE)
@hypothesis_settings(max_examples=15)
async def test_the_database_orders_moments_as_time_does_whatever_their_zones(
    with_moments: str, one: datetime, other: datetime
) -> None:
    returned = await kept(with_moments, [one, other], [MOMENTS.c.at])

    assert returned == sorted((one.astimezone(UTC), other.astimezone(UTC)))


async def test_a_moment_without_a_zone_is_refused_and_none_stays_none(url: str) -> None:
    naive = datetime(2026, 11, 22, 18, 0)  # noqa: DTZ001 - the point of the test

    async with opened(url) as database:
        with pytest.raises(StatementError, match="time zone"):  # noqa: PT012 - a transaction is a block
            async with database.transaction() as tx:
                account = somebody("Rowan")
                account.created_at = naive
                tx.session.add(account)
        async with database.transaction() as tx:
            tx.session.add(somebody("Juniper"))
        async with database.reading() as session:
            stored = (await session.exec(select_rows(Account))).one()

    assert stored.handle == "Juniper"
    assert stored.suspended_until is None


async def test_facts_are_announced_in_order_and_only_after_the_commit(url: str) -> None:
    seen: list[tuple[list[Fact], list[str]]] = []
    first, second = NoticesChanged(uuid4(), 1), NoticesChanged(uuid4(), 2)

    async def announce(facts: Sequence[Fact]) -> None:
        seen.append((list(facts), await handles(database)))

    async with opened(url, announce=announce) as database, database.transaction() as tx:
        tx.session.add(somebody("Rowan"))
        tx.record(first)
        tx.record(second)
        await tx.session.flush()
        assert seen == []

    assert seen == [([first, second], ["Rowan"])]


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_an_error_keeps_nothing_and_tells_nothing(url: str, error: type[BaseException]) -> None:
    told: list[Fact] = []

    async def announce(facts: Sequence[Fact]) -> None:
        told.extend(facts)

    async with opened(url, announce=announce) as database:
        with pytest.raises(error):  # noqa: PT012 - a transaction is a block
            async with database.transaction() as tx:
                tx.session.add(somebody("Rowan"))
                await tx.session.flush()
                tx.record(NoticesChanged(uuid4(), 1))
                raise error

        assert await handles(database) == []
        assert told == []
        async with database.transaction() as tx:
            tx.session.add(somebody("Juniper"))
        assert await handles(database) == ["Juniper"]


async def test_a_constraint_that_fails_at_the_commit_tells_nothing_either(url: str) -> None:
    told: list[Fact] = []

    async def announce(facts: Sequence[Fact]) -> None:
        told.extend(facts)

    async with opened(url, announce=announce) as database:
        with pytest.raises(IntegrityError):  # noqa: PT012 - a transaction is a block
            async with database.transaction() as tx:
                tx.session.add_all([somebody("Rowan"), somebody("Rowan")])
                tx.record(NoticesChanged(uuid4(), 1))

        assert await handles(database) == []
        assert told == []


async def test_reactions_write_in_the_same_commit_and_may_record_more(url: str) -> None:
    told: list[Fact] = []
    seen_outside: list[list[str]] = []
    cause, effect = SessionsEnded(uuid4()), NoticesChanged(uuid4(), 1)

    async def react(tx: Transaction, fact: Fact) -> None:
        if fact is cause:
            tx.session.add(somebody("Written-by-a-reaction"))
            tx.record(effect)
        seen_outside.append(await handles(database))

    async def announce(facts: Sequence[Fact]) -> None:
        told.extend(facts)

    async with opened(url, react, announce) as database:
        async with database.transaction() as tx:
            tx.session.add(somebody("Rowan"))
            tx.record(cause)

        assert seen_outside == [[], []]
        assert await handles(database) == ["Rowan", "Written-by-a-reaction"]
        assert told == [cause, effect]


async def test_a_reaction_that_raises_undoes_everything(url: str) -> None:
    told: list[Fact] = []

    async def react(tx: Transaction, _fact: Fact) -> None:
        tx.session.add(somebody("Juniper"))
        await tx.session.flush()
        raise RuntimeError

    async def announce(facts: Sequence[Fact]) -> None:
        told.extend(facts)

    async with opened(url, react, announce) as database:
        with pytest.raises(RuntimeError):  # noqa: PT012 - a transaction is a block
            async with database.transaction() as tx:
                tx.session.add(somebody("Rowan"))
                tx.record(NoticesChanged(uuid4(), 1))

        assert await handles(database) == []
        assert told == []


async def add_one_to(database: Database, account_id: UUID, of: UUID | None = None) -> None:
    """Read, think, then write: what loses an update when two do it at once."""
    async with database.transaction(of) as tx:
        account = await tx.session.get_one(Account, account_id)
        before = int(account.time_zone)
        await asyncio.sleep(0)
        account.time_zone = str(before + 1)


@given(writers=st.integers(2, 8), processes=st.integers(1, 3))
@hypothesis_settings(max_examples=8)
async def test_concurrent_writers_neither_fail_as_busy_nor_lose_an_update(
    empty: Prepared, run: Path, writers: int, processes: int
) -> None:
    counter = somebody("Counter")
    counter.time_zone = "0"
    async with contextlib.AsyncExitStack() as stack:
        url = stack.enter_context(copied(empty, run))
        databases = [await stack.enter_async_context(opened(url)) for _ in range(processes)]
        async with databases[0].transaction() as tx:
            tx.session.add(counter)

        await asyncio.gather(*(add_one_to(one, counter.id) for one in databases for _ in range(writers)))

        async with databases[0].reading() as session:
            assert (await session.get_one(Account, counter.id)).time_zone == str(writers * processes)


async def test_a_member_who_writes_twice_at_once_loses_nothing_either(url: str) -> None:
    counter = somebody("Counter")
    counter.time_zone = "0"
    async with opened(url) as database:
        async with database.transaction() as tx:
            tx.session.add(counter)

        await asyncio.gather(*(add_one_to(database, counter.id, of=counter.id) for _ in range(12)))

        async with database.reading() as session:
            assert (await session.get_one(Account, counter.id)).time_zone == "12"


async def test_reading_waits_for_no_writer_and_sees_what_was_committed_before(url: str) -> None:
    async with opened(url) as database, opened(url) as another_process:
        async with database.transaction() as tx:
            tx.session.add(somebody("Rowan"))
            await tx.session.flush()

            meanwhile = [await handles(database), await handles(another_process)]

        assert meanwhile == [[], []]
        assert await handles(another_process) == ["Rowan"]


async def test_an_open_reading_holds_up_no_writer(url: str) -> None:
    async with opened(url) as database, database.reading() as session:
        before = (await session.exec(select_rows(func.count()).select_from(Account))).one()

        async with database.transaction() as tx:
            tx.session.add(somebody("Rowan"))

        assert before == 0
        assert await handles(database) == ["Rowan"]


async def test_what_is_written_through_a_reading_is_refused_or_not_kept(url: str) -> None:
    renaming = update(Account).where(col(Account.handle) == "Rowan").values(handle="Gone")

    async with opened(url) as database:
        async with database.transaction() as tx:
            tx.session.add(somebody("Rowan"))
        refused = is_sqlite(database.engine) or pytest.raises(InternalError, match="read-only")
        async with database.reading() as session:
            with contextlib.nullcontext() if refused is True else refused:
                await session.exec(renaming)

        assert await handles(database) == ["Rowan"]


async def test_a_glance_sees_what_was_committed_and_of_one_moment(url: str) -> None:
    count = select_rows(func.count()).select_from(Account)
    async with opened(url) as database:
        async with database.transaction() as tx:
            tx.session.add(somebody("Rowan"))
        async with database.glancing() as session:
            before = (await session.exec(count)).one()
            async with database.transaction(of=uuid4()) as tx:
                tx.session.add(somebody("Juniper"))
            meanwhile = (await session.exec(count)).one()
        async with database.glancing() as session:
            after = (await session.exec(count)).one()

    assert (before, meanwhile, after) == (1, 1, 2)


async def test_a_row_that_points_at_nobody_is_refused(url: str) -> None:
    orphan = insert(RecoveryCode).values(id=uuid4(), account_id=uuid4(), code_hash="")

    async with opened(url) as database:
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            async with database.transaction() as tx:
                await (await tx.session.connection()).execute(orphan)


async def test_an_error_does_not_quote_what_people_wrote(url: str) -> None:
    async with opened(url) as database:
        with pytest.raises(IntegrityError) as caught:
            async with database.transaction() as tx:
                tx.session.add_all([somebody("Quiet-heron"), somebody("Quiet-heron")])

    assert "Quiet-heron" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "not an address",
        "",
        "sqlite:///without-async.db",
        "oracle+nothing://user:hunter2@host/db",
        "postgresql+nothing://user:hunter2@host/db",
    ],
)
def test_an_address_that_cannot_be_used_is_said_in_plain_words_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL cannot be used") as caught:
        Database(url, nothing, nobody)

    assert "hunter2" not in str(caught.value)
