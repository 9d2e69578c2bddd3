"""Claims about slots: a list that changes keeps what people promised, or says which promise it breaks."""

from uuid import UUID

import pytest
from sqlmodel import select

from forum.calendar.counted_lines import counted
from forum.calendar.slots import keep_slots, slot_lines
from forum.calendar.tables import Slot, SlotTaken
from forum.errors import Invalid
from tests.builders import Community
from tests.forum.calendar.gatherings import Calendar


async def keep(calendar: Calendar, gathering_id: UUID, typed: str) -> dict[str, UUID]:
    """Keep the list, and return the id of each slot by its name."""
    async with calendar.services.database.transaction() as tx:
        await keep_slots(tx.session, gathering_id, counted(typed, 1))
    async with calendar.services.database.reading() as session:
        return {slot.name: slot.id for slot in (await session.exec(select(Slot))).all()}


async def test_what_keeps_its_name_stays_the_same_in_another_order_and_number(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    before = await keep(calendar, gathering_id, "2 Salad\nBread")

    after = await keep(calendar, gathering_id, "3 bread\n1 Salad\n4 Chairs")

    assert (after["bread"], after["Salad"]) == (before["Bread"], before["Salad"])
    async with community.services.database.reading() as session:
        assert [str(one) for one in await slot_lines(session, gathering_id)] == [
            "3 bread",
            "1 Salad",
            "4 Chairs",
        ]


async def test_a_new_name_in_the_same_place_is_the_same_slot_and_a_shorter_list_loses_one(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    before = await keep(calendar, gathering_id, "Salad\nBread")

    renamed = await keep(calendar, gathering_id, "Salad\nRye bread")
    shorter = await keep(calendar, gathering_id, "Salad")

    assert renamed["Rye bread"] == before["Bread"]
    assert set(shorter) == {"Salad"}


async def test_nobodys_promise_is_broken(community: Community) -> None:
    calendar = await Calendar.of(community)
    gathering_id = await calendar.gathering()
    (date,) = await calendar.dates(gathering_id)
    slots = await keep(calendar, gathering_id, "2 Salad\nBread")
    members = [await community.member(name) for name in ("Wren", "Rowan")]
    async with community.services.database.transaction() as tx:
        for who in members:
            tx.session.add(SlotTaken(slot_id=slots["Salad"], occurrence_id=date.id, account_id=who.id))

    for typed in ("1 Salad\nBread", "Bread"):
        with pytest.raises(Invalid) as refused:
            await keep(calendar, gathering_id, typed)
        assert refused.value.fields["slots"].values == {"many": 2, "slot": "Salad"}
