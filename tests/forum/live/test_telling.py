"""What a live connection is told: questions, reasons, whom one can reach, and what was missed, in pages."""

import pytest

from forum.accounts.roles import Role
from forum.live import telling
from forum.messages.answering import near
from tests.builders import (
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    IN_DANGER,
    STIGMA,
    Community,
    serving,
)
from tests.forum.live.peers import listening
from tests.forum.talk import say_many


async def test_a_detail_is_asked_about_and_others_hear_the_masked_line_only(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()

    async with (
        serving(community.services) as host,
        listening(host, rowan) as first,
        listening(host, wren) as second,
    ):
        await first.join(room.id)
        await second.join(room.id)
        asked, forged = [await first.told(room.id, GIVES_AWAY, choice) for choice in ("", "as-it-is")]
        sent = await first.told(room.id, GIVES_AWAY, "masked")
        heard = await second.until("message")

    assert (asked["state"], asked["id"], asked["choices"]) == ("asked", None, ["masked", "ask"])
    assert f"We saw: {EMAIL}" in asked["words"]
    assert f"Without it, others would read: {GIVES_AWAY_MASKED}" in asked["words"]
    assert (forged["state"], sent["state"], sent["seq"], heard["seq"]) == ("asked", "published", 1, 1)
    assert GIVES_AWAY_MASKED in heard["html"]
    assert EMAIL not in str(second.heard)


async def test_kinder_words_are_offered_and_a_line_may_go_as_it_is(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        asked, sent = [await peer.told(room.id, STIGMA, choice) for choice in ("", "as-it-is")]

    assert (asked["choices"], sent["state"], sent["choices"]) == (["as-it-is"], "published", [])
    assert "Instead of “junkies”: person with a substance use disorder" in asked["words"]


async def test_who_may_be_in_danger_is_told_whom_they_can_reach_and_the_team_is_told(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    moderator = await community.member("Linnet", Role.MODERATOR)

    async with (
        serving(community.services) as host,
        listening(host, rowan) as peer,
        listening(host, moderator) as team,
    ):
        await peer.join(room.id)
        calm = await peer.told(room.id, "Good evening, all.")
        told = [await peer.told(room.id, text) for text in (IN_DANGER, f"{IN_DANGER} {GIVES_AWAY}")]
        noticed = await team.until("notices")

    assert calm["words"] == []
    assert [one["state"] for one in told] == ["published", "held"]
    reach = [f"{line.name}: " for line in near(rowan.viewer.time_zone)]
    assert all(any(words.startswith(name) for words in one["words"]) for one in told for name in reach)
    assert noticed["unread"] == 1


async def test_a_refusal_says_why(community: Community) -> None:
    rowan, room = await community.member(), await community.room()

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id)
        nonce = await peer.say(room.id, "   ")
        told = await peer.until("answered")

    assert (told["nonce"], told["state"], told["id"]) == (nonce, "refused", None)
    assert any("nothing in it" in words for words in told["words"])


async def test_a_lot_that_was_missed_comes_in_pages(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MISSED_BYTES", 2_500)
    rowan, room = await community.member(), await community.room()
    said = await say_many(community, rowan, room.id, 9)
    found: list[str] = []

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id, since=0)
        page, pages = await peer.until("missed"), 1
        found += [item["id"] for item in page["items"]]
        while page["more"]:
            await peer.send(type="fetch", place=room.id, since=page["upto"])
            page, pages = await peer.until("missed"), pages + 1
            found += [item["id"] for item in page["items"]]

    assert pages > 2
    assert found == [str(one.message_id) for one in said]
    assert page["upto"] == 9


async def test_whoever_missed_nothing_hears_so(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await say_many(community, rowan, room.id, 2)

    async with serving(community.services) as host, listening(host, rowan) as peer:
        await peer.join(room.id, since=2)
        missed = await peer.until("missed")

    assert (missed["items"], missed["upto"], missed["more"]) == ([], 2, False)
