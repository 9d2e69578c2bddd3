"""Claims about what stands in a calendar: what one signed up for, as far as one may see it, and no more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, delete, update

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.calendar.feeds.dates import Look, look_of, one_entry, own_entries
from forum.calendar.feeds.ics import Entry, Status
from forum.calendar.feeds.tables import CalendarChoice
from forum.calendar.kinds import ForWhom
from forum.calendar.tables import Stage
from forum.errors import NotFound
from forum.messages.tables import Message, State
from forum.spaces.tables import Audience, Membership
from tests.builders import Community, Member
from tests.forum.reminders.gathered import change, coming, holding, plan


async def entries(community: Community, member: Member) -> list[Entry]:
    """Return what the member's feed has now."""
    async with community.services.database.reading() as session:
        account = await session.get_one(Account, member.id)
        return await own_entries(session, account, Look("Appointment"), community.clock())


@pytest.mark.everywhere
@pytest.mark.parametrize(
    ("reply", "queue", "status"),
    [("yes", None, "CONFIRMED"), ("maybe", None, "TENTATIVE"), ("yes", 2, "TENTATIVE")],
)
async def test_what_one_signed_up_for_is_there_also_what_one_waits_for(
    community: Community, reply: str, queue: int | None, status: str
) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date, reply, queue)

    [entry] = await entries(community, rowan)

    assert (entry.id, entry.status, entry.title) == (planned.date.id, status, "Appointment")
    assert (entry.starts_at, entry.zone) == (planned.date.starts_at, "Europe/Berlin")


@pytest.mark.everywhere
async def test_a_host_has_every_date_they_hold_also_where_they_are_not_in_the_space(
    community: Community,
) -> None:
    wren, now = await community.member("Wren"), community.clock()
    space = await community.space(Audience.INVITED)
    planned = await plan(community, *(now + timedelta(days=day) for day in (1, 2, 3)), space=space)
    await holding(community, planned, wren)
    for date, reply in zip(planned.dates, ("yes", "no"), strict=False):
        await coming(community, wren, date, reply)

    first, _, third = (date.id for date in planned.dates)
    assert [(entry.id, entry.status) for entry in await entries(community, wren)] == [
        (first, Status.CONFIRMED),
        (third, Status.CONFIRMED),
    ]
    assert (await one_entry(community.services, third, wren.viewer)).id == third


async def test_of_a_draft_not_even_its_hosts_have_an_entry(community: Community) -> None:
    wren, planned = await community.member("Wren"), await plan(community, stage=Stage.DRAFT)
    await holding(community, planned, wren)

    assert await entries(community, wren) == []
    with pytest.raises(NotFound):
        await one_entry(community.services, planned.date.id, wren.viewer)


async def test_what_others_signed_up_for_and_what_one_declined_is_not_there(community: Community) -> None:
    rowan, willow = await community.member(), await community.member("Willow")
    planned = await plan(community)
    await coming(community, rowan, planned.date, "no")
    await coming(community, willow, planned.date)

    assert await entries(community, rowan) == []


async def test_what_is_cancelled_is_told_for_ninety_days(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    await change(community, planned.date, cancelled_at=community.clock(), sequence=3)
    [entry] = await entries(community, rowan)

    community.clock.forward(days=91)

    assert (entry.status, entry.sequence) == (Status.CANCELLED, 3)
    assert await entries(community, rowan) == []


async def test_a_gathering_that_is_cancelled_as_a_whole_is_told_so(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    await coming(community, rowan, planned.date)
    await change(community, planned.gathering, stage=Stage.CANCELLED)

    assert [entry.status for entry in await entries(community, rowan)] == [Status.CANCELLED]


async def test_dates_stand_in_order_and_those_of_long_ago_are_gone(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    days = [now - timedelta(days=100), now - timedelta(days=80), now + timedelta(days=1)]
    planned = await plan(community, *days)
    for date in reversed(planned.dates):
        await coming(community, rowan, date)

    assert [entry.starts_at for entry in await entries(community, rowan)] == days[1:]


async def test_what_closed_to_a_member_is_gone_from_their_calendar(community: Community) -> None:
    rowan, space = await community.member(), await community.space(Audience.INVITED)
    async with community.services.database.transaction() as tx:
        tx.session.add(Membership(space_id=space.id, account_id=rowan.id))
    planned = await plan(community, space=space)
    await coming(community, rowan, planned.date)
    before = await entries(community, rowan)

    async with community.services.database.transaction() as tx:
        await tx.session.exec(delete(Membership).where(col(Membership.account_id) == rowan.id))

    assert len(before) == 1
    assert await entries(community, rowan) == []


async def test_one_date_is_for_whoever_may_see_the_gathering(community: Community) -> None:
    rowan, mentor = await community.member(), await community.member("Willow", Role.MENTOR)
    planned = await plan(community, for_whom=ForWhom.MENTORS)

    assert (await one_entry(community.services, planned.date.id, mentor.viewer)).title == "Appointment"
    for reader in (rowan.viewer, None):
        with pytest.raises(NotFound):
            await one_entry(community.services, planned.date.id, reader)


async def test_a_visitor_may_have_what_is_public_and_no_draft(community: Community) -> None:
    planned = await plan(community, is_public=True)
    entry = await one_entry(community.services, planned.date.id, None)
    await change(community, planned.gathering, stage=Stage.DRAFT)

    assert entry.title == "Appointment"
    for reader in (planned.manager.viewer, None):
        with pytest.raises(NotFound):
            await one_entry(community.services, planned.date.id, reader)


async def test_a_gathering_whose_words_are_taken_away_is_not_to_be_had(community: Community) -> None:
    planned = await plan(community, is_public=True)
    async with community.services.database.transaction() as tx:
        await tx.session.exec(update(Message).values(state=State.WITHDRAWN))

    with pytest.raises(NotFound):
        await one_entry(community.services, planned.date.id, None)


def test_a_link_is_there_only_for_who_chose_it(community: Community) -> None:
    plain, linked = (
        look_of(community.services, CalendarChoice(account_id=uuid4(), with_link=one, title="Dentist"))
        for one in (False, True)
    )

    assert plain == Look("Dentist", "")
    assert linked == Look("Dentist", "http://127.0.0.1:8000")
