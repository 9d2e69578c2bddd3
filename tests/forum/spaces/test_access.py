"""Who sees what: a hidden thing and a missing one are the same nothing."""

from contextlib import suppress
from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.errors import NotFound
from forum.messages.publishing import submit
from forum.messages.submission import Profile, Submission
from forum.spaces.access import find_place, find_space, rooms_seen_by, spaces_seen_by
from forum.spaces.opening import invite
from forum.spaces.tables import Audience, Guest, Place, PlaceKind
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


@pytest.mark.parametrize(
    ("kind", "open_to"),
    [
        (PlaceKind.CASE, {"Rowan", "Linnet", "Siskin"}),
        (PlaceKind.NOTES, {"Linnet", "Siskin"}),
        (PlaceKind.WORDING, {"Linnet", "Siskin"}),
        (PlaceKind.GUIDELINE, {"Rowan", "Wren", "Linnet", "Siskin", "Dipper", "visitor"}),
        (PlaceKind.SOURCE_NOTE, {"Rowan", "Wren", "Linnet", "Siskin", "Dipper", "visitor"}),
    ],
)
async def test_a_case_is_for_its_member_and_moderators_notes_for_moderators_and_pages_for_all(
    community: Community, kind: PlaceKind, open_to: set[str]
) -> None:
    roles = {"Linnet": Role.MODERATOR, "Siskin": Role.ADMINISTRATOR, "Dipper": Role.MANAGER}
    people = {name: await community.member(name, roles.get(name, Role.MEMBER)) for name in ("Rowan", "Wren")}
    people |= {name: await community.member(name, role) for name, role in roles.items()}
    now = community.clock()
    async with community.services.database.transaction() as tx:
        place = Place(kind=kind, member_id=people["Rowan"].id, last_at=now, created_at=now)
        tx.session.add(place)
    found = set()

    readers = {name: (one.id, one.viewer.role) for name, one in people.items()} | {"visitor": (None, None)}
    async with community.services.database.reading() as session:
        for name, (reader_id, role) in readers.items():
            with suppress(NotFound):
                await find_place(session, place.id, reader_id, role)
                found.add(name)

    assert found == open_to


async def test_notes_about_a_moderator_are_closed_to_that_moderator(community: Community) -> None:
    linnet, now = await community.member("Linnet", Role.MODERATOR), community.clock()
    async with community.services.database.transaction() as tx:
        place = Place(kind=PlaceKind.NOTES, member_id=linnet.id, last_at=now, created_at=now)
        tx.session.add(place)

    async with community.services.database.reading() as session:
        with pytest.raises(NotFound):
            await find_place(session, place.id, linnet.id, Role.MODERATOR)


async def test_a_meeting_is_for_its_guests_and_for_moderators(community: Community) -> None:
    rowan, wren, host = [await community.member(name) for name in ("Rowan", "Wren", "Juniper")]
    roles = {"Linnet": Role.MODERATOR, "Siskin": Role.ADMINISTRATOR, "Dipper": Role.MANAGER}
    team = [await community.member(name, role) for name, role in roles.items()]
    meeting = await community.meeting(rowan, host=host)
    found = set()

    async with community.services.database.reading() as session:
        for reader in (rowan, wren, host, *team):
            with suppress(NotFound):
                await find_place(session, meeting.id, reader.id, reader.viewer.role)
                found.add(reader.viewer.handle)
        with pytest.raises(NotFound):
            await find_place(session, meeting.id, None, None)

    assert found == {"Rowan", "Juniper", "Linnet", "Siskin"}


async def test_what_a_gathering_is_about_is_for_members_even_in_a_public_space(community: Community) -> None:
    space, rowan, now = await community.space(Audience.PUBLIC), await community.member(), community.clock()
    place = Place(kind=PlaceKind.GATHERING, space_id=space.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)

    async with community.services.database.reading() as session:
        assert (await find_place(session, place.id, rowan.id, Role.MEMBER))[0].id == place.id
        with pytest.raises(NotFound):
            await find_place(session, place.id, None, None)


async def test_thanks_are_for_the_hosts_and_whose_they_are_in_whatever_space(community: Community) -> None:
    rowan, wren, host = [await community.member(name) for name in ("Rowan", "Wren", "Juniper")]
    roles = {"Linnet": Role.MODERATOR, "Siskin": Role.ADMINISTRATOR, "Dipper": Role.MANAGER}
    team = [await community.member(name, role) for name, role in roles.items()]
    space, now = await community.space(Audience.PUBLIC), community.clock()
    place = Place(kind=PlaceKind.THANKS, space_id=space.id, member_id=rowan.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
        await tx.session.flush()
        tx.session.add(Guest(place_id=place.id, account_id=host.id, host=True))
    found = set()

    async with community.services.database.reading() as session:
        for reader in (rowan, wren, host, *team):
            with suppress(NotFound):
                await find_place(session, place.id, reader.id, reader.viewer.role)
                found.add(reader.viewer.handle)
        with pytest.raises(NotFound):
            await find_place(session, place.id, None, None)

    assert found == {"Rowan", "Juniper", "Linnet", "Siskin"}
