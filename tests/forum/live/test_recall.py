"""What was missed is read once for all who missed the same, and is never older than what they know."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from forum.database import Database
from forum.live import recall as recall_module
from forum.live.recall import Recall
from forum.messages.withdrawing import withdraw
from forum.reactions import react
from forum.spaces.tables import Place
from tests.builders import Community
from tests.forum.talk import say_many, statements


async def seen(community: Community, place: Place) -> Place:
    """Return the place as it is now."""
    async with community.services.database.reading() as session:
        return (await session.exec(select(Place).where(col(Place.id) == place.id))).one()


async def test_many_who_missed_the_same_are_answered_by_one_read(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 5)
    recall, place = Recall(community.services), await seen(community, room)
    with statements(community.services) as said:
        told = await asyncio.gather(*(recall.missed(place, 2) for _ in range(50)))
        told.append(await recall.missed(place, 2))

    assert len(said) == 1
    assert len(set(told)) == 1
    assert [item["seq"] for item in json.loads(told[0])["items"]] == [3, 4, 5]


async def test_who_read_more_of_the_place_or_less_is_answered_for_themselves(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 2)
    recall, before = Recall(community.services), await seen(community, room)
    first = json.loads(await recall.missed(before, 0))
    other = json.loads(await recall.missed(before, 1))
    await withdraw(community.services, rowan.id, said[0].message_id)
    after = json.loads(await recall.missed(await seen(community, room), 0))

    assert [item["seq"] for item in first["items"]] == [1, 2]
    assert [item["seq"] for item in other["items"]] == [2]
    assert [item["seq"] for item in after["items"]] == [2, 3]
    assert "Step 0" in str(first)
    assert "Step 0" not in str(after)


@pytest.mark.parametrize("since", [2, 7])
async def test_who_missed_nothing_is_told_so_without_asking_the_database(
    community: Community, since: int
) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 2)
    recall, place = Recall(community.services), await seen(community, room)
    with statements(community.services) as said:
        told = json.loads(await recall.missed(place, since))

    assert said == []
    assert (told["items"], told["since"], told["upto"], told["more"]) == ([], since, since, False)


async def test_one_who_leaves_takes_the_answer_from_nobody(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 1)
    recall, place = Recall(community.services), await seen(community, room)
    leaving, staying = (asyncio.create_task(recall.missed(place, 0)) for _ in range(2))
    await asyncio.sleep(0)
    leaving.cancel()

    assert len(json.loads(await staying)["items"]) == 1
    assert leaving.cancelled()


async def test_a_fault_is_told_to_those_who_waited_and_is_not_kept(
    community: Community, tmp_path: Path
) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 1)
    place = await seen(community, room)
    nowhere = Database(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'x.db'}", react, silent)
    recall = Recall(replace(community.services, database=nowhere))
    faults = await asyncio.gather(*(recall.missed(place, 0) for _ in range(2)), return_exceptions=True)
    await nowhere.aclose()

    assert [type(one) for one in faults] == [OperationalError] * 2
    assert recall._pages == {}


async def silent(_facts: object) -> None:
    """Announce nothing."""


async def test_only_so_many_pages_are_kept_and_for_a_short_while(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall_module, "KEPT_MOST", 2)
    monkeypatch.setattr(recall_module, "KEPT_SECONDS", 0.05)
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 4)
    recall, place = Recall(community.services), await seen(community, room)
    for since in range(4):
        await recall.missed(place, since)
    most = len(recall._pages)
    async with asyncio.timeout(5):
        while recall._pages:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)

    assert most == 2
