"""Who may speak where: hidden places do not exist, rooms have their pace, and standing is counted."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.broadcasts import place_topic
from forum.errors import Closed, Forbidden, NotFound, TooManyRequests, WaitingForFacilitator
from forum.messages.admission import PACES, admit, audience_of
from forum.messages.publishing import submit
from forum.messages.reading import own_waiting
from forum.messages.submission import Answer, Edit, Opening, Profile, Reply, Submission
from forum.messages.withdrawing import withdraw
from forum.review.cases import place_of
from forum.spaces.opening import Pace, invite, set_pace
from forum.spaces.tables import Audience, PlaceKind
from moderation.draft import Policy
from realtime.backplane import Presence
from tests.builders import Community, Member, held, published
from tests.forum.talk import say_many


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


async def test_a_newcomer_with_links_is_held_and_a_regular_is_not(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    links = "See https://example.org/a https://example.org/b https://example.org/c"

    held(await community.say(rowan, room.id, links))
    await say_many(community, rowan, room.id, 10)
    community.clock.forward(minutes=11)

    published(await community.say(rowan, room.id, links))


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


async def own_case(community: Community, member: Member) -> UUID:
    """Return the place of a member's letters."""
    async with community.services.database.transaction() as tx:
        return await place_of(tx, None, member.id, PlaceKind.CASE, community.clock())


async def test_whoever_is_suspended_can_still_write_to_the_team_only(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    case = await own_case(community, rowan)
    async with community.services.database.transaction() as tx:
        account = await tx.session.get_one(Account, rowan.id)
        account.suspended_until = community.clock() + timedelta(days=1)

    published(await community.say(rowan, case, "I would like to understand."))

    with pytest.raises(Forbidden):
        await community.say(rowan, room.id)


async def test_a_case_is_closed_to_others_and_a_letter_cannot_be_edited_or_withdrawn(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    case = await own_case(community, rowan)
    sent = published(await community.say(rowan, case, "I would like to understand."))
    version = (await community.message(sent.message_id)).version

    with pytest.raises(NotFound):
        await community.say(wren, case)
    edit = Edit(sent.message_id, version)
    with pytest.raises(NotFound):
        await submit(community.services, Submission(edit, rowan.id, "Other words."))
    with pytest.raises(NotFound):
        await withdraw(community.services, rowan.id, sent.message_id)


async def test_what_a_member_writes_to_the_team_waits_at_worst_and_is_not_among_their_messages(
    community: Community,
) -> None:
    rowan = await community.member()
    case = await own_case(community, rowan)
    community.services = replace(community.services, policy=Policy(refused_words=("forbiddenword",)))

    answer = held(await community.say(rowan, case, "It said forbiddenword, and I quoted it."))

    async with community.services.database.reading() as session:
        waiting = await own_waiting(session, rowan.viewer, community.services.renderer)
    async with community.browser(rowan) as browser:
        led = await browser.get(f"/messages/{answer.message_id}")
    assert waiting == []
    assert led.headers["location"] == f"/letters/{case}"
