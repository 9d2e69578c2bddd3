"""Who is of the team, and that its pages are not there for anybody else."""

from collections.abc import Callable

import pytest
from starlette.requests import Request

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.accounts.tables import Account
from forum.accounts.team import administering, is_administrator, is_moderator, moderating, moderators
from forum.errors import NotFound, NotSignedIn
from tests.builders import Community, Member


def asked_by(viewer: Viewer | None) -> Request:
    return Request({"type": "http", "state": {"viewer": viewer}})


async def cast(community: Community) -> dict[Role, Member]:
    return {role: await community.member(f"Member-{role}", role) for role in Role}


@pytest.mark.parametrize(
    ("guard", "let_in"),
    [(moderating, {Role.MODERATOR, Role.ADMINISTRATOR}), (administering, {Role.ADMINISTRATOR})],
)
async def test_a_page_of_the_team_does_not_exist_for_others(
    community: Community, guard: Callable[[Request], Viewer], let_in: set[Role]
) -> None:
    for role, member in (await cast(community)).items():
        if role in let_in:
            assert guard(asked_by(member.viewer)) == member.viewer
        else:
            with pytest.raises(NotFound):
                guard(asked_by(member.viewer))


@pytest.mark.parametrize("guard", [moderating, administering])
def test_a_visitor_is_sent_to_the_door(guard: Callable[[Request], Viewer]) -> None:
    with pytest.raises(NotSignedIn):
        guard(asked_by(None))


async def test_moderators_are_moderators_and_administrators_and_nobody_who_is_gone(
    community: Community,
) -> None:
    members = await cast(community)

    async with community.services.database.reading() as session:
        found = set(await moderators(session))
        accounts = {role: await session.get(Account, member.id) for role, member in members.items()}

    assert found == {members[Role.MODERATOR].id, members[Role.ADMINISTRATOR].id}
    assert {role for role, one in accounts.items() if is_moderator(one)} == {
        Role.MODERATOR,
        Role.ADMINISTRATOR,
    }
    assert {role for role, one in accounts.items() if is_administrator(one)} == {Role.ADMINISTRATOR}
    assert not is_moderator(None)
    assert not is_administrator(None)
