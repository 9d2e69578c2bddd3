"""Claims about sessions: who is asking, for how long, and how it ends."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from forum.accounts.sessions import (
    SEEN_EVERY,
    end_session,
    end_sessions,
    find_viewer,
    label_of,
    open_session,
    open_sessions,
)
from forum.accounts.signing_in import Attempt, sign_in
from forum.accounts.tables import Session
from forum.broadcasts import ended_topic
from forum.errors import Forbidden
from realtime.envelope import Envelope
from tests.builders import PASSWORD, Community, opened_community


async def another_session(community: Community, label: str = "Phone") -> str:
    return await sign_in(community.services, Attempt("Rowan", PASSWORD, "192.0.2.9", label))


async def labels(community: Community, member_id: object) -> list[str]:
    return [row.label for row in await open_sessions(community.services, member_id)]  # type: ignore[arg-type]


async def row_of(community: Community, session_id: object) -> Session:
    async with community.services.database.reading() as session:
        return await session.get_one(Session, session_id)


@pytest.mark.parametrize("token", ["", "guessed", "\ud800", "x" * 5000])
async def test_a_token_that_was_never_given_stands_for_nobody(community: Community, token: str) -> None:
    await community.member()

    assert await find_viewer(community.services, token) is None


async def test_a_session_runs_out_when_nobody_comes_back_in_time_and_stays_while_somebody_does(
    prepared_database: Path, tmp_path: Path
) -> None:
    async with opened_community(prepared_database, tmp_path, session_days=20) as community:
        rowan = await community.member(days=0)

        community.clock.forward(days=19)
        used = await find_viewer(community.services, rowan.token)
        community.clock.forward(days=19)
        used_again = await find_viewer(community.services, rowan.token)
        listed = await labels(community, rowan.id)
        community.clock.forward(days=20, seconds=1)

        assert used == used_again == rowan.viewer
        assert listed == ["Test"]
        assert await find_viewer(community.services, rowan.token) is None
        assert await labels(community, rowan.id) == []


async def test_last_seen_is_kept_but_reading_does_not_write_each_time(community: Community) -> None:
    rowan = await community.member(days=0)
    opened_at = community.clock()

    community.clock.forward(seconds=SEEN_EVERY.total_seconds())
    await find_viewer(community.services, rowan.token)
    soon = (await row_of(community, rowan.viewer.session_id)).last_seen_at
    community.clock.forward(seconds=1)
    await find_viewer(community.services, rowan.token)
    later = (await row_of(community, rowan.viewer.session_id)).last_seen_at

    assert soon == opened_at
    assert later == opened_at + SEEN_EVERY + timedelta(seconds=1)


async def test_ending_one_leaves_the_others_and_hides_it_from_the_list(community: Community) -> None:
    rowan = await community.member(days=0)
    phone = await find_viewer(community.services, await another_session(community))
    assert phone is not None

    await end_session(community.services, rowan.viewer, phone.session_id)

    assert await labels(community, rowan.id) == ["Test"]
    assert await find_viewer(community.services, rowan.token) == rowan.viewer


async def test_a_session_that_ended_twice_ended_the_first_time(community: Community) -> None:
    rowan = await community.member(days=0)
    first = community.clock()

    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)
    community.clock.forward(hours=1)
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)

    assert (await row_of(community, rowan.viewer.session_id)).ended_at == first
    assert await find_viewer(community.services, rowan.token) is None


async def test_nobody_ends_somebody_elses_session_or_learns_that_there_is_one(community: Community) -> None:
    rowan, iris = await community.member(), await community.member("Iris")

    for session_id in (rowan.viewer.session_id, uuid4()):
        with pytest.raises(Forbidden):
            await end_session(community.services, iris.viewer, session_id)

    assert await find_viewer(community.services, rowan.token) == rowan.viewer


async def test_ending_all_others_keeps_this_one_and_everybody_elses(community: Community) -> None:
    rowan, iris = await community.member(), await community.member("Iris")
    phones = [await another_session(community) for _ in range(3)]

    async with community.services.database.transaction() as tx:
        await end_sessions(tx, rowan.id, community.clock(), kept=rowan.viewer.session_id)

    assert [await find_viewer(community.services, phone) for phone in phones] == [None] * 3
    assert await find_viewer(community.services, rowan.token) == rowan.viewer
    assert await find_viewer(community.services, iris.token) == iris.viewer


async def test_open_sockets_hear_that_a_session_ended_only_when_it_did(community: Community) -> None:
    heard: list[Envelope] = []
    rowan, iris = await community.member(), await community.member("Iris")
    await community.services.backplane.subscribe(ended_topic(rowan.id), heard.append)

    with pytest.raises(Forbidden):
        await end_session(community.services, iris.viewer, rowan.viewer.session_id)
    quiet = list(heard)
    await end_session(community.services, rowan.viewer, rowan.viewer.session_id)

    assert quiet == []
    assert len(heard) == 1


async def test_the_token_of_a_session_is_given_once_and_never_twice_the_same(community: Community) -> None:
    rowan = await community.member()

    async with community.services.database.transaction() as tx:
        made = [await open_session(tx, rowan.id, "Test", community.clock()) for _ in range(5)]

    tokens = [token for _, token in made]
    assert len(set(tokens)) == 5
    assert all(len(token) >= 43 for token in tokens)
    assert all(token not in str(row) for row, token in made)


async def test_the_latest_seen_stands_first(community: Community) -> None:
    rowan = await community.member(days=0)
    community.clock.forward(hours=1)
    await another_session(community, "Phone")
    community.clock.forward(hours=1)
    await another_session(community, "Tablet")

    assert await labels(community, rowan.id) == ["Tablet", "Phone", "Test"]


FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (FIREFOX, "Firefox on Android"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iOS"),
        (MAC, "Chrome on macOS"),
        ("curl/8.0", "Browser"),
        ("", "Browser"),
        ("<script>Linux", "Browser on Linux"),
    ],
)
def test_a_browser_is_named_coarsely_and_never_in_its_own_words(agent: str, label: str) -> None:
    assert label_of(agent) == label


async def test_the_session_length_is_the_one_that_is_set(community: Community) -> None:
    rowan = await community.member(days=0)
    short = replace(
        community.services, settings=community.services.settings.model_copy(update={"session_days": 1})
    )
    community.clock.forward(days=1, seconds=1)

    assert await find_viewer(short, rowan.token) is None
    assert await find_viewer(community.services, rowan.token) is not None
