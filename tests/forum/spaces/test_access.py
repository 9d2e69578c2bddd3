"""Who sees what: a hidden thing and a missing one are the same nothing."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.messages.publishing import submit
from forum.messages.submission import Profile, Submission
from forum.spaces.access import find_place, find_space, rooms_seen_by, spaces_seen_by
from forum.spaces.opening import invite
from forum.spaces.tables import Audience
from tests.builders import Community, published

READERS: list[tuple[Role | None, set[str]]] = [
    (None, {"public"}),
    (Role.MEMBER, {"public", "members"}),
    (Role.MENTOR, {"public", "members"}),
    (Role.MODERATOR, {"public", "members", "invited", "team"}),
    (Role.MANAGER, {"public", "members", "invited", "team"}),
    (Role.ADMINISTRATOR, {"public", "members", "invited", "team"}),
]


@pytest.mark.parametrize(("role", "expected"), READERS)
async def test_each_reader_sees_the_spaces_meant_for_them(
    community: Community, role: Role | None, expected: set[str]
) -> None:
    reader = await community.member("Rowan", role) if role else None
    reader_id = reader.id if reader else None
    rooms = {}
    for audience in Audience:
        space = await community.space(audience, audience.value)
        rooms[audience.value] = await community.room(space=space)
    found = set()

    async with community.services.database.reading() as session:
        spaces = await spaces_seen_by(session, reader_id, role)
        in_lists = await rooms_seen_by(session, reader_id, role)
        for slug, room in rooms.items():
            try:
                await find_space(session, slug, reader_id, role)
                await find_place(session, room.id, reader_id, role)
                found.add(slug)
            except NotFound:
                continue

    assert {space.slug for space in spaces} == {space.slug for _, space in in_lists} == found == expected


async def test_an_invitation_opens_one_space_only(community: Community) -> None:
    rowan = await community.member()
    spaces = [await community.space(Audience.INVITED) for _ in range(2)]
    team = await community.space(Audience.TEAM)
    for space in (spaces[0], team):
        await invite(community.services, space.id, "Rowan")

    async with community.services.database.reading() as session:
        seen = await spaces_seen_by(session, rowan.id, Role.MEMBER)

    assert [space.slug for space in seen] == [spaces[0].slug]


async def test_profiles_are_for_members(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    said = published(await submit(community.services, Submission(Profile(), rowan.id, "I like tea.")))

    async with community.services.database.reading() as session:
        place, space = await find_place(session, said.place_id, wren.id, Role.MEMBER)
        for place_id in (said.place_id, uuid4()):
            with pytest.raises(NotFound):
                await find_place(session, place_id, None, None)

    assert (place.owner_id, space) == (rowan.id, None)
