"""Claims about who sees a date: by space, role, stage, and whether its words are published."""

from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.calendar.kinds import ForWhom
from forum.calendar.reading import Date, find_date
from forum.calendar.tables import Stage
from forum.errors import NotFound
from forum.messages.tables import Message, State
from forum.spaces.tables import Audience
from tests.builders import Community, Member
from tests.forum.calendar.planned import TITLE, Planned, change, keeper, plan

pytestmark = pytest.mark.everywhere


async def seen(community: Community, planned: Planned, who: Member | None) -> Date | None:
    """Return the first date as somebody sees it, or None."""
    async with community.services.database.reading() as session:
        try:
            return await find_date(session, planned.id, who.viewer if who else None)
        except NotFound:
            return None


async def test_a_date_is_read_with_its_words_and_its_space(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    planned = await plan(community, space=space)

    date = await seen(community, planned, rowan)

    assert date is not None
    assert (date.occurrence.id, date.gathering.id, date.space.id) == (
        planned.id,
        planned.gathering.id,
        space.id,
    )
    assert date.title == TITLE
    assert "whoever likes" in str(date.html)
    assert (date.inside, date.hosts, date.is_cancelled) == (True, False, False)


async def test_a_space_one_is_not_in_and_a_date_that_is_not_there_are_told_apart_by_nobody(
    community: Community,
) -> None:
    rowan, space = await community.member(), await community.space(Audience.INVITED)
    planned = await plan(community, space=space)

    async with community.services.database.reading() as session:
        with pytest.raises(NotFound) as hidden:
            await find_date(session, planned.id, rowan.viewer)
        with pytest.raises(NotFound) as missing:
            await find_date(session, uuid4(), rowan.viewer)

    assert hidden.value.words == missing.value.words


@pytest.mark.parametrize("whom", ForWhom)
async def test_who_is_meant_by_their_role_sees_it_and_others_do_not(
    community: Community, whom: ForWhom
) -> None:
    planned = await plan(community, for_whom=whom)

    seeing = {
        role
        for role in Role
        if await seen(community, planned, await community.member(f"A-{role}", role)) is not None
    }

    # Managers plan it, whoever it is meant for.
    assert seeing == {role for role in Role if whom.includes(role)} | {Role.MANAGER, Role.ADMINISTRATOR}


async def test_a_visitor_sees_what_a_manager_has_made_public_and_members_of_no_space_read_it_too(
    community: Community,
) -> None:
    rowan, space = await community.member(), await community.space(Audience.INVITED)
    public = await plan(community, space=space, is_public=True)
    inner = await plan(community, space=space, title="Inner circle")
    mentors = await plan(community, title="Mentors", is_public=True, for_whom=ForWhom.MENTORS)

    shown = await seen(community, public, rowan)

    assert await seen(community, public, None) is not None
    assert shown is not None
    assert not shown.inside
    assert [await seen(community, one, None) for one in (inner, mentors)] == [None, None]


async def test_a_draft_is_seen_by_its_hosts_and_by_managers_alone(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    planned = await plan(community, hosts=(wren,), stage=Stage.DRAFT, is_public=True)

    host = await seen(community, planned, wren)

    assert host is not None
    assert host.hosts
    assert await seen(community, planned, await keeper(community)) is not None
    assert await seen(community, planned, rowan) is None
    assert await seen(community, planned, None) is None


async def test_words_that_wait_keep_a_date_from_all_but_its_hosts_and_managers(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    planned = await plan(community, hosts=(wren,), is_public=True)
    here = select(Message).where(Message.place_id == planned.gathering.place_id)
    async with community.services.database.transaction() as tx:
        for message in (await tx.session.exec(here)).all():
            message.state = State.HELD

    waiting = await seen(community, planned, wren)

    assert waiting is not None
    assert (waiting.title, waiting.html) == ("", None)
    assert await seen(community, planned, rowan) is None
    assert await seen(community, planned, None) is None


async def test_a_host_sees_what_they_hold_in_whatever_space_it_is(community: Community) -> None:
    wren, space = await community.member("Wren"), await community.space(Audience.TEAM)
    planned = await plan(community, space=space, hosts=(wren,), for_whom=ForWhom.TEAM)

    date = await seen(community, planned, wren)

    assert date is not None
    assert date.inside


async def test_a_date_is_off_by_itself_or_with_all_of_its_gathering(community: Community) -> None:
    rowan = await community.member()
    one, all_of_it = await plan(community), await plan(community, title="Monday tea")
    await change(community, one.dates[0], cancelled_at=community.clock())
    await change(community, all_of_it.gathering, stage=Stage.CANCELLED)

    off = [await seen(community, planned, rowan) for planned in (one, all_of_it)]

    assert [date is not None and date.is_cancelled for date in off] == [True, True]
