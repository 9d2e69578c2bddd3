"""Opening spaces and rooms: names pass the pipeline, and every wrong field is named at once."""

import asyncio
from uuid import uuid4

import pytest

from forum.errors import Invalid
from forum.spaces.opening import (
    SLOWEST_SECONDS,
    NewRoom,
    NewSpace,
    Pace,
    invite,
    open_room,
    open_space,
    set_pace,
)
from forum.spaces.tables import Audience, Space
from tests.builders import HOLDS, Community
from tests.forum.talk import heard, with_scorer
from tests.moderation.scorers import Raises


async def test_every_wrong_field_is_named_at_once(community: Community) -> None:
    with pytest.raises(Invalid) as caught:
        await open_space(community.services, NewSpace(HOLDS, "Not A Slug", HOLDS, "everybody"))

    assert set(caught.value.fields) == {"slug", "audience", "name", "about"}


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a b", "ä", "a" * 41, "../x", "a\n"])
async def test_an_address_has_a_plain_form(community: Community, slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        await open_space(community.services, NewSpace("First steps", slug, "", Audience.MEMBERS))

    assert set(caught.value.fields) == {"slug"}


@pytest.mark.everywhere
async def test_of_two_who_take_the_same_address_at_once_one_is_told(community: Community) -> None:
    wanted = NewSpace("First steps", "first-steps", "", Audience.MEMBERS)

    made = await asyncio.gather(
        *(open_space(community.services, wanted) for _ in range(2)), return_exceptions=True
    )

    refused = [one for one in made if isinstance(one, Invalid)]
    assert len([one for one in made if isinstance(one, Space)]) == len(refused) == 1
    assert set(refused[0].fields) == {"slug"}


async def test_no_name_is_taken_that_could_not_be_judged(community: Community) -> None:
    failing = with_scorer(community.services, Raises())

    with pytest.raises(Invalid) as caught:
        await open_space(failing, NewSpace("First steps", "first-steps", "", Audience.MEMBERS))

    assert set(caught.value.fields) == {"name"}


@pytest.mark.parametrize("seconds", [-1, SLOWEST_SECONDS + 1])
async def test_a_room_cannot_be_slower_than_an_hour(community: Community, seconds: int) -> None:
    space, room = await community.space(), await community.room()

    with pytest.raises(Invalid):
        await open_room(community.services, NewRoom(space.id, "Quiet", "", Pace(slow_seconds=seconds)))
    with pytest.raises(Invalid):
        await set_pace(community.services, room.id, Pace(slow_seconds=seconds))


async def test_a_room_needs_a_space(community: Community) -> None:
    with pytest.raises(Invalid) as caught:
        await open_room(community.services, NewRoom(uuid4(), "Quiet", ""))

    assert set(caught.value.fields) == {"space"}


async def test_whoever_is_there_hears_how_the_room_is_held(community: Community) -> None:
    room = await community.room()

    async with heard(community.services, room.id) as frames:
        await set_pace(community.services, room.id, Pace(True, 30, True))

    assert [(f["paused"], f["slow_seconds"], f["waiting_for_facilitator"]) for f in frames] == [
        (True, 30, True)
    ]


async def test_inviting_twice_changes_nothing_and_a_stranger_cannot_be_invited(community: Community) -> None:
    await community.member("Rowan.Tree")
    space = await community.space(Audience.INVITED)
    for handle in ("Rowan.Tree", "rowantree"):
        await invite(community.services, space.id, handle)

    with pytest.raises(Invalid) as nobody:
        await invite(community.services, space.id, "Nobody")
    with pytest.raises(Invalid) as nowhere:
        await invite(community.services, uuid4(), "Rowan.Tree")

    assert (set(nobody.value.fields), set(nowhere.value.fields)) == ({"handle"}, {"space"})
