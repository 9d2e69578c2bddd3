"""Rulings: who may decide what, when somebody was faster, and what follows."""

import asyncio
from uuid import UUID, uuid4

import pytest

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.messages.tables import State
from forum.messages.withdrawing import withdraw
from forum.notes.notes import all_notes
from forum.review.queue import queue_length
from forum.review.reporting import report
from forum.review.ruling import Decision, rule
from forum.review.tables import Ruling
from tests.builders import CLAIMS, IN_DANGER, Community, Member, held, published
from tests.forum.talk import edited, heard, hold_one, ruled

ITS_PAGE = all_notes()["stop-medicine"].page


async def team(community: Community) -> tuple[Member, Member]:
    """Return a member and a moderator."""
    return await community.member(), await community.member("Linnet", Role.MODERATOR)


async def waiting(community: Community, moderator: Member) -> int:
    """Return how much waits for the moderator."""
    async with community.services.database.reading() as session:
        return await queue_length(session, moderator.viewer)


async def test_of_two_moderators_who_decide_at_once_one_hears_of_a_conflict(community: Community) -> None:
    rowan, linnet = await team(community)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    room = await community.room()
    held = await hold_one(community, rowan, room.id)

    async with heard(community.services, room.id) as frames:
        made = await asyncio.gather(
            ruled(community, linnet, held.message_id, release=True),
            ruled(community, harbour, held.message_id, release=False),
            return_exceptions=True,
        )

    rulings = [one for one in made if isinstance(one, Ruling)]
    assert len(rulings) == len([one for one in made if isinstance(one, Conflict)]) == 1
    released = rulings[0].outcome == "released"
    row = await community.message(held.message_id)
    assert row.state == (State.PUBLISHED if released else State.REFUSED)
    assert len(frames) == released


async def test_a_decision_on_an_older_version_is_a_conflict(community: Community) -> None:
    rowan, linnet = await team(community)
    wren, room = await community.member("Wren"), await community.room()
    said = published(await community.say(rowan, room.id))
    version = (await community.message(said.message_id)).version
    await report(community.services, wren.viewer, said.message_id, "unkind")
    await edited(community, rowan, said.message_id, "Kinder words than before.")

    with pytest.raises(Conflict):
        await rule(
            community.services, Decision(said.message_id, linnet.id, False, version, reason="kindness")
        )

    assert (await community.message(said.message_id)).state == State.PUBLISHED


async def test_what_was_withdrawn_meanwhile_is_not_released(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    held = await hold_one(community, rowan, room.id)
    version = (await community.message(held.message_id)).version
    await withdraw(community.services, rowan.id, held.message_id)

    with pytest.raises(Conflict):
        await rule(community.services, Decision(held.message_id, linnet.id, True, version))


async def test_nobody_decides_about_their_own_message(community: Community) -> None:
    _, linnet = await team(community)
    held = await hold_one(community, linnet, (await community.room()).id)

    with pytest.raises(Forbidden):
        await ruled(community, linnet, held.message_id, release=True)

    assert await waiting(community, linnet) == 0


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MANAGER])
async def test_whoever_was_appointed_to_something_else_in_between_decides_nothing(
    community: Community, role: Role
) -> None:
    rowan, linnet = await team(community)
    held = await hold_one(community, rowan, (await community.room()).id)
    await appoint(community.services, "Linnet", role)

    with pytest.raises(NotFound):
        await ruled(community, linnet, held.message_id, release=True)

    assert (await community.message(held.message_id)).state == State.HELD


async def test_a_refusal_names_a_guideline(community: Community) -> None:
    rowan, linnet = await team(community)
    held = await hold_one(community, rowan, (await community.room()).id)

    for reason in ("", "because"):
        with pytest.raises(Invalid) as caught:
            await ruled(community, linnet, held.message_id, release=False, reason=reason)

        assert set(caught.value.fields) == {"reason"}


async def test_what_does_not_wait_cannot_be_decided(community: Community) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id))

    with pytest.raises(Conflict):
        await ruled(community, linnet, said.message_id, release=False)
    with pytest.raises(NotFound):
        await rule(community.services, Decision(uuid4(), linnet.id, True, 1))


@pytest.mark.parametrize(("release", "state"), [(True, State.PUBLISHED), (False, State.REMOVED)])
async def test_what_was_reported_is_kept_or_taken_down_and_the_queue_is_empty_then(
    community: Community, release: bool, state: State
) -> None:
    rowan, linnet = await team(community)
    room, said = await _reported_by_two(community, rowan)
    before = await waiting(community, linnet)

    async with heard(community.services, room) as frames:
        ruling = await ruled(community, linnet, said, release=release)

    row = await community.message(said)
    assert (before, await waiting(community, linnet)) == (1, 0)
    assert ruling.outcome == ("kept" if release else "taken-down")
    assert (row.state, row.text != "") == (state, True)
    assert [frame["seq"] for frame in frames] == ([] if release else [2])
    assert all("a moderator took it down" in frame["html"] for frame in frames)


async def test_seen_closes_the_alert_and_leaves_the_message_as_it_was(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    said = published(await community.say(rowan, room.id, IN_DANGER))
    before = await waiting(community, linnet)

    async with heard(community.services, room.id) as frames:
        ruling = await ruled(community, linnet, said.message_id, release=True)

    assert (ruling.outcome, ruling.reason) == ("seen", "")
    assert (before, await waiting(community, linnet)) == (1, 0)
    assert (await community.message(said.message_id)).state == State.PUBLISHED
    assert frames == []
    with pytest.raises(Conflict):
        await ruled(community, linnet, said.message_id, release=True)


async def test_what_was_reported_and_urgent_is_kept_and_both_are_closed(community: Community) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER)).message_id
    await report(community.services, (await community.member("Wren")).viewer, said, "worried")

    ruling = await ruled(community, linnet, said, release=True)

    assert ruling.outcome == "kept"
    assert await waiting(community, linnet) == 0


async def test_what_shows_a_method_can_be_taken_down_though_its_author_is_in_danger(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))

    ruling = await ruled(community, linnet, said.message_id, release=False, reason="safety")

    assert ruling.outcome == "taken-down"
    assert await waiting(community, linnet) == 0


async def release(community: Community, moderator: Member, message_id: UUID, note: str) -> Ruling:
    """Release what waits, with a source note."""
    version = (await community.message(message_id)).version
    return await rule(community.services, Decision(message_id, moderator.id, True, version, note=note))


async def test_a_note_is_attached_on_release_and_read_by_whoever_is_there(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    claim = held(await community.say(rowan, room.id, CLAIMS))

    async with heard(community.services, room.id) as frames:
        await release(community, linnet, claim.message_id, "stop-medicine")

    assert (await community.message(claim.message_id)).note == "stop-medicine"
    assert [ITS_PAGE in frame["html"] for frame in frames] == [True]


async def test_a_note_on_an_edit_goes_to_what_it_revises_and_leaves_with_the_words(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    claim = held(await edited(community, rowan, said, CLAIMS)).message_id
    before = (await community.message(said)).note

    async with heard(community.services, room.id) as frames:
        await release(community, linnet, claim, "stop-medicine")
        with_claim = (await community.message(said)).note
        await edited(community, rowan, said, "I asked my doctor, and I am glad.")

    assert (before, with_claim, (await community.message(said)).note) == ("", "stop-medicine", "")
    assert [ITS_PAGE in frame["html"] for frame in frames] == [True, False]


async def test_a_note_that_nobody_keeps_is_not_attached(community: Community) -> None:
    rowan, linnet = await team(community)
    claim = held(await community.say(rowan, (await community.room()).id, CLAIMS)).message_id

    with pytest.raises(Invalid) as caught:
        await release(community, linnet, claim, "because")

    assert set(caught.value.fields) == {"note"}
    assert (await community.message(claim)).state == State.HELD


async def _reported_by_two(community: Community, author: Member) -> tuple[UUID, UUID]:
    room = await community.room()
    said = published(await community.say(author, room.id)).message_id
    for handle in ("Wren", "Maren"):
        await report(community.services, (await community.member(handle)).viewer, said, "unkind")
    return room.id, said
