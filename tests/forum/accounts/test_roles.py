"""Claims about roles: who may decide, who may open rooms, and that the two are kept apart."""

import pytest

from forum.accounts.roles import Role


@pytest.mark.parametrize(
    ("role", "moderates", "manages", "facilitates"),
    [
        (Role.MEMBER, False, False, False),
        (Role.MENTOR, False, False, True),
        (Role.MODERATOR, True, False, True),
        (Role.MANAGER, False, True, True),
        (Role.ADMINISTRATOR, True, True, True),
    ],
)
def test_each_role_may_do_what_its_name_says_and_no_more(
    role: Role, moderates: bool, manages: bool, facilitates: bool
) -> None:
    assert (role.can_moderate, role.can_manage, role.can_facilitate) == (moderates, manages, facilitates)


def test_whoever_may_do_more_than_others_is_named_beside_the_handle() -> None:
    assert Role.MEMBER.words is None
    assert all(role.words is not None for role in Role if role is not Role.MEMBER)
