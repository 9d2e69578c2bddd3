"""Claims about what a date's page is made of: agenda, numbers, names for hosts alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.calendar.entries import Reader
from forum.calendar.reading import find_date
from forum.calendar.showing import LINES, DateShown, Named, Step, agenda_of, is_open, show_date
from forum.calendar.signing_up import Seating, sign_up
from forum.calendar.tables import Coming
from tests.builders import Community, Member
from tests.forum.calendar.crowd import crowd
from tests.forum.calendar.planned import Planned, change, needs, plan, unwritten


async def shown(community: Community, planned: Planned, who: Member) -> DateShown:
    """Return what somebody sees of the first date."""
    reader = Reader("UTC", community.services.renderer.language)
    async with community.services.database.reading() as session:
        date = await find_date(session, planned.id, who.viewer)
        return await show_date(session, date, who.viewer, reader, community.clock())


@pytest.mark.everywhere
async def test_members_see_numbers_and_hosts_see_handles_in_the_order_of_the_line(
    community: Community,
) -> None:
    wren, rowan = await community.member("Wren"), await community.member()
    planned, members = await plan(community, hosts=(wren,), capacity=1), await crowd(community, 3)
    await needs(community, planned, "Bread")
    for one in members:
        await sign_up(community.services, one.viewer, planned.id, Coming.YES)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.MAYBE)

    of_host, of_member = await shown(community, planned, wren), await shown(community, planned, rowan)

    ash, birch, cedar = [one.viewer.handle for one in members]
    assert of_host.named == Named((ash,), (birch, cedar), ("Rowan",))
    assert (of_member.named, of_member.waiting, of_member.hosts) == (None, 2, (("Wren", False),))
    assert (of_member.seating, of_host.seating) == (Seating(Coming.MAYBE), Seating())
    assert [slot.name for slot in of_member.slots] == ["Bread"]


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("5 Arriving", Step(5, "Arriving")),
        ("  40   One after the other ", Step(40, "One after the other")),
        ("A closing round", Step(0, "A closing round")),
        ("12", Step(0, "12")),
        ("1000 nights", Step(0, "1000 nights")),
        ("²  squared", Step(0, "²  squared")),
    ],
)
def test_a_line_of_the_agenda_begins_with_minutes_or_with_none(line: str, step: Step) -> None:
    assert agenda_of(unwritten(agenda=f"\n{line}\n\n")) == (step,)


@given(st.text())
def test_any_agenda_can_be_shown(text: str) -> None:
    steps = agenda_of(unwritten(agenda=text))

    assert len(steps) <= LINES
    assert all(step.what and 0 <= step.minutes <= 999 for step in steps)


async def test_a_date_is_open_until_its_close_unless_it_is_off(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now + timedelta(hours=1), sign_up_closes_minutes=30)
    async with community.services.database.reading() as session:
        date = await find_date(session, planned.id, rowan.viewer)
    await change(community, planned.dates[0], cancelled_at=now)
    async with community.services.database.reading() as session:
        off = await find_date(session, planned.id, rowan.viewer)

    assert is_open(date, now + timedelta(minutes=29))
    assert not is_open(date, now + timedelta(minutes=30))
    assert not is_open(off, now)
