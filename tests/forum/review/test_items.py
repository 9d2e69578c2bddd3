"""Items: whatever waits is one, once, as grave as the gravest of it, and gone when nobody has to look."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from forum.accounts.roles import Role
from forum.facts import AppealMade, ItemChanged
from forum.messages.publishing import submit
from forum.messages.submission import Profile, Submission
from forum.messages.withdrawing import withdraw
from forum.review.items import AFTER, URGENT, Cause, Kind, _insert, queue_up, wait_for_person
from forum.review.reporting import report, report_handle
from forum.review.severity import Gravity
from forum.review.tables import Report
from forum.spaces.tables import PlaceKind
from tests.builders import HARMLESS, HOLDS, IN_DANGER, Community, held, published
from tests.forum.queueing import item_of, items, open_items, place_of_kind, said, told
from tests.forum.talk import edited, hold_one


async def test_a_held_message_and_a_held_edit_wait_where_they_were_written(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    waiting = (await hold_one(community, rowan, room.id)).message_id
    edit = held(await edited(community, rowan, line, f"{HOLDS} Yes.")).message_id

    found = await open_items(community)

    assert [(one.kind, one.message_id) for one in found] == [("held", waiting), ("edit", edit)]
    for one in found:
        assert (one.account_id, one.place_id, one.space_id) == (rowan.id, room.id, room.space_id)
        assert (one.lane, one.rule, one.found_by, one.stage) == (AFTER, "toxicity", "machine", "new")
        assert one.opened_at == community.clock()


async def test_a_published_message_waits_for_nobody(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    await edited(community, rowan, said.message_id, "Kinder words than before.")

    assert await items(community) == []


async def test_a_second_report_joins_the_first_and_the_graver_one_counts(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    first = []
    for handle, reason in (("Wren", "unkind"), ("Maren", "worried"), ("Linnet", "other")):
        await report(community.services, (await community.member(handle)).viewer, line, reason)
        community.clock.forward(minutes=1)
        first.append(await item_of(community, line))

    assert len({one.id for one in first}) == 1
    assert [(one.severity, one.rule) for one in first] == [(2, "unkind"), (4, "worried"), (4, "worried")]
    assert [one.version for one in first] == [1, 2, 3]
    assert (first[-1].kind, first[-1].lane, first[-1].found_by) == ("reported", AFTER, "person")
    assert first[-1].opened_at == first[0].opened_at


@pytest.mark.everywhere
async def test_many_reports_at_once_are_one_item(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    reporters = [await community.member(f"Reporter{number}") for number in range(5)]

    await asyncio.gather(*(report(community.services, one.viewer, line, "unkind") for one in reporters))

    [item] = await items(community)
    assert item.version == 5


async def test_whoever_opens_it_a_moment_too_late_joins_and_keeps_their_transaction(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    cause = Cause(Kind.REPORTED, rowan.id, Gravity(1, "other"), community.clock(), line)
    async with community.services.database.transaction() as tx:
        made = [await _insert(tx, cause) for _ in range(2)]

    assert [one is None for one in made] == [False, True]
    assert len(await items(community)) == 1


async def test_danger_comes_into_its_lane_also_when_it_joins(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await report(community.services, wren.viewer, line, "other")
    before = await item_of(community, line)
    await edited(community, rowan, line, IN_DANGER)
    both = held(await community.say(wren, room.id, f"{IN_DANGER} {HOLDS}")).message_id

    after = await item_of(community, line)

    assert (before.lane, before.kind) == (AFTER, "reported")
    assert (after.id, after.lane, after.kind, after.severity) == (before.id, URGENT, "care", 4)
    assert (await item_of(community, both)).kind == "care"


async def test_what_is_edited_while_somebody_looks_is_another_version(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await report(community.services, wren.viewer, line, "unkind")
    before = (await item_of(community, line)).version
    await edited(community, rowan, line, "Kinder words than before.")

    assert (await item_of(community, line)).version == before + 1


async def test_what_its_author_takes_back_waits_no_longer(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    waiting = (await hold_one(community, rowan, room.id)).message_id
    await edited(community, rowan, line, HOLDS)
    for message_id in (waiting, line):
        await withdraw(community.services, rowan.id, message_id)

    closed = await items(community)

    assert [one.kind for one in closed] == ["held", "edit"]
    assert all(one.closed_at == community.clock() for one in closed)


async def test_nobody_escapes_a_report_by_taking_the_words_back(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await report(community.services, wren.viewer, line, "unkind")
    await withdraw(community.services, rowan.id, line)

    still = await item_of(community, line)

    assert (still.kind, still.closed_at) == ("reported", None)
    async with community.services.database.reading() as session:
        assert (await session.exec(select(Report.closed_at))).all() == [None]


async def test_whoever_takes_words_of_danger_back_is_still_looked_for(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    line = published(await community.say(rowan, room.id, IN_DANGER)).message_id
    before = await item_of(community, line)
    await withdraw(community.services, rowan.id, line)

    after = await item_of(community, line)

    assert (after.kind, after.version > before.version) == ("care", True)


async def test_a_newer_profile_takes_the_place_of_what_waited(community: Community) -> None:
    rowan = await community.member()
    for text in (HOLDS, f"{HOLDS} Really."):
        held(await submit(community.services, Submission(Profile(), rowan.id, text)))

    first, second = await items(community)

    assert (first.closed_at, second.closed_at) == (community.clock(), None)
    assert second.space_id is None


async def test_handles_wait_once_each_however_often_they_are_reported(community: Community) -> None:
    rowan, wren, maren = [await community.member(one) for one in ("Rowan", "Wren", "Maren")]
    for reporter, reason in ((wren, "other"), (wren, "other"), (maren, "private")):
        await report_handle(community.services, reporter.viewer, "rowan", reason)
    await report_handle(community.services, rowan.viewer, "Wren", "other")

    found = await open_items(community)

    assert [(one.kind, one.account_id, one.severity, one.version) for one in found] == [
        ("handle", rowan.id, 3, 2),
        ("handle", wren.id, 1, 1),
    ]
    assert {one.message_id for one in found} == {None}


async def test_an_appeal_is_apart_from_what_else_waits_about_the_message(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await report(community.services, wren.viewer, line, "unkind")
    made = AppealMade(uuid4(), uuid4(), line, rowan.id, community.clock())

    for _ in range(2):
        await told(community, made)

    reported, appeal = await open_items(community)
    assert (reported.kind, reported.version) == ("reported", 1)
    assert (appeal.id, appeal.kind, appeal.version, appeal.account_id) == (
        made.item_id,
        "appeal",
        1,
        rowan.id,
    )
    await withdraw(community.services, rowan.id, line)
    assert [one.kind for one in await open_items(community)] == ["reported", "appeal"]


async def test_what_is_held_of_an_appeals_words_is_not_a_second_item(community: Community) -> None:
    rowan = await community.member()
    place = await place_of_kind(community, PlaceKind.CASE, rowan)
    held(await community.say(rowan, place.id, HOLDS))

    assert await items(community) == []


@pytest.mark.parametrize(("handle", "waits"), [("Rowan", True), ("Linnet", False)])
async def test_danger_in_a_letter_is_its_members_own(community: Community, handle: str, waits: bool) -> None:
    members = {"Rowan": await community.member(), "Linnet": await community.member("Linnet", Role.MODERATOR)}
    place = await place_of_kind(community, PlaceKind.CASE, members["Rowan"])
    await community.say(members[handle], place.id, IN_DANGER)

    assert [one.kind for one in await items(community)] == (["care"] if waits else [])


async def test_the_desk_hears_of_what_is_new_raised_and_done(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    waiting = (await hold_one(community, rowan, room.id)).message_id
    item = await item_of(community, waiting)
    cause = Cause(Kind.CARE, rowan.id, Gravity(4, "care"), community.clock(), waiting)
    async with community.services.database.transaction() as tx:
        await wait_for_person(tx, cause)
        heard = said(tx)

    assert heard == [ItemChanged(item.id, "care", URGENT, "new")]


async def test_what_nobody_has_to_look_at_changes_nothing(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    async with community.services.database.transaction() as tx:
        await queue_up(tx, ItemChanged(uuid4(), "held", AFTER, "done"))
        assert said(tx) == []
    published(await community.say(rowan, room.id, HARMLESS))

    assert await items(community) == []
