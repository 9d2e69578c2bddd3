"""Taking a ruling back: within the minute, later, and by an appeal; everything comes back with it."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.accounts.tables import Account
from forum.audit.tables import AuditEntry
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.housekeeping import erase_refused
from forum.messages.submission import Choice
from forum.messages.tables import Message, State
from forum.messages.withdrawing import withdraw
from forum.notifications.tables import Notice
from forum.review.measures import UNTIL_LIFTED
from forum.review.reporting import report
from forum.review.tables import CareAlert, Report, ReviewItem, Ruling
from forum.review.undoing import Reversal, Undone, reverse, undo
from forum.spaces.tables import Place, Removal
from tests.builders import GIVES_AWAY, GIVES_AWAY_MASKED, IN_DANGER, Community, Member, held, published
from tests.forum.talk import decided, edited, heard, hold_one, item_about, ruled

LETTER = "Could you leave this out, please?"


async def team(community: Community) -> tuple[Member, Member, Member, Place]:
    """Return a member, two moderators and a room."""
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.MODERATOR)
    return await community.member(), linnet, harbour, await community.room()


async def reversed_by(
    community: Community, moderator: Member, ruling: Ruling, how: str = "reversed"
) -> Undone:
    """Take a ruling back later."""
    community.clock.forward(minutes=5)
    return await reverse(community.services, Reversal(ruling.id, moderator.id, "It was fine after all.", how))


async def reported(community: Community, author: Member, room: Place, text: str = "Good evening.") -> UUID:
    """Say something that another member reports."""
    said = published(await community.say(author, room.id, text)).message_id
    await report(community.services, (await community.member("Wren")).viewer, said, "unkind")
    return said


async def row(community: Community, table: type[Any], id: UUID) -> Any:
    """Return any row as it is now."""
    async with community.services.database.reading() as session:
        return await session.get_one(table, id)


async def is_open(community: Community, message_id: UUID) -> bool:
    """Return whether the message waits for somebody."""
    return (await item_about(community, message_id)).closed_at is None


async def test_a_refusal_undone_waits_again_and_can_be_decided_anew(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)
    community.clock.forward(seconds=60)

    undone = await undo(community.services, ruling.id, linnet.id)

    assert (undone.restored, undone.item is not None) == (True, True)
    assert (await community.message(waiting)).state == State.HELD
    assert await is_open(community, waiting)
    await ruled(community, harbour, waiting, release=True)
    assert (await community.message(waiting)).state == State.PUBLISHED
    kept = await row(community, Ruling, ruling.id)
    assert (kept.undone_by, kept.undone_how) == (linnet.id, "undone")


async def test_a_release_undone_is_out_of_sight_and_released_again_stands_where_it_stood(
    community: Community,
) -> None:
    rowan, linnet, _, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=True)
    published(await community.say(await community.member("Maren"), room.id, "And a calm evening to you."))

    async with heard(community.services, room.id) as frames:
        await undo(community.services, ruling.id, linnet.id)
        between = await community.message(waiting)
        await ruled(community, linnet, waiting, release=True)

    after = await community.message(waiting)
    assert (between.state, between.refused_at) == (State.REMOVED, None)
    assert (after.state, after.seq) == (State.PUBLISHED, 1)
    assert [frame["seq"] for frame in frames] == [3, 4]


async def test_what_waits_again_and_is_refused_stays_taken_down(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    await undo(community.services, (await ruled(community, linnet, waiting, release=True)).id, linnet.id)

    ruling = await ruled(community, linnet, waiting, release=False)

    after = await community.message(waiting)
    assert ruling.outcome == "taken-down"
    assert (after.state, after.refused_at) == (State.REMOVED, community.clock())
    assert not await is_open(community, waiting)


async def test_a_takedown_undone_is_back_and_its_reports_are_open_again(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    said = await reported(community, rowan, room)
    ruling = await ruled(community, linnet, said, release=False)

    undone = await undo(community.services, ruling.id, linnet.id)

    assert (await community.message(said)).state == State.PUBLISHED
    assert undone.item is not None
    async with community.services.database.reading() as session:
        open_again = (await session.exec(select(Report.closed_at))).all()
    assert open_again == [None]


async def test_a_takedown_reversed_is_back_for_good(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    said = await reported(community, rowan, room)
    ruling = await ruled(community, linnet, said, release=False)

    undone = await reversed_by(community, harbour, ruling)

    after = await community.message(said)
    assert (after.state, after.seq, after.refused_at) == (State.PUBLISHED, 1, None)
    assert (undone.restored, undone.item) == (True, None)
    assert not await is_open(community, said)
    assert (await row(community, Ruling, ruling.id)).remark_id is not None


@pytest.mark.parametrize("how", ["reversed", "appeal"])
async def test_a_refusal_reversed_is_published_as_a_release_is(community: Community, how: str) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)

    async with heard(community.services, room.id) as frames:
        undone = await reversed_by(community, harbour, ruling, how)

    assert undone.restored
    assert (await community.message(waiting)).state == State.PUBLISHED
    assert [frame["seq"] for frame in frames] == [1]
    assert (await row(community, Ruling, ruling.id)).undone_how == how


async def test_a_release_reversed_waits_again_and_nothing_of_it_is_lost(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=True)

    undone = await reversed_by(community, harbour, ruling)

    after = await community.message(waiting)
    assert (after.state, after.text != "") == (State.REMOVED, True)
    assert undone.item is not None
    assert await is_open(community, waiting)


async def test_looking_undone_opens_the_alert_again(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    said = published(await community.say(rowan, room.id, IN_DANGER)).message_id
    ruling = await ruled(community, linnet, said, release=True)

    await undo(community.services, ruling.id, linnet.id)

    async with community.services.database.reading() as session:
        alert = (await session.exec(select(CareAlert))).one()
    assert (ruling.outcome, alert.closed_at, alert.closed_by) == ("seen", None, None)
    assert await is_open(community, said)


async def test_masked_words_undone_wait_again_as_they_were_typed(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    waiting = held(await community.choose(rowan, room.id, GIVES_AWAY, Choice.ASK)).message_id
    ruling = await decided(community, linnet, await item_about(community, waiting), "release-masked")
    shown = (await community.message(waiting)).text

    await undo(community.services, ruling.id, linnet.id)

    after = await community.message(waiting)
    assert (shown, after.text, after.state) == (GIVES_AWAY_MASKED, GIVES_AWAY, State.REMOVED)
    async with community.services.database.reading() as session:
        with_words = (await session.exec(select(Message.id).where(Message.text == GIVES_AWAY))).all()
    assert with_words == [waiting]


async def test_an_appeal_against_masking_shows_the_words_as_they_were_typed(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = held(await community.choose(rowan, room.id, GIVES_AWAY, Choice.ASK)).message_id
    ruling = await decided(community, linnet, await item_about(community, waiting), "release-masked")

    undone = await reversed_by(community, harbour, ruling, "appeal")

    after = await community.message(waiting)
    assert (after.state, after.text) == (State.PUBLISHED, GIVES_AWAY)
    assert (undone.restored, undone.item) == (True, None)


async def test_an_edit_undone_waits_again_and_others_see_the_earlier_words(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    said = published(await community.say(rowan, room.id, "Good evening.")).message_id
    edit = held(await edited(community, rowan, said, "You are worthless."))
    ruling = await ruled(community, linnet, edit.message_id, release=True)
    between = await community.message(said)

    undone = await undo(community.services, ruling.id, linnet.id)

    after, waiting = await community.message(said), await community.message(edit.message_id)
    assert (between.text, after.text, after.state) == ("You are worthless.", "Good evening.", State.PUBLISHED)
    assert (waiting.text, waiting.state, after.edited_at) == ("You are worthless.", State.HELD, None)
    assert undone.item is not None


async def test_an_edit_whose_words_have_changed_since_is_left_as_it_is(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    said = published(await community.say(rowan, room.id, "Good evening.")).message_id
    edit = held(await edited(community, rowan, said, "You are worthless."))
    ruling = await ruled(community, linnet, edit.message_id, release=True)
    community.clock.forward(seconds=5)
    await edited(community, rowan, said, "I am sorry for that.")

    undone = await undo(community.services, ruling.id, linnet.id)

    assert (undone.restored, undone.item) == (False, None)
    assert (await community.message(said)).text == "I am sorry for that."


async def test_an_edit_refused_and_reversed_is_applied(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    said = published(await community.say(rowan, room.id, "Good evening.")).message_id
    edit = held(await edited(community, rowan, said, "You are worthless."))
    ruling = await ruled(community, linnet, edit.message_id, release=False)

    await reversed_by(community, harbour, ruling)

    assert (await community.message(said)).text == "You are worthless."


async def test_where_the_words_are_gone_the_measure_is_lifted_and_the_answer_says_so(
    community: Community,
) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    item = await item_about(community, waiting)
    ruling = await decided(community, linnet, item, "refuse", measure="suspend")
    community.clock.forward(days=200)
    await erase_refused(community.services)

    undone = await reversed_by(community, harbour, ruling, "appeal")

    assert (undone.restored, undone.item) == (False, None)
    assert "could not be brought back" in undone.words.msgid
    assert (await row(community, Account, rowan.id)).suspended_until is None


async def test_words_that_their_author_took_back_stay_gone(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)
    await withdraw(community.services, rowan.id, waiting)

    undone = await undo(community.services, ruling.id, linnet.id)

    assert (undone.restored, undone.item) == (False, None)
    assert (await community.message(waiting)).state == State.WITHDRAWN


async def test_of_two_measures_the_other_one_stays(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    first, second = [(await hold_one(community, rowan, room.id)).message_id for _ in range(2)]
    pause = await decided(
        community, linnet, await item_about(community, first), "refuse", measure="pause", hours=24
    )
    lasting = await decided(
        community, linnet, await item_about(community, second), "refuse", measure="suspend"
    )

    await reversed_by(community, harbour, lasting)
    between = (await row(community, Account, rowan.id)).suspended_until
    await reversed_by(community, harbour, pause)

    assert (lasting.until, between) == (UNTIL_LIFTED, pause.until)
    assert (await row(community, Account, rowan.id)).suspended_until is None


async def test_a_removal_is_lifted_with_its_ruling(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    said = await reported(community, rowan, room)
    ruling = await decided(
        community, linnet, await item_about(community, said), "take-down", measure="removal"
    )

    await undo(community.services, ruling.id, linnet.id)

    async with community.services.database.reading() as session:
        removal = (await session.exec(select(Removal))).one()
    assert removal.lifted_at == community.clock()
    published(await community.say(rowan, room.id, "Thank you."))


async def test_undoing_is_for_who_decided_and_for_a_minute(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)

    with pytest.raises(Forbidden):
        await undo(community.services, ruling.id, harbour.id)
    community.clock.forward(seconds=61)
    with pytest.raises(Conflict):
        await undo(community.services, ruling.id, linnet.id)
    with pytest.raises(NotFound):
        await undo(community.services, ruling.id, rowan.id)

    assert (await community.message(waiting)).state == State.REFUSED


async def test_nothing_is_taken_back_twice_or_over_a_later_decision(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    released = await ruled(community, linnet, waiting, release=True)
    await report(community.services, (await community.member("Wren")).viewer, waiting, "unkind")
    down = await ruled(community, harbour, waiting, release=False)

    with pytest.raises(Conflict):
        await undo(community.services, released.id, linnet.id)
    await undo(community.services, down.id, harbour.id)
    with pytest.raises(Conflict):
        await undo(community.services, down.id, harbour.id)

    assert (await community.message(waiting)).state == State.PUBLISHED


async def test_reversing_needs_a_reason_and_nobody_reverses_what_is_about_themselves(
    community: Community,
) -> None:
    _, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, harbour, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)

    with pytest.raises(Invalid):
        await reverse(community.services, Reversal(ruling.id, linnet.id, " "))
    with pytest.raises(Forbidden):
        await reversed_by(community, harbour, ruling)
    with pytest.raises(Forbidden):
        await reversed_by(community, linnet, ruling, "appeal")
    await appoint(community.services, "Linnet", Role.MEMBER)
    with pytest.raises(NotFound):
        await reversed_by(community, linnet, ruling)

    assert (await community.message(waiting)).state == State.REFUSED


async def test_a_second_opinion_is_asked_for_no_longer(community: Community) -> None:
    rowan, linnet, harbour, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await decided(community, linnet, await item_about(community, waiting), "escalate")

    with pytest.raises(Conflict):
        await reversed_by(community, harbour, ruling)
    community.clock.now = ruling.made_at
    undone = await undo(community.services, ruling.id, linnet.id)

    item = await row(community, ReviewItem, undone.item.id if undone.item else waiting)
    assert (item.stage, item.escalated_by, item.closed_at) == ("new", None, None)


async def test_taking_back_is_audited_and_its_author_is_told(community: Community) -> None:
    rowan, linnet, _, room = await team(community)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    ruling = await ruled(community, linnet, waiting, release=False)

    await undo(community.services, ruling.id, linnet.id)

    async with community.services.database.reading() as session:
        entries = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)))).all()
        kinds = (await session.exec(select(Notice.kind).where(Notice.account_id == rowan.id))).all()
    assert [one.act for one in entries][-2:] == ["ruling", "ruling-undone"]
    assert entries[-1].details == f'{{"how":"undone","ruling":"{ruling.id}"}}'
    assert set(kinds) == {"refused", "taken-back"}
