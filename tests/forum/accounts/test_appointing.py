"""Claims about appointing: the right member gets the role, at their next request."""

import pytest

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.sessions import find_viewer
from forum.errors import NotFound
from tests.builders import Community, acts


async def test_the_new_role_counts_from_the_next_request_on_in_sessions_that_are_open(
    community: Community,
) -> None:
    rowan = await community.member("Quiet-heron")
    async with community.browser(rowan) as browser:
        before = await browser.get("/desk")
        account = await appoint(community.services, "quiet.HERON", Role.MODERATOR)
        after = await browser.get("/desk")
        await appoint(community.services, "Quiet-heron", Role.MEMBER)
        again = await browser.get("/desk")

    assert account.id == rowan.id
    assert after.status_code == 200
    assert before.status_code == again.status_code != 200


async def test_nobody_is_appointed_by_a_handle_that_nobody_has(community: Community) -> None:
    rowan = await community.member()

    with pytest.raises(NotFound) as refused:
        await appoint(community.services, "Rowena", Role.ADMINISTRATOR)

    viewer = await find_viewer(community.services, rowan.token)
    assert refused.value.words.values == {"handle": "Rowena"}
    assert viewer is not None
    assert viewer.role is Role.MEMBER


async def test_a_change_of_role_is_in_the_audit_log_with_who_made_it_and_no_change_is_not(
    community: Community,
) -> None:
    rowan, harbour = await community.member(), await community.member("Harbour", Role.ADMINISTRATOR)
    await appoint(community.services, "Rowan", Role.MENTOR)
    await appoint(community.services, "Rowan", Role.MENTOR, harbour.id)
    await appoint(community.services, "Rowan", Role.MODERATOR, harbour.id)

    assert [(one.act, one.actor_id, one.subject, one.details) for one in await acts(community)] == [
        ("role", None, f"account:{rowan.id}", '{"from":"member","to":"mentor"}'),
        ("role", harbour.id, f"account:{rowan.id}", '{"from":"mentor","to":"moderator"}'),
    ]
