"""Who may speak where: hidden places do not exist, rooms have their pace, and standing is counted."""

from datetime import timedelta
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.broadcasts import place_topic
from forum.errors import Closed, Forbidden, NotFound, TooManyRequests, WaitingForFacilitator
from forum.messages.admission import COUNTED_MOST, PACES, RECENT_MOST, admit, audience_of, standing_of
from forum.messages.publishing import submit
from forum.messages.submission import Answer, Edit, Opening, Profile, Reply, Submission
from forum.messages.withdrawing import withdraw
from forum.spaces.opening import Pace, invite, set_pace
from forum.spaces.tables import Audience, PlaceKind
from realtime.backplane import Presence
from tests.builders import Community, Member, held, published
from tests.forum.talk import hold_one, say_many


@pytest.mark.parametrize("audience", [Audience.INVITED, Audience.TEAM])
async def test_a_hidden_place_does_not_exist_for_the_uninvited(
    community: Community, audience: Audience
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    space = await community.space(audience)
    room, thread = await community.room(space=space), published(await community.thread(linnet, space=space))

    for target in (Reply(room.id), Reply(thread.place_id), Opening(space.id, "Let me in"), Reply(uuid4())):
        with pytest.raises(NotFound):
            await submit(community.services, Submission(target, rowan.id, "Anybody here?"))


async def test_who_is_invited_may_speak(community: Community) -> None:
    rowan, space = await community.member(), await community.space(Audience.INVITED)
    room = await community.room(space=space)
    await invite(community.services, space.id, "Rowan")

    published(await community.say(rowan, room.id))


@pytest.mark.parametrize("audience", [*Audience])
async def test_who_reads_a_place_is_known_for_a_thread_an_answer_and_an_edit(
    community: Community, audience: Audience
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    space = await community.space(audience)
    thread = published(await community.thread(linnet, space=space))
    version = (await community.message(thread.message_id)).version
    edit = Edit(thread.message_id, version, "A title")
    targets = (Opening(space.id, "A title"), Reply(thread.place_id), edit)

    async with community.services.database.reading() as session:
        read_by = [
            (await admit(session, Submission(target, linnet.id, "Hello"), community.clock())).audience
            for target in targets
        ]

    assert read_by == [audience] * 3


def test_members_read_a_profile() -> None:
    assert audience_of(None) is Audience.MEMBERS


async def test_nobody_answers_where_there_is_nothing_to_answer(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    waiting = held(await community.thread(rowan, "You are worthless."))
    profile = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))
    room, other = await community.room(), await community.room()
    elsewhere = published(await community.say(rowan, other.id))
    gone = published(await community.say(rowan, room.id, "Never mind this."))
    await withdraw(community.services, rowan.id, gone.message_id)

    for target in (
        Reply(waiting.place_id),
        Reply(profile.place_id),
        Reply(room.id, uuid4()),
        Reply(room.id, elsewhere.message_id),
        Reply(room.id, gone.message_id),
    ):
        with pytest.raises(NotFound):
            await submit(community.services, Submission(target, wren.id, "I hear you."))


async def test_somebody_without_an_account_is_turned_away(community: Community) -> None:
    room = await community.room()

    with pytest.raises(Forbidden):
        await submit(community.services, Submission(Reply(room.id), uuid4(), "Hello?"))


async def test_in_a_paused_room_only_facilitators_speak(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace())
    await set_pace(community.services, room.id, Pace(closed=True))

    with pytest.raises(Closed):
        await community.say(rowan, room.id)
    published(await community.say(juniper, room.id))


async def test_a_closed_thread_takes_no_reply_and_no_edit_from_anybody(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(linnet))
    await set_pace(community.services, thread.place_id, Pace(closed=True))

    with pytest.raises(Closed):
        await community.say(linnet, thread.place_id)


async def test_slow_mode_tells_how_long_to_wait_and_spares_facilitators(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(slow_seconds=30))
    for member in (rowan, juniper):
        published(await community.say(member, room.id))
    community.clock.forward(seconds=10)

    with pytest.raises(TooManyRequests) as caught:
        await community.say(rowan, room.id, "And one more thing.")
    published(await community.say(juniper, room.id, "Welcome, everybody."))
    community.clock.forward(seconds=20)
    published(await community.say(rowan, room.id, "And one more thing."))

    assert 20 <= caught.value.retry_after <= 21


async def test_slow_mode_counts_what_waits_too(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(slow_seconds=30))
    await hold_one(community, rowan, room.id)

    with pytest.raises(TooManyRequests):
        await community.say(rowan, room.id)


async def test_a_room_can_wait_for_a_facilitator(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper", Role.MENTOR)
    room = await community.room(Pace(needs_facilitator=True))

    with pytest.raises(WaitingForFacilitator):
        await community.say(rowan, room.id)
    here = Presence("socket", juniper.id, None, facilitator=True)
    await community.services.backplane.arrive(place_topic(room.id), here, 60)
    published(await community.say(rowan, room.id))
    await community.services.backplane.depart(place_topic(room.id), "socket")
    with pytest.raises(WaitingForFacilitator):
        await community.say(rowan, room.id, "Are you still there?")


async def test_a_room_waits_while_only_members_are_in_it(community: Community) -> None:
    rowan, room = await community.member(), await community.room(Pace(needs_facilitator=True))
    here = Presence("socket", rowan.id, None)
    await community.services.backplane.arrive(place_topic(room.id), here, 60)

    with pytest.raises(WaitingForFacilitator):
        await community.say(rowan, room.id)


async def test_nobody_writes_more_in_a_minute_than_anybody_types(community: Community) -> None:
    rowan, wren, space = await community.member(), await community.member("Wren"), await community.space()
    room = await community.room()

    async def opens(author: Member, number: int) -> Answer:
        opening = Opening(space.id, f"Title {number}")
        return await submit(community.services, Submission(opening, author.id, f"Step {number} of the day."))

    for number in range(PACES[PlaceKind.THREAD].count):
        published(await opens(rowan, number))
    with pytest.raises(TooManyRequests) as caught:
        await opens(rowan, 99)

    published(await opens(wren, 99))
    published(await community.say(rowan, room.id))
    assert 1 <= caught.value.retry_after <= 61


async def test_knocking_at_a_closed_door_spends_nothing(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    thread = published(await community.thread(linnet))
    await set_pace(community.services, thread.place_id, Pace(closed=True))
    for _ in range(PACES[PlaceKind.THREAD].count + 1):
        with pytest.raises(Closed):
            await community.say(linnet, thread.place_id)
    await set_pace(community.services, thread.place_id, Pace())

    published(await community.say(linnet, thread.place_id, "Open again."))


async def test_standing_counts_days_what_is_out_and_what_was_just_said(community: Community) -> None:
    rowan, room = await community.member(days=12), await community.room()
    await say_many(community, rowan, room.id, 2)
    community.clock.forward(minutes=11)
    await hold_one(community, rowan, room.id)
    gone = published(await community.say(rowan, room.id, "Never mind this."))
    await withdraw(community.services, rowan.id, gone.message_id)

    now = community.clock()
    async with community.services.database.reading() as session:
        admitted = await admit(session, Submission(Reply(room.id), rowan.id, "Hello"), now)
        standing = await standing_of(session, admitted, now)
        later = await standing_of(session, admitted, now + timedelta(minutes=11))

    assert (standing.published, standing.days) == (2, 12)
    assert sorted(standing.recent) == ["", "You are worthless."]
    assert later.recent == ()


async def test_standing_reads_no_more_rows_than_anybody_needs(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, RECENT_MOST + 5)

    async with community.services.database.reading() as session:
        now = community.clock()
        admitted = await admit(session, Submission(Reply(room.id), rowan.id, "Hello"), now)
        standing = await standing_of(session, admitted, now)

    assert len(standing.recent) == RECENT_MOST
    assert standing.published == RECENT_MOST + 5 < COUNTED_MOST


async def test_a_newcomer_with_links_is_held_and_a_regular_is_not(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    links = "See https://example.org/a https://example.org/b https://example.org/c"

    held(await community.say(rowan, room.id, links))
    await say_many(community, rowan, room.id, 10)
    community.clock.forward(minutes=11)

    published(await community.say(rowan, room.id, links))


async def test_standing_knows_whether_the_author_wants_hints(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    wanted = []

    for nudges in (True, False):
        async with community.services.database.transaction() as tx:
            (await tx.session.get_one(Account, rowan.id)).nudges = nudges
        async with community.services.database.reading() as session:
            now = community.clock()
            admitted = await admit(session, Submission(Reply(room.id), rowan.id, "Hello"), now)
            wanted.append((await standing_of(session, admitted, now)).nudges)

    assert wanted == [True, False]


async def test_an_author_is_admitted_with_the_space_whose_choices_hold(community: Community) -> None:
    rowan, space = await community.member(), await community.space()
    room = await community.room(space=space)
    targets = (Reply(room.id), Opening(space.id, "A title"), Profile())

    async with community.services.database.reading() as session:
        now = community.clock()
        spaces = [
            (await admit(session, Submission(target, rowan.id, "Hello"), now)).space_id for target in targets
        ]

    assert spaces == [space.id, space.id, None]
