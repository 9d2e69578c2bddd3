"""Claims about recording: one chain without gaps, however many append at once, of plain values only."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, delete, select

from forum.audit.recording import HEAD, Act, Plain, canonical, record, seal
from forum.audit.tables import AuditEntry, AuditHead
from forum.database import Database
from forum.facts import Fact
from forum.spaces.tables import Space
from tests.builders import Community

pytestmark = pytest.mark.everywhere

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
ROLE = Act(AT, None, "role", "account:7", {"to": "mentor"})


async def keep(database: Database, *acts: Act) -> None:
    """Record the acts in one transaction."""
    async with database.transaction() as tx:
        for act in acts:
            await record(tx, act)


async def entries(database: Database) -> list[AuditEntry]:
    """Return the whole log."""
    async with database.reading() as session:
        return list((await session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)))).all())


async def head(database: Database) -> tuple[int, str]:
    """Return where the log ends."""
    async with database.reading() as session:
        one = await session.get_one(AuditHead, HEAD)
        return one.seq, one.hash


async def test_each_entry_carries_the_hash_of_the_one_before_and_the_head_that_of_the_last(
    community: Community,
) -> None:
    database, somebody = community.services.database, uuid4()
    await keep(database, ROLE, replace(ROLE, actor_id=somebody))
    await keep(database, replace(ROLE, act="bounds", subject="policy"))

    first, second, third = await entries(database)
    assert [one.seq for one in (first, second, third)] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == ["", first.hash, second.hash]
    assert await head(database) == (3, third.hash)
    assert [first.actor_id, second.actor_id, third.act] == [None, somebody, "bounds"]
    assert all(one.hash == seal(one) for one in (first, second, third))


async def test_anybody_can_compute_the_hash_from_what_the_entry_says(community: Community) -> None:
    actor = UUID(int=7)
    details: dict[str, Plain] = {
        "to": "mentor",
        "days": 3,
        "share": 0.5,
        "again": False,
        "until": None,
        "wo": "Köln",
    }
    await keep(community.services.database, Act(AT, actor, "role", "account:7", details))

    [entry] = await entries(community.services.database)
    told = (
        '{"act":"role","actor_id":"00000000-0000-0000-0000-000000000007",'
        '"at":"2026-11-22T18:00:00.000000+00:00",'
        f'"details":{json.dumps(entry.details, ensure_ascii=False)},'
        '"previous":"","seq":1,"subject":"account:7"}'
    )
    assert entry.details == '{"again":false,"days":3,"share":0.5,"to":"mentor","until":null,"wo":"Köln"}'
    assert entry.hash == sha256(told.encode()).hexdigest()


async def test_an_entry_is_the_same_whatever_zone_its_moment_was_told_in(community: Community) -> None:
    there = AT.astimezone(timezone(timedelta(hours=5, minutes=45)))
    await keep(community.services.database, replace(ROLE, at=there))

    [entry] = await entries(community.services.database)
    assert entry.at == AT
    assert entry.hash == seal(entry)


@pytest.mark.parametrize(
    "details",
    [
        {"id": UUID(int=1)},
        {"at": AT},
        {"names": ["a"]},
        {"more": {"a": 1}},
        {"raw": b"a"},
        {"share": float("nan")},
        {"share": float("inf")},
        {"half": "\ud83d"},
        {7: "seven"},
    ],
    ids=lambda details: repr(details)[:20],
)
async def test_what_is_not_plain_is_refused_and_nothing_is_kept(
    community: Community, details: dict[Any, Any]
) -> None:
    with pytest.raises(TypeError):
        await keep(community.services.database, ROLE, replace(ROLE, details=details))

    assert await entries(community.services.database) == []


async def test_a_moment_without_its_zone_is_refused(community: Community) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await keep(community.services.database, replace(ROLE, at=AT.replace(tzinfo=None)))

    assert await entries(community.services.database) == []


def test_canonical_json_does_not_depend_on_the_order_in_which_details_came() -> None:
    assert canonical({"b": 1, "a": "ä"}) == canonical({"a": "ä", "b": 1}) == '{"a":"ä","b":1}'


async def ignore(_tx: object, _fact: Fact) -> None:
    """React to nothing."""


async def announce(_facts: object) -> None:
    """Tell nobody."""


async def test_many_at_once_from_two_processes_leave_one_chain_and_who_rolls_back_leaves_no_gap(
    community: Community,
) -> None:
    ours = community.services.database
    another = Database(ours.url, ignore, announce)  # as another process would open it: with a lock of its own

    async def one(number: int) -> None:
        async with (ours, another)[number % 2].transaction() as tx:
            await record(tx, replace(ROLE, subject=f"account:{number}"))
            await asyncio.sleep(0)
            if number % 5 == 0:
                raise LookupError

    ended = await asyncio.gather(*map(one, range(60)), return_exceptions=True)
    await another.aclose()

    log = await entries(ours)
    assert [one.seq for one in log] == list(range(1, 49))
    assert [one.previous for one in log] == ["", *(one.hash for one in log[:-1])]
    assert await head(ours) == (48, log[-1].hash)
    assert {one.subject for one in log} == {f"account:{n}" for n in range(60) if n % 5}
    assert sum(isinstance(one, LookupError) for one in ended) == 12


async def test_an_act_and_what_was_done_are_kept_together_or_not_at_all(community: Community) -> None:
    space = await community.space(slug="harbour")

    async def fail() -> None:
        async with community.services.database.transaction() as tx:
            (await tx.session.get_one(Space, space.id)).slug = "pier"
            await record(tx, ROLE)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    async with community.services.database.reading() as session:
        assert (await session.get_one(Space, space.id)).slug == "harbour"
        assert await session.get(AuditHead, HEAD) is None
    assert await entries(community.services.database) == []


async def test_nothing_is_appended_where_somebody_took_the_head_away(community: Community) -> None:
    await keep(community.services.database, ROLE, ROLE)
    async with community.services.database.transaction() as tx:
        await tx.session.exec(delete(AuditHead))

    with pytest.raises(Exception, match=r"(?i)unique"):
        await keep(community.services.database, ROLE)

    assert len(await entries(community.services.database)) == 2
