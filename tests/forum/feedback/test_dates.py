"""Looking back on a date: who took part, who may know of it, and from when until when they are asked."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.calendar.kinds import ForWhom
from forum.calendar.reading import find_date
from forum.calendar.tables import Coming, Gathering, Stage
from forum.errors import Closed, Forbidden, ForumError, NotFound
from forum.feedback.dates import CANCELLED, NO_GUEST, TOO_EARLY, TOO_LATE, check_asked, find_past
from forum.messages.leaves import current_in
from forum.messages.tables import State
from forum.messages.withdrawing import take_down
from forum.spaces.tables import Audience
from tests.builders import Community, Member
from tests.forum.feedback.evenings import TITLE, Evening, Said, evening, manager_of, sign_up


@pytest.mark.parametrize(
    ("reply", "queue", "came", "guest"),
    [
        (Coming.YES, None, False, True),
        (Coming.YES, None, True, True),
        (Coming.YES, 3, False, False),
        (Coming.MAYBE, None, False, False),
        (Coming.MAYBE, None, True, True),
        (Coming.NO, None, False, False),
    ],
)
async def test_guests_are_those_who_came_or_had_a_seat(
    community: Community, reply: Coming, queue: int | None, came: bool, guest: bool
) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await evening(community, await manager_of(community), juniper)
    await sign_up(community, date, rowan.id, Said(reply, queue, came))

    async with community.services.database.reading() as session:
        seen = await find_past(session, date.id, rowan.viewer)
        of_host = await find_past(session, date.id, juniper.viewer)

    assert (seen.title, seen.guest, seen.host) == (TITLE, guest, False)
    assert (of_host.guest, of_host.host) == (False, True)


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(hours=-1, seconds=-1), TOO_EARLY),
        (timedelta(hours=-1), None),
        (timedelta(days=14, hours=-1, seconds=-1), None),
        (timedelta(days=14, hours=-1), TOO_LATE),
    ],
)
async def test_one_is_asked_from_the_end_until_two_weeks_later(
    community: Community, later: timedelta, words: object
) -> None:
    rowan = await community.member()
    date = await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)

    async with community.services.database.reading() as session:
        seen = await find_past(session, date.id, rowan.viewer)
    now = community.clock() + later

    assert seen.is_open(now) is (words is None)
    if words is None:
        check_asked(seen, now)
    else:
        with pytest.raises(Closed) as closed:
            check_asked(seen, now)
        assert closed.value.words == words


@pytest.mark.parametrize("wanted", [Evening(cancelled=True), Evening(stage=Stage.CANCELLED)])
async def test_nobody_is_asked_about_what_was_cancelled(community: Community, wanted: Evening) -> None:
    rowan = await community.member()
    date = await evening(community, await manager_of(community), wanted=wanted)
    await sign_up(community, date, rowan.id)

    async with community.services.database.reading() as session:
        seen = await find_past(session, date.id, rowan.viewer)

    assert not seen.is_open(community.clock())
    with pytest.raises(Closed) as closed:
        check_asked(seen, community.clock())
    assert closed.value.words == CANCELLED


async def test_who_was_no_guest_is_told_so(community: Community) -> None:
    rowan = await community.member()
    date = await evening(community, await manager_of(community))

    async with community.services.database.reading() as session:
        seen = await find_past(session, date.id, rowan.viewer)

    with pytest.raises(Forbidden) as refused:
        check_asked(seen, community.clock())
    assert refused.value.words == NO_GUEST


async def why_unseen(community: Community, member: Member, date_id: object) -> type[ForumError] | None:
    try:
        async with community.services.database.reading() as session:
            await find_past(session, date_id, member.viewer)  # type: ignore[arg-type]
    except ForumError as error:
        return type(error)
    return None


async def test_a_date_does_not_exist_for_who_may_not_see_it(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    manager, hidden = await manager_of(community), await community.space(Audience.INVITED)
    draft = await evening(community, manager, juniper, wanted=Evening(stage=Stage.DRAFT))
    for_mentors = await evening(community, manager, wanted=Evening(for_whom=ForWhom.MENTORS))
    elsewhere = await evening(community, manager, space=hidden)
    held_elsewhere = await evening(community, manager, juniper, space=hidden)

    dates = (draft, for_mentors, elsewhere)
    assert [await why_unseen(community, rowan, one.id) for one in dates] == [NotFound] * 3
    assert [await why_unseen(community, juniper, one.id) for one in dates] == [None, None, NotFound]
    assert await why_unseen(community, juniper, held_elsewhere.id) is None
    assert await why_unseen(community, rowan, uuid4()) is NotFound


async def test_who_reads_of_it_on_its_public_page_alone_has_nothing_to_look_back_on(
    community: Community,
) -> None:
    rowan, hidden = await community.member(), await community.space(Audience.INVITED)
    date = await evening(community, await manager_of(community), space=hidden)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Gathering, date.gathering_id)).is_public = True

    async with community.services.database.reading() as session:
        seen = await find_date(session, date.id, rowan.viewer)

    assert seen.title == TITLE
    assert await why_unseen(community, rowan, date.id) is NotFound


async def test_a_date_whose_words_were_taken_down_is_not_there(community: Community) -> None:
    manager = await manager_of(community)
    date = await evening(community, manager)
    async with community.services.database.transaction() as tx:
        gathering = await tx.session.get_one(Gathering, date.gathering_id)
        message = await current_in(tx.session, gathering.place_id)
        assert message is not None
        await take_down(tx, message, community.clock())

    assert message.state == State.REMOVED
    assert await why_unseen(community, manager, date.id) is NotFound
