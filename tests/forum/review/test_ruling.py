"""Rulings: who may decide what, when somebody was faster, and what follows."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.tables import AuditEntry
from forum.broadcasts import ended_topic
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.messages.reading import missed_since
from forum.messages.resending import RESENDABLE
from forum.messages.submission import Choice, Held, Published
from forum.messages.tables import Message, State
from forum.messages.withdrawing import withdraw
from forum.notes.notes import all_notes
from forum.notifications.tables import Notice
from forum.review.claiming import claim
from forum.review.decisions import Decision
from forum.review.eligibility import CLAIMED
from forum.review.queue import queue_length
from forum.review.reporting import report, report_handle
from forum.review.ruling import rule
from forum.review.tables import Recusal, ReviewItem, Ruling
from forum.review.undoing import undo
from realtime.envelope import Envelope
from tests.builders import (
    CLAIMS,
    EMAIL,
    GIVES_AWAY,
    GIVES_AWAY_MASKED,
    HARMLESS,
    HOLDS,
    IN_DANGER,
    Community,
    Member,
    held,
    published,
)
from tests.forum.talk import decided, edited, heard, hold_one, item_about, rows_of, ruled, with_scorer
from tests.moderation.scorers import Answers

ITS_PAGE = all_notes()["stop-medicine"].page


async def team(community: Community) -> tuple[Member, Member]:
    """Return a member and a moderator."""
    return await community.member(), await community.member("Linnet", Role.MODERATOR)


async def waiting(community: Community, moderator: Member) -> int:
    """Return how much waits for the moderator."""
    async with community.services.database.reading() as session:
        return await queue_length(session, moderator.viewer)


@pytest.mark.everywhere
async def test_of_two_moderators_who_decide_at_once_one_hears_of_a_conflict(community: Community) -> None:
    rowan, linnet = await team(community)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    room = await community.room()
    held = await hold_one(community, rowan, room.id)

    async with heard(community.services, room.id) as frames:
        made = await asyncio.gather(
            ruled(community, linnet, held.message_id, release=True),
            ruled(community, harbour, held.message_id, release=False),
            return_exceptions=True,
        )

    rulings = [one for one in made if isinstance(one, Ruling)]
    assert len(rulings) == len([one for one in made if isinstance(one, Conflict)]) == 1
    released = rulings[0].outcome == "released"
    row = await community.message(held.message_id)
    assert row.state == (State.PUBLISHED if released else State.REFUSED)
    assert len(frames) == released


async def test_a_decision_on_an_older_version_is_a_conflict(community: Community) -> None:
    rowan, linnet = await team(community)
    wren, room = await community.member("Wren"), await community.room()
    said = published(await community.say(rowan, room.id))
    await report(community.services, wren.viewer, said.message_id, "unkind")
    seen = await item_about(community, said.message_id)
    await edited(community, rowan, said.message_id, "Kinder words than before.")

    with pytest.raises(Conflict):
        await decided(community, linnet, seen, "take-down")

    assert (await community.message(said.message_id)).state == State.PUBLISHED


@pytest.mark.everywhere
async def test_what_was_withdrawn_meanwhile_is_not_released(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    held = await hold_one(community, rowan, room.id)
    seen = await item_about(community, held.message_id)
    await withdraw(community.services, rowan.id, held.message_id)

    for item in (seen, await item_about(community, held.message_id)):
        with pytest.raises(Conflict):
            await decided(community, linnet, item, "release")


async def test_nobody_decides_about_their_own_message(community: Community) -> None:
    _, linnet = await team(community)
    held = await hold_one(community, linnet, (await community.room()).id)

    with pytest.raises(Forbidden):
        await ruled(community, linnet, held.message_id, release=True)

    assert await waiting(community, linnet) == 0


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MENTOR, Role.MANAGER])
async def test_whoever_was_appointed_to_something_else_in_between_decides_nothing(
    community: Community, role: Role
) -> None:
    rowan, linnet = await team(community)
    held = await hold_one(community, rowan, (await community.room()).id)
    await appoint(community.services, "Linnet", role)

    with pytest.raises(NotFound):
        await ruled(community, linnet, held.message_id, release=True)

    assert (await community.message(held.message_id)).state == State.HELD


async def test_a_refusal_names_a_guideline(community: Community) -> None:
    rowan, linnet = await team(community)
    held = await hold_one(community, rowan, (await community.room()).id)

    for reason in ("", "because"):
        with pytest.raises(Invalid) as caught:
            await ruled(community, linnet, held.message_id, release=False, reason=reason)

        assert set(caught.value.fields) == {"reason"}


async def test_what_does_not_wait_cannot_be_decided(community: Community) -> None:
    rowan, linnet = await team(community)
    held = await hold_one(community, rowan, (await community.room()).id)
    await ruled(community, linnet, held.message_id, release=True)

    with pytest.raises(Conflict):
        await ruled(community, linnet, held.message_id, release=False)
    with pytest.raises(NotFound):
        await rule(community.services, Decision(uuid4(), linnet.id, 1, "release"))


@pytest.mark.parametrize(("release", "state"), [(True, State.PUBLISHED), (False, State.REMOVED)])
async def test_what_was_reported_is_kept_or_taken_down_and_the_queue_is_empty_then(
    community: Community, release: bool, state: State
) -> None:
    rowan, linnet = await team(community)
    room, said = await _reported_by_two(community, rowan)
    before = await waiting(community, linnet)

    async with heard(community.services, room) as frames:
        ruling = await ruled(community, linnet, said, release=release)

    row = await community.message(said)
    assert (before, await waiting(community, linnet)) == (1, 0)
    assert ruling.outcome == ("kept" if release else "taken-down")
    assert (row.state, row.text != "") == (state, True)
    assert [frame["seq"] for frame in frames] == ([] if release else [2])
    assert all("a moderator took it down" in frame["html"] for frame in frames)


async def test_seen_closes_the_alert_and_leaves_the_message_as_it_was(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    said = published(await community.say(rowan, room.id, IN_DANGER))
    before = await waiting(community, linnet)

    async with heard(community.services, room.id) as frames:
        ruling = await ruled(community, linnet, said.message_id, release=True)

    assert (ruling.outcome, ruling.reason) == ("seen", "")
    assert (before, await waiting(community, linnet)) == (1, 0)
    assert (await community.message(said.message_id)).state == State.PUBLISHED
    assert frames == []
    with pytest.raises(Conflict):
        await ruled(community, linnet, said.message_id, release=True)


async def test_what_was_reported_and_urgent_is_kept_and_both_are_closed(community: Community) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER)).message_id
    await report(community.services, (await community.member("Wren")).viewer, said, "worried")

    ruling = await decided(community, linnet, await item_about(community, said), "keep")

    assert ruling.outcome == "kept"
    assert await waiting(community, linnet) == 0


async def test_what_shows_a_method_can_be_taken_down_though_its_author_is_in_danger(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))

    ruling = await ruled(community, linnet, said.message_id, release=False, reason="safety")

    assert ruling.outcome == "taken-down"
    assert await waiting(community, linnet) == 0


async def release(community: Community, moderator: Member, message_id: UUID, note: str) -> Ruling:
    """Release what waits, with a source note."""
    return await decided(community, moderator, await item_about(community, message_id), "release", note=note)


async def test_a_note_is_attached_on_release_and_read_by_whoever_is_there(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    claim = held(await community.say(rowan, room.id, CLAIMS))

    async with heard(community.services, room.id) as frames:
        await release(community, linnet, claim.message_id, "stop-medicine")

    assert (await community.message(claim.message_id)).note == "stop-medicine"
    assert [ITS_PAGE in frame["html"] for frame in frames] == [True]


async def test_a_note_on_an_edit_goes_to_what_it_revises_and_leaves_with_the_words(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    said = published(await community.say(rowan, room.id)).message_id
    claim = held(await edited(community, rowan, said, CLAIMS)).message_id
    before = (await community.message(said)).note

    async with heard(community.services, room.id) as frames:
        await release(community, linnet, claim, "stop-medicine")
        with_claim = (await community.message(said)).note
        await edited(community, rowan, said, "I asked my doctor, and I am glad.")

    assert (before, with_claim, (await community.message(said)).note) == ("", "stop-medicine", "")
    assert [ITS_PAGE in frame["html"] for frame in frames] == [True, False]


async def test_a_note_that_nobody_keeps_is_not_attached(community: Community) -> None:
    rowan, linnet = await team(community)
    claim = held(await community.say(rowan, (await community.room()).id, CLAIMS)).message_id

    with pytest.raises(Invalid) as caught:
        await release(community, linnet, claim, "because")

    assert set(caught.value.fields) == {"note"}
    assert (await community.message(claim)).state == State.HELD


async def test_a_release_masked_takes_the_details_out_and_keeps_what_was_typed_aside(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    waits = held(await community.choose(rowan, room.id, GIVES_AWAY, Choice.ASK)).message_id

    async with heard(community.services, room.id) as frames:
        ruling = await decided(community, linnet, await item_about(community, waits), "release-masked")

    row = await community.message(waits)
    assert (ruling.outcome, ruling.reason) == ("released-masked", "privacy")
    assert (row.state, row.text) == (State.PUBLISHED, GIVES_AWAY_MASKED)
    assert [EMAIL in frame["html"] for frame in frames] == [False]
    aside = [one for one in await rows_of(community, room.id) if one.id != waits]
    assert [(one.text, one.state, one.revises_id) for one in aside] == [(GIVES_AWAY, State.REFUSED, waits)]
    await withdraw(community.services, rowan.id, waits)
    assert [one.text for one in await rows_of(community, room.id)] == ["", ""]


async def test_words_that_changed_while_they_were_screened_are_not_released_masked(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    waits = held(
        await community.choose(rowan, (await community.room()).id, GIVES_AWAY, Choice.ASK)
    ).message_id
    item = await item_about(community, waits)
    meddling = Meddling(community, waits)

    with pytest.raises(Conflict):
        await rule(
            with_scorer(community.services, meddling),
            Decision(item.id, linnet.id, item.version, "release-masked"),
        )

    assert meddling.asked
    row = await community.message(waits)
    assert (row.state, row.text) == (State.HELD, GIVES_AWAY)


class Meddling(Answers):
    """A scorer during which the message becomes another version."""

    def __init__(self, community: Community, message_id: UUID) -> None:
        super().__init__()
        self._community, self._message_id = community, message_id

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        async with self._community.services.database.transaction() as tx:
            (await tx.session.get_one(Message, self._message_id)).version += 1
        return await super().score(texts)


@pytest.mark.parametrize(("text", "state"), [(HOLDS, State.REFUSED), (HARMLESS, State.REMOVED)])
async def test_who_is_asked_to_change_it_gets_a_letter_and_the_words_to_send_again(
    community: Community, text: str, state: State
) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    answer = await community.say(rowan, room.id, text)
    assert isinstance(answer, Published | Held)
    said = answer.message_id
    if text == HARMLESS:
        await report(community.services, (await community.member("Wren")).viewer, said, "private")

    item = await item_about(community, said)
    ruling = await decided(community, linnet, item, "ask-change", letter="Could you leave this out, please?")

    row = await community.message(said)
    assert (ruling.outcome, row.state, row.text) == ("asked-to-change", state, text)
    assert row.state in RESENDABLE
    assert ruling.letter_id is not None
    letter = await community.message(ruling.letter_id)
    assert (letter.text, letter.state) == ("Could you leave this out, please?", State.PUBLISHED)


async def test_a_letter_that_the_pipeline_does_not_pass_leaves_all_as_it_was(community: Community) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id

    with pytest.raises(Invalid) as caught:
        await decided(community, linnet, await item_about(community, waits), "ask-change", letter=HOLDS)

    assert set(caught.value.fields) == {"letter"}
    assert (await community.message(waits)).state == State.HELD
    assert await waiting(community, linnet) == 1


async def test_a_letter_is_taken_back_where_somebody_else_was_faster(community: Community) -> None:
    rowan, linnet = await team(community)
    harbour = await community.member("Harbour", Role.MODERATOR)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    item = await item_about(community, waits)

    made = await asyncio.gather(
        decided(community, linnet, item, "ask-change", letter="Could you say this kindly?"),
        decided(community, harbour, item, "ask-change", letter="Could you put this kindly?"),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in made) == ["Conflict", "Ruling"]
    ruling = next(one for one in made if isinstance(one, Ruling))
    async with community.services.database.reading() as session:
        said = select(Message).where(col(Message.author_id).in_([linnet.id, harbour.id]))
        kept = [one.id for one in (await session.exec(said)).all() if one.text]
    assert kept == [ruling.letter_id]


async def test_a_warning_is_on_record_and_its_author_is_told(community: Community) -> None:
    rowan, linnet = await team(community)
    _, said = await _reported_by_two(community, rowan)

    letter = "Please speak to people as people."
    item = await item_about(community, said)
    ruling = await decided(community, linnet, item, "keep", measure="warn", letter=letter)

    assert (ruling.outcome, ruling.measure, ruling.reason) == ("kept", "warn", "kindness")
    async with community.services.database.reading() as session:
        kinds = (await session.exec(select(Notice.kind).where(Notice.message_id == said))).all()
    assert list(kinds) == ["measure"]


async def test_a_pause_ends_by_itself_and_never_shortens_a_longer_one(community: Community) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    first, second = [(await hold_one(community, rowan, room.id)).message_id for _ in range(2)]
    await decided(community, linnet, await item_about(community, first), "refuse", measure="pause", hours=48)
    await decided(community, linnet, await item_about(community, second), "refuse", measure="pause", hours=1)
    community.clock.forward(hours=47)

    with pytest.raises(Forbidden):
        await community.say(rowan, room.id)
    community.clock.forward(hours=1)

    published(await community.say(rowan, room.id))


async def test_whoever_is_sent_away_from_a_room_cannot_speak_there(community: Community) -> None:
    rowan, linnet = await team(community)
    room, said = await _reported_by_two(community, rowan)

    async with heard(community.services, ended_topic(rowan.id)) as frames:
        item = await item_about(community, said)
        ruling = await decided(community, linnet, item, "take-down", measure="removal", hours=24)

    assert ruling.until == community.clock() + timedelta(hours=24)
    assert frames == [{"removed": str(room)}]
    with pytest.raises(Forbidden):
        await community.say(rowan, room)


async def test_nobody_is_sent_away_from_a_thread(community: Community) -> None:
    rowan, linnet = await team(community)
    waits = held(await community.thread(rowan, HOLDS)).message_id

    with pytest.raises(Invalid) as caught:
        await decided(community, linnet, await item_about(community, waits), "refuse", measure="removal")

    assert set(caught.value.fields) == {"measure"}


async def test_a_handle_gives_way_to_a_plain_one(community: Community) -> None:
    rowan, linnet = await team(community)
    wren = await community.member("Wren")
    await report_handle(community.services, wren.viewer, "Rowan", "unkind")
    async with community.services.database.reading() as session:
        item = (await session.exec(select(ReviewItem))).one()

    ruling = await decided(community, linnet, item, "rename", letter="Please choose another handle.")
    async with community.services.database.reading() as session:
        renamed = (await session.get_one(Account, rowan.id)).handle
    undone = await undo(community.services, ruling.id, linnet.id)

    assert (ruling.outcome, renamed.startswith("member-")) == ("renamed", True)
    async with community.services.database.reading() as session:
        assert (await session.get_one(Account, rowan.id)).handle == "Rowan"
    assert undone.item is not None


async def test_a_second_opinion_is_given_by_somebody_else(community: Community) -> None:
    rowan, linnet = await team(community)
    harbour = await community.member("Harbour", Role.MODERATOR)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id

    asking = await decided(community, linnet, await item_about(community, waits), "escalate")
    item = await item_about(community, waits)
    with pytest.raises(Forbidden):
        await decided(community, linnet, item, "release")
    with pytest.raises(Invalid):
        await decided(community, harbour, item, "escalate")
    given = await decided(community, harbour, item, "release")

    assert (asking.outcome, given.outcome) == ("escalated", "released")
    assert (item.stage, item.closed_at) == ("second-opinion", None)


async def test_a_live_claim_of_somebody_else_is_a_conflict_that_says_so_and_an_expired_one_is_none(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    harbour = await community.member("Harbour", Role.MODERATOR)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    item = await item_about(community, waits)
    await claim(community.services, harbour.id, item.id)

    with pytest.raises(Conflict) as caught:
        await decided(community, linnet, await item_about(community, waits), "release")
    community.clock.forward(minutes=6)
    ruling = await decided(community, linnet, await item_about(community, waits), "release")

    assert caught.value.words == CLAIMED
    assert ruling.outcome == "released"


async def test_an_own_claim_that_expired_is_no_obstacle_either(community: Community) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    own = await claim(community.services, linnet.id, (await item_about(community, waits)).id)
    community.clock.forward(minutes=6)

    ruling = await rule(community.services, Decision(own.item_id, linnet.id, own.version, "release"))

    assert ruling.outcome == "released"


async def test_a_recorded_conflict_with_the_author_stands_between(community: Community) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    async with community.services.database.transaction() as tx:
        tx.session.add(Recusal(moderator_id=linnet.id, account_id=rowan.id, since=community.clock()))

    with pytest.raises(Forbidden):
        await ruled(community, linnet, waits, release=True)


@pytest.mark.parametrize("version", [-1, 0, 2, 10**9])
async def test_a_version_that_somebody_made_up_is_a_conflict(community: Community, version: int) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    item = await item_about(community, waits)

    with pytest.raises(Conflict):
        await rule(community.services, Decision(item.id, linnet.id, version, "release"))

    assert (await community.message(waits)).state == State.HELD


async def test_an_urgent_message_whose_words_were_taken_back_can_only_be_looked_at(
    community: Community,
) -> None:
    rowan, linnet = await team(community)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER)).message_id
    await withdraw(community.services, rowan.id, said)

    with pytest.raises(Conflict):
        await decided(community, linnet, await item_about(community, said), "take-down")
    ruling = await decided(community, linnet, await item_about(community, said), "seen")

    assert ruling.outcome == "seen"
    assert await waiting(community, linnet) == 0


@pytest.mark.parametrize("action", ["keep", "take-down", "seen", "rename"])
async def test_what_makes_no_sense_about_it_is_asked_for_anew(community: Community, action: str) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id

    with pytest.raises(Invalid) as caught:
        await decided(
            community, linnet, await item_about(community, waits), action, reason="kindness", letter="Hello."
        )

    assert set(caught.value.fields) == {"action"}


async def test_a_ruling_is_in_the_log_without_a_word_that_anybody_wrote(community: Community) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id
    item = await item_about(community, waits)
    community.clock.forward(seconds=90)
    ruling = await ruled(community, linnet, waits, release=False)

    async with community.services.database.reading() as session:
        entry = (await session.exec(select(AuditEntry).where(AuditEntry.act == "ruling"))).one()

    assert (entry.actor_id, entry.subject) == (linnet.id, f"message:{waits}")
    assert json.loads(entry.details) == {
        "ruling": str(ruling.id),
        "item": str(item.id),
        "kind": "held",
        "action": "refuse",
        "outcome": "refused",
        "reason": "kindness",
        "rule": item.rule,
        "found_by": "machine",
        "measure": "",
        "seconds": 90.0,
        "opened": item.opened_at.isoformat(),
    }


async def test_a_decision_whose_broadcast_fails_stands_and_is_caught_up_with(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, linnet = await team(community)
    room = await community.room()
    waits = (await hold_one(community, rowan, room.id)).message_id

    async def away(_: Envelope) -> None:
        raise OSError("the backplane is away")

    monkeypatch.setattr(community.services.backplane, "publish", away)
    ruling = await ruled(community, linnet, waits, release=True)

    assert ruling.outcome == "released"
    async with community.services.database.reading() as session:
        missed = await missed_since(session, room.id, 0)
    assert [shown.id for _, shown in missed.items] == [waits]


async def test_a_decision_that_fails_half_way_leaves_nothing_behind(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, linnet = await team(community)
    waits = (await hold_one(community, rowan, (await community.room()).id)).message_id

    async def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("forum.review.ruling.record", broken)
    with pytest.raises(OSError, match="disk"):
        await ruled(community, linnet, waits, release=True)
    monkeypatch.undo()

    assert (await community.message(waits)).state == State.HELD
    assert (await ruled(community, linnet, waits, release=True)).outcome == "released"


async def _reported_by_two(community: Community, author: Member) -> tuple[UUID, UUID]:
    room = await community.room()
    said = published(await community.say(author, room.id)).message_id
    for handle in ("Wren", "Maren"):
        await report(community.services, (await community.member(handle)).viewer, said, "unkind")
    return room.id, said
