"""The queue: danger first, then the gravest, then the oldest, in pages that fit together, at one price."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.accounts.roles import Role
from forum.facts import AppealMade
from forum.messages.explanations import WHY
from forum.messages.withdrawing import withdraw
from forum.review.filters import Filters
from forum.review.items import Kind
from forum.review.queue import Item, Wanted, queue_length, queue_page
from forum.review.reporting import report, report_handle
from forum.review.tables import Appeal, ReviewItem, Ruling
from tests.builders import HOLDS, IN_DANGER, Community, Member, held, opened_community, published
from tests.forum.queueing import item_of, recuse
from tests.forum.talk import edited, hold_one, statements


async def page_of(community: Community, moderator: Member, wanted: Wanted | None = None) -> list[Item]:
    """Return a page of the queue."""
    async with community.services.database.reading() as session:
        return await queue_page(session, moderator.viewer, community.services.renderer, wanted)


async def pages_of(
    community: Community, moderator: Member, size: int = 1, filters: Filters | None = None
) -> list[Item]:
    """Return the whole queue, so many items at a time."""
    found: list[Item] = []
    while page := await page_of(
        community, moderator, Wanted(filters or Filters(), found[-1].last if found else None, size)
    ):
        found += page
    return found


async def filtered(community: Community, moderator: Member, filters: Filters) -> list[str]:
    """Return the kinds of what the filters leave, which must be as many as are counted."""
    found = await page_of(community, moderator, Wanted(filters))
    async with community.services.database.reading() as session:
        assert await queue_length(session, moderator.viewer, filters) == len(found)
    return [item.kind for item in found]


async def fill(community: Community, authors: int, name: str) -> list[UUID]:
    """Let members write what waits: three each, held, edited and reported, a minute apart."""
    reporter, ids = await community.member(f"{name}reports"), []
    for number in range(authors):
        author, room = await community.member(f"{name}{number:02}"), await community.room()
        said = [published(await community.say(author, room.id, text)) for text in ("A line.", "Another.")]
        community.clock.forward(minutes=1)
        ids.append((await hold_one(community, author, room.id)).message_id)
        community.clock.forward(minutes=1)
        ids.append(held(await edited(community, author, said[0].message_id, f"{HOLDS} Yes.")).message_id)
        community.clock.forward(minutes=1)
        await report(community.services, reporter.viewer, said[1].message_id, "unkind")
        ids.append(said[1].message_id)
    return ids


async def test_of_what_is_as_grave_the_oldest_comes_first_and_pages_fit_together(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    ids = await fill(community, 2, "first")

    found = await pages_of(community, linnet)

    assert [item.message_id for item in found] == ids
    assert [item.kind for item in found] == ["held", "edit", "reported"] * 2


Made = tuple[int, int, int]


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 3)), max_size=14),
    st.integers(1, 15),
)
@settings(max_examples=12)
async def test_pages_of_any_size_give_every_item_once_in_its_order(
    prepared_database: Path, tmp_path_factory: pytest.TempPathFactory, made: list[Made], size: int
) -> None:
    async with opened_community(prepared_database, tmp_path_factory.getbasetemp()) as community:
        linnet = await community.member("Linnet", Role.MODERATOR)
        members = [await community.member(f"Member{number}") for number in range(len(made))]
        rows = [
            ReviewItem(
                kind=Kind.HANDLE,
                account_id=member.id,
                lane=lane,
                severity=severity,
                opened_at=community.clock() - timedelta(minutes=minutes),
            )
            for member, (lane, severity, minutes) in zip(members, made, strict=True)
        ]
        async with community.services.database.transaction() as tx:
            tx.session.add_all(rows)

        found = await pages_of(community, linnet, size)

    in_order = sorted(rows, key=lambda row: (row.lane, -row.severity, row.opened_at, row.id))
    assert [item.id for item in found] == [row.id for row in in_order]


async def test_where_somebody_may_be_in_danger_comes_first_however_late_and_each_once(
    community: Community,
) -> None:
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    ids, wren = await fill(community, 1, "first"), await community.member("Wren")
    urgent = []
    for number in range(2):
        author = await community.member(f"Author{number}")
        urgent.append(published(await community.say(author, room.id, f"{IN_DANGER} {number}")).message_id)
        community.clock.forward(minutes=1)
    await report(community.services, wren.viewer, urgent[0], "worried")
    held_too = held(await community.say(wren, room.id, f"{IN_DANGER} {HOLDS}")).message_id

    found = await pages_of(community, linnet)

    assert [item.message_id for item in found] == [*urgent, held_too, *ids]
    assert [item.kind for item in found][:3] == ["care"] * 3
    assert [item.reports for item in found][:3] == [1, 0, 0]
    assert [item.urgent for item in found] == [True] * 3 + [False] * 3
    async with community.services.database.reading() as session:
        assert await queue_length(session, linnet.viewer) == len(found)


async def test_what_is_graver_comes_before_what_is_older(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    lines = [published(await community.say(rowan, room.id, text)).message_id for text in ("One.", "Two.")]
    await report(community.services, wren.viewer, lines[0], "other")
    community.clock.forward(minutes=9)
    await report(community.services, wren.viewer, lines[1], "worried")

    found = await pages_of(community, linnet)

    assert [(item.message_id, item.severity) for item in found] == [(lines[1], 4), (lines[0], 1)]


async def test_danger_in_an_edit_shows_the_words_that_others_see_now(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id))
    await edited(community, rowan, said.message_id, IN_DANGER)

    [item] = await page_of(community, linnet)

    assert (item.message_id, item.kind, item.excerpt) == (said.message_id, "care", IN_DANGER)
    assert item.reasons == (WHY["care"].msgid,)


async def test_whoever_takes_such_words_back_is_still_looked_for(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    await withdraw(community.services, rowan.id, said.message_id)

    async with community.browser(linnet) as browser:
        desk = (await browser.get("/desk")).text
        item = (await browser.get(f"/desk/{said.message_id}")).text

    assert "The words were withdrawn." in desk
    assert "The words were withdrawn." in item
    assert "<mark>" not in item


async def test_the_queue_costs_the_same_queries_for_three_items_and_for_many(community: Community) -> None:
    linnet, counts = await community.member("Linnet", Role.MODERATOR), []
    for name, authors in (("first", 1), ("second", 4)):
        await fill(community, authors, name)
        with statements(community.services) as said:
            items = await page_of(community, linnet)
        counts.append((len(items), len(said)))

    assert [items for items, _ in counts] == [3, 15]
    assert counts[0][1] == counts[1][1] <= 5


async def test_ones_own_message_waits_for_somebody_else(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await hold_one(community, linnet, (await community.room()).id)

    async with community.services.database.reading() as session:
        lengths = [await queue_length(session, one.viewer) for one in (linnet, harbour)]

    assert lengths == [0, 1]
    assert await page_of(community, linnet) == []


async def test_a_report_shows_the_words_that_were_reported(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, "What I said first."))
    await report(community.services, wren.viewer, said.message_id, "private")
    await edited(community, rowan, said.message_id, "Something harmless.")

    item = (await page_of(community, linnet))[0]

    assert (item.excerpt, item.reports) == ("What I said first.", 1)


async def test_a_handle_waits_with_the_name_itself_to_be_judged(community: Community) -> None:
    await community.member("Sunny"), await community.room()
    wren, linnet = await community.member("Wren"), await community.member("Linnet", Role.MODERATOR)
    await report_handle(community.services, wren.viewer, "Sunny", "unkind")

    [item] = await page_of(community, linnet)

    assert (item.kind, item.excerpt, item.reports, item.message_id) == ("handle", "Sunny", 1, None)
    assert item.where == "a handle"


async def appealed(community: Community, author: Member, judge: Member) -> UUID:
    """Let the author appeal against the judge's decision on a message, and return the item."""
    place = (await community.room()).id
    line = published(await community.say(author, place, "A line.")).message_id
    plea = published(await community.say(author, place, "Please look again.")).message_id
    ruling = Ruling(
        message_id=line, moderator_id=judge.id, outcome="kept", reason="", made_at=community.clock()
    )
    item = ReviewItem(
        kind=Kind.APPEAL,
        message_id=line,
        account_id=author.id,
        place_id=place,
        severity=2,
        opened_at=community.clock(),
    )
    async with community.services.database.transaction() as tx:
        tx.session.add_all([ruling, item])
        await tx.session.flush()
        about = {"about_id": line, "ruling_id": ruling.id, "account_id": author.id}
        made = Appeal.model_validate(
            {**about, "item_id": item.id, "letter_id": plea, "made_at": community.clock()}
        )
        tx.session.add(made)
        await tx.session.flush()
        tx.record(AppealMade(made.id, item.id, line, author.id, community.clock()))
    return item.id


async def test_an_appeal_shows_its_plea_and_is_for_somebody_else_than_who_decided(
    community: Community,
) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    item_id = await appealed(community, rowan, linnet)

    [item] = await page_of(community, harbour)

    assert (item.id, item.kind, item.excerpt) == (item_id, "appeal", "Please look again.")
    assert item.reasons == ("Its author asks that somebody else look at it again.",)
    assert await page_of(community, linnet) == []


async def test_nobody_is_shown_what_they_may_not_decide(community: Community) -> None:
    rowan, wren, room = await community.member(), await community.member("Wren"), await community.room()
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await hold_one(community, rowan, room.id)
    escalated = (await hold_one(community, wren, room.id)).message_id
    await recuse(community, linnet, rowan)
    async with community.services.database.transaction() as tx:
        item = await tx.session.get_one(ReviewItem, (await item_of(community, escalated)).id)
        item.escalated_by, item.stage = linnet.id, "second-opinion"

    lengths = {one.viewer.handle: len(await page_of(community, one)) for one in (linnet, harbour)}

    assert lengths == {"Linnet": 0, "Harbour": 2}
    assert await filtered(community, linnet, Filters()) == []
    assert await filtered(community, harbour, Filters(stage="second-opinion")) == ["held"]


async def test_filters_leave_what_was_asked_for(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    other = await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await hold_one(community, rowan, room.id)
    community.clock.forward(minutes=10)
    then = community.clock()
    await report(community.services, wren.viewer, line, "other")
    await community.say(wren, other.id, IN_DANGER)

    asked = [
        Filters(),
        Filters(space_id=other.space_id),
        Filters(kind="reported"),
        Filters(stage="second-opinion"),
        Filters(older_than=then),
        Filters(space_id=room.space_id, kind="held", stage="new", older_than=then),
    ]

    assert [await filtered(community, linnet, one) for one in asked] == [
        ["care", "held", "reported"],
        ["care"],
        ["reported"],
        [],
        ["held"],
        ["held"],
    ]


async def test_topics_are_left_to_others_until_it_is_clear_that_none_come(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet, room = await community.member("Linnet", Role.MODERATOR), await community.room()
    line = published(await community.say(rowan, room.id)).message_id
    await hold_one(community, rowan, room.id)
    await report(community.services, wren.viewer, line, "other")
    topics, opened = frozenset({"toxicity", "care"}), community.clock()
    community.clock.forward(minutes=30)

    shown = [
        await filtered(community, linnet, Filters(topics=topics, others_until=until))
        for until in (None, opened - timedelta(minutes=1), opened)
    ]

    assert shown == [["reported"], ["reported"], ["held", "reported"]]


async def test_whoever_claimed_an_item_is_seen_until_then(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    linnet = await community.member("Linnet", Role.MODERATOR)
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    waiting = (await hold_one(community, rowan, room.id)).message_id
    until = community.clock() + timedelta(minutes=5)
    async with community.services.database.transaction() as tx:
        item = await tx.session.get_one(ReviewItem, (await item_of(community, waiting)).id)
        item.claimed_by, item.claimed_until = linnet.id, until

    [shown] = await page_of(community, harbour)

    holders = [shown.held_by(now) for now in (community.clock(), until)]
    assert [one and one.handle for one in holders] == ["Linnet", None]
