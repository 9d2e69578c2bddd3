"""A community in which gatherings can be held."""

import pytest

from tests.builders import Community
from tests.forum.feedback.evenings import manager_of
from tests.forum.numbers.seasons import Season


@pytest.fixture
async def season(community: Community) -> Season:
    """A community of twelve, and its manager."""
    members = [(await community.member(f"Heron-{number}")).id for number in range(12)]
    return Season(community, await manager_of(community), members)
