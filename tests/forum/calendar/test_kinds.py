"""Claims about the kinds of gatherings: each says in words what it is, and for whom."""

from enum import StrEnum

import pytest

from forum.accounts.roles import Role
from forum.calendar.kinds import Format, ForWhom, Kind, Pathway, Transcript


@pytest.mark.parametrize("kinds", [Kind, Pathway, Format, ForWhom, Transcript])
def test_each_has_words_of_its_own(kinds: type[StrEnum]) -> None:
    words = [str(one.words) for one in kinds]  # type: ignore[attr-defined]

    assert all(words)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("whom", "included"),
    [
        (ForWhom.EVERYBODY, {None, *Role}),
        (ForWhom.MENTORS, set(Role) - {Role.MEMBER}),
        (ForWhom.TEAM, set(Role) - {Role.MEMBER, Role.MENTOR}),
    ],
)
def test_the_team_is_always_meant_and_members_where_everybody_is(
    whom: ForWhom, included: set[Role | None]
) -> None:
    assert {role for role in (None, *Role) if whom.includes(role)} == included
