"""Several alike at once: what was ticked, and what becomes of each."""

from uuid import uuid4

import pytest

from forum.accounts.roles import Role
from forum.desk.together import NOT_ALIKE, SeveralForm, decide_together
from forum.errors import Invalid
from tests.builders import Community
from tests.forum.queueing import item_of
from tests.forum.talk import hold_one


def test_a_form_has_versions_by_item_and_a_guideline_only_against_somebody() -> None:
    item_id = uuid4()
    ticked = {f"item-{item_id}": "3", "item-x": "1", f"item-{uuid4()}": "x", "reason": "no-dealing"}

    refused, released = [SeveralForm.of(ticked | {"action": one}) for one in ("refuse", "release")]

    assert (refused.versions, refused.reason) == ({item_id: 3}, "no-dealing")
    assert (released.versions, released.reason) == ({item_id: 3}, "")
    for bad in ({}, ticked, ticked | {"action": "seen"}, ticked | {"action": "refuse", "reason": "x"}):
        with pytest.raises(Invalid):
            SeveralForm.of(bad)


async def test_what_is_not_alike_is_left_for_somebody_to_read(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    item = await item_of(community, waiting.message_id)
    form = SeveralForm("release", "", {item.id: item.version, uuid4(): 1})

    answers = await decide_together(community.services, linnet.viewer, form)

    assert [(one.item_id, one.words, one.ruling) for one in answers] == [(item.id, NOT_ALIKE, None)]
