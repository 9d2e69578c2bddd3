"""Whoever came a moment ago is asked about once more, together with all others who did."""

import asyncio
from dataclasses import replace

import pytest

from forum.accounts.sessions import end_session
from forum.live import comers as comers_module
from forum.live.comers import Comers
from tests.builders import Community
from tests.forum.talk import statements

SOON = 10.0


async def settled(comers: Comers) -> None:
    """Wait until nobody is to be asked about any more."""
    async with asyncio.timeout(SOON):
        while comers._asking is not None:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)


async def test_only_those_whose_session_has_ended_are_told_so_and_all_are_asked_about_at_once(
    community: Community,
) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)
    comers, told = Comers(community.services), list[str]()
    with statements(community.services) as said:
        for device in ("telephone", "desk"):
            comers.add(rowan.viewer.session_id, lambda device=device: told.append(device))  # type: ignore[misc]
        comers.add(wren.viewer.session_id, lambda: told.append("wren"))
        await settled(comers)

    assert told == ["telephone", "desk"]
    assert len(said) == 1


async def test_who_comes_while_others_are_asked_about_is_asked_about_too(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comers_module, "AT_ONCE", 1)
    rowan = await community.member()
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)
    comers, told = Comers(community.services), list[str]()

    def another() -> None:
        told.append("first")
        comers.add(rowan.viewer.session_id, lambda: told.append("second"))

    comers.add(rowan.viewer.session_id, another)
    await settled(comers)

    assert told == ["first", "second"]


async def test_while_the_database_does_not_answer_it_is_asked_again(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comers_module, "AGAIN_SECONDS", 0.01)
    rowan = await community.member()
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)
    comers, told = Comers(replace(community.services)), list[str]()
    reading, refused = community.services.database.reading, list[int]()

    def refusing() -> object:
        if len(refused) < 3:
            refused.append(1)
            raise ConnectionRefusedError
        return reading()

    monkeypatch.setattr(community.services.database, "reading", refusing)
    comers.add(rowan.viewer.session_id, lambda: told.append("ended"))
    await settled(comers)

    assert (told, len(refused)) == (["ended"], 3)
