"""Claims about what waits: once a person lets the words pass, the gathering is there, and says them."""


import pytest

from forum.accounts.roles import Role
from forum.messages.submission import Answer
from forum.review.decisions import Decision
from forum.review.ruling import rule
from tests.builders import Community, held
from tests.forum.queueing import item_of

pytestmark = pytest.mark.everywhere


async def released(community: Community, answer: Answer | None) -> None:
    """Let a moderator publish what waits."""
    assert answer is not None
    linnet = await community.member("Linnet", Role.MODERATOR)
    item = await item_of(community, held(answer).message_id)
    await rule(community.services, Decision(item.id, item.version, linnet.id, "release"))
