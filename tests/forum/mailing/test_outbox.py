"""Claims about the outbox: one row a thing, one worker a row, and in the end it is sent or given up."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from forum.mailing.outbox import (
    BATCH,
    CLAIM,
    KEPT,
    MOST_TRIES,
    anything_waits,
    attempt,
    claim,
    drop_old,
    enqueue,
    give_up,
    postpone,
    sent,
    settle,
)
from forum.mailing.tables import Channel, Outgoing
from tests.builders import Community


def letter(community: Community, account_id: UUID, number: int = 0, **more: object) -> Outgoing:
    """Return a letter that is due now, and for a day."""
    now = community.clock()
    told: dict[str, object] = {"due_at": now, "expires_at": now + timedelta(days=1), "kind": "test"}
    told |= {"key": f"test:{number}", "account_id": account_id, "channel": Channel.MAIL}
    return Outgoing(**told | more)  # type: ignore[arg-type]


async def put(community: Community, *rows: Outgoing) -> None:
    """Write them into the outbox."""
    async with community.services.database.transaction() as tx:
        await enqueue(tx, *rows)


async def kept(community: Community, key: str = "test:0") -> Outgoing:
    """Return the row as it is now."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(Outgoing).where(Outgoing.key == key))).one()


@pytest.mark.everywhere
async def test_the_same_thing_is_written_once_however_often_it_is_enqueued(community: Community) -> None:
    rowan = await community.member()

    await put(community, letter(community, rowan.id), letter(community, rowan.id, 1))
    await put(community, letter(community, rowan.id, kind="other"))

    assert (await kept(community)).kind == "test"
    assert len(await claim(community.services, uuid4())) == 2


async def test_what_is_undone_with_its_cause_is_never_sent(community: Community) -> None:
    rowan = await community.member()

    with suppress(RuntimeError):
        async with community.services.database.transaction() as tx:
            await enqueue(tx, letter(community, rowan.id))
            raise RuntimeError

    assert await claim(community.services, uuid4()) == []
    assert not await anything_waits(community.services)


@pytest.mark.everywhere
async def test_workers_who_ask_at_once_get_different_letters(community: Community) -> None:
    rowan = await community.member()
    await put(community, *(letter(community, rowan.id, number) for number in range(3 * BATCH)))

    got = await asyncio.gather(*(claim(community.services, uuid4()) for _ in range(4)))

    keys = [row.key for rows in got for row in rows]
    assert len(keys) == len(set(keys)) == 3 * BATCH


@pytest.mark.everywhere
async def test_what_was_claimed_and_never_attempted_is_anothers_after_a_while(
    community: Community,
) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    [first] = await claim(community.services, uuid4())
    community.clock.now += CLAIM - timedelta(seconds=1)
    nothing = await claim(community.services, uuid4())

    community.clock.forward(seconds=1)
    [second] = await claim(community.services, uuid4())

    assert nothing == []
    assert not await attempt(community.services, first, "one")
    assert await attempt(community.services, second, "two")


async def test_a_letter_is_attempted_once(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    [row] = await claim(community.services, uuid4())

    assert await attempt(community.services, row, "one")
    assert not await attempt(community.services, row, "one")


@pytest.mark.everywhere
async def test_what_was_attempted_and_never_told_of_is_given_up_as_unknown(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    [row] = await claim(community.services, uuid4())
    await attempt(community.services, row, "one")
    at_once = await settle(community.services)

    community.clock.now += CLAIM
    later = await settle(community.services)

    assert (at_once, later) == (0, 1)
    assert (await kept(community)).why == "unknown"
    assert await claim(community.services, uuid4()) == []


async def test_a_letter_that_is_handed_over_late_in_a_claim_has_its_full_time(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    [row] = await claim(community.services, uuid4())
    community.clock.now += CLAIM
    await attempt(community.services, row, "one")

    assert await settle(community.services) == 0
    await sent(community.services, row)
    assert (await kept(community)).sent_at == community.clock()


async def test_a_letter_that_would_come_too_late_is_given_up(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    community.clock.forward(days=1)

    assert await claim(community.services, uuid4()) == []
    assert await settle(community.services) == 1
    assert (await kept(community)).why == "late"


async def test_what_was_sent_or_given_up_stays_so(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id), letter(community, rowan.id, 1))
    one, other = await claim(community.services, uuid4())
    await sent(community.services, one)
    await give_up(community.services, other, "refused")

    await give_up(community.services, one, "refused")
    await sent(community.services, other)
    community.clock.now += CLAIM

    assert (await kept(community, one.key)).given_up_at is None
    assert (await kept(community, other.key)).sent_at is None
    assert await settle(community.services) == 0
    assert await claim(community.services, uuid4()) == []


async def test_what_has_to_wait_waits_twice_as_long_each_time_and_not_for_ever(community: Community) -> None:
    rowan, waits = await community.member(), []
    await put(community, letter(community, rowan.id, expires_at=None))
    for _ in range(MOST_TRIES):
        [row] = await claim(community.services, uuid4())
        await attempt(community.services, row, "token")
        await postpone(community.services, row)
        row = await kept(community)
        waits.append((row.due_at - community.clock()).total_seconds() / 60)
        community.clock.now = max(row.due_at, community.clock.now)

    assert waits[:-1] == [1, 2, 4, 8, 16, 32, 60]
    assert (await kept(community)).why == "tried"


async def test_what_would_have_to_wait_beyond_its_time_is_given_up_at_once(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id, expires_at=community.clock() + timedelta(seconds=50)))
    [row] = await claim(community.services, uuid4())
    await attempt(community.services, row, "token")

    await postpone(community.services, row)

    assert (await kept(community)).why == "late"


async def test_what_is_long_done_is_deleted_and_what_waits_is_not(community: Community) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id), letter(community, rowan.id, 1, expires_at=None))
    first, _ = await claim(community.services, uuid4())
    await sent(community.services, first)
    community.clock.now += KEPT + timedelta(days=1)

    assert await drop_old(community.services) == 1
    assert len(await claim(community.services, uuid4())) == 1
