"""Claims: one at a time, for a few minutes, handed over or taken with a word of why."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.audit.tables import AuditEntry
from forum.database import Database
from forum.errors import Conflict, Forbidden, Invalid, NotFound
from forum.facts import Fact, ItemChanged
from forum.messages.tables import Message
from forum.messages.withdrawing import withdraw
from forum.reactions import react
from forum.review.claiming import (
    CLAIMED_FOR,
    HANDED_FOR,
    Claim,
    HandOver,
    TakeOver,
    claim,
    hand_over,
    let_go,
    take_over,
)
from forum.review.tables import ReviewItem
from forum.spaces.tables import Place, PlaceKind
from tests.builders import Community, Member
from tests.forum.queueing import item_of, recuse
from tests.forum.talk import hold_one

pytestmark = pytest.mark.everywhere

WHY = "I know this situation well."


async def team(community: Community) -> tuple[Member, Member]:
    """Return a moderator and an administrator."""
    return (
        await community.member("Linnet", Role.MODERATOR),
        await community.member("Harbour", Role.ADMINISTRATOR),
    )


async def waiting(community: Community, author: Member | None = None) -> ReviewItem:
    """Return something that waits."""
    who = author or await community.member()
    held = await hold_one(community, who, (await community.room()).id)
    return await item_of(community, held.message_id)


async def claimed(community: Community, moderator: Member, item: ReviewItem) -> Claim:
    """Open the item."""
    return await claim(community.services, moderator.id, item.id)


async def row(community: Community, item: ReviewItem) -> ReviewItem:
    """Return the item as it is now."""
    async with community.services.database.reading() as session:
        return await session.get_one(ReviewItem, item.id)


async def notes(community: Community) -> list[str]:
    """Return what the team noted."""
    query = select(Message.text).join(Place).where(Place.kind == PlaceKind.NOTES, Message.text != "")
    async with community.services.database.reading() as session:
        return list((await session.exec(query)).all())


async def acts(community: Community) -> list[tuple[str, UUID | None]]:
    """Return what was recorded of claims, and who did it."""
    query = select(AuditEntry).where(AuditEntry.act == "claim-taken")
    async with community.services.database.reading() as session:
        return [(one.details, one.actor_id) for one in (await session.exec(query)).all()]


async def test_opening_claims_for_a_while_and_the_next_hears_who_and_until_when(
    community: Community,
) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)

    mine = await claimed(community, linnet, item)
    community.clock.forward(minutes=2)
    theirs = await claimed(community, harbour, item)

    until = community.clock() - timedelta(minutes=2) + CLAIMED_FOR
    assert mine == Claim(item.id, item.version, True, "Linnet", until)
    assert theirs == Claim(item.id, item.version, False, "Linnet", until)


async def test_looking_again_renews_ones_own_claim(community: Community) -> None:
    linnet, _ = await team(community)
    item = await waiting(community)
    await claimed(community, linnet, item)
    community.clock.forward(minutes=4)

    assert (await claimed(community, linnet, item)).until == community.clock() + CLAIMED_FOR


async def test_of_two_who_open_at_once_one_has_it(community: Community) -> None:
    both, item = await team(community), await waiting(community)

    made = await asyncio.gather(*(claimed(community, one, item) for one in both for _ in range(3)))

    assert sorted(one.mine for one in made) == [False] * 3 + [True] * 3
    assert len({(one.handle, one.until) for one in made}) == 1


async def test_a_claim_expires_by_itself(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await claimed(community, linnet, item)
    community.clock.forward(seconds=CLAIMED_FOR.total_seconds())

    assert (await claimed(community, harbour, item)).mine
    assert (await claimed(community, linnet, item)).handle == "Harbour"


async def test_what_one_lets_go_of_is_free_and_others_claims_stay(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await claimed(community, linnet, item)

    await let_go(community.services, harbour.id, item.id)
    kept = await row(community, item)
    await let_go(community.services, linnet.id, item.id)

    assert (kept.claimed_by, (await row(community, item)).claimed_by) == (linnet.id, None)
    assert (await claimed(community, harbour, item)).mine
    with pytest.raises(NotFound):
        await let_go(community.services, linnet.id, uuid4())


async def test_nobody_claims_what_they_may_not_decide(community: Community) -> None:
    linnet, harbour = await team(community)
    rowan, wren = await community.member(), await community.member("Wren", Role.MENTOR)
    own, rowans = await waiting(community, linnet), await waiting(community, rowan)
    await recuse(community, harbour, rowan)

    for moderator, item, error in (
        (linnet, own, Forbidden),
        (harbour, rowans, Forbidden),
        (wren, rowans, NotFound),
    ):
        with pytest.raises(error):
            await claimed(community, moderator, item)

    assert (await row(community, rowans)).claimed_by is None


async def test_whoever_is_no_moderator_any_more_claims_nothing_and_what_is_done_is_done(
    community: Community,
) -> None:
    linnet, harbour = await team(community)
    rowan = await community.member()
    item = await waiting(community, rowan)
    await claimed(community, linnet, item)
    await appoint(community.services, "Linnet", Role.MEMBER)
    with pytest.raises(NotFound):
        await claimed(community, linnet, item)
    assert item.message_id
    await withdraw(community.services, rowan.id, item.message_id)

    with pytest.raises(Conflict):
        await claimed(community, harbour, item)
    assert (await row(community, item)).claimed_by is None


async def test_an_item_is_handed_over_by_name_with_a_word_of_why(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    mine = await claimed(community, linnet, item)

    answer = await hand_over(community.services, HandOver(item.id, mine.version, linnet.id, "h.arbour", WHY))

    assert answer == Claim(item.id, 2, False, "Harbour", community.clock() + HANDED_FOR)
    assert (await row(community, item)).stage == "handed-over"
    assert await notes(community) == [WHY]
    [(details, actor)] = await acts(community)
    assert (actor, '"how":"handed-over"' in details, str(harbour.id) in details) == (linnet.id, True, True)
    community.clock.forward(minutes=20)
    assert (await claimed(community, harbour, item)).until == community.clock() + timedelta(minutes=10)


async def test_what_was_handed_over_and_nobody_came_to_is_anybodys(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await hand_over(community.services, HandOver(item.id, item.version, linnet.id, "Harbour", WHY))
    community.clock.forward(seconds=HANDED_FOR.total_seconds())

    assert (await claimed(community, linnet, item)).mine
    assert (await row(community, item)).stage == "new"
    with pytest.raises(Conflict):
        await hand_over(community.services, HandOver(item.id, 2, harbour.id, "Linnet", WHY))


@pytest.mark.parametrize(
    ("to", "why", "field"),
    [
        ("Harbour", " ", "why"),
        ("Nobody", WHY, "to"),
        ("Linnet", WHY, "to"),
        ("Wren", WHY, "to"),
        ("Rowan", WHY, "to"),
        ("Maren", WHY, "to"),
    ],
)
async def test_it_is_handed_to_somebody_who_may_decide_and_never_silently(
    community: Community, to: str, why: str, field: str
) -> None:
    linnet, _ = await team(community)
    rowan, _ = await community.member("Rowan", Role.MODERATOR), await community.member("Wren")
    await recuse(community, await community.member("Maren", Role.MODERATOR), rowan)
    item = await waiting(community, rowan)

    with pytest.raises(Invalid) as caught:
        await hand_over(community.services, HandOver(item.id, item.version, linnet.id, to, why))

    assert set(caught.value.fields) == {field}
    assert await notes(community) == []
    assert (await row(community, item)).claimed_by is None


async def test_only_what_nobody_else_looks_at_as_it_is_now_is_handed_over(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await claimed(community, harbour, item)

    for version in (item.version, item.version + 7):
        with pytest.raises(Conflict):
            await hand_over(community.services, HandOver(item.id, version, linnet.id, "Harbour", WHY))

    assert await notes(community) == []


async def test_an_item_is_taken_over_with_a_word_of_why(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await claimed(community, linnet, item)

    with pytest.raises(Invalid):
        await take_over(community.services, TakeOver(item.id, item.version, harbour.id, ""))
    taken = await take_over(community.services, TakeOver(item.id, item.version, harbour.id, WHY))

    assert taken == Claim(item.id, item.version + 1, True, "Harbour", community.clock() + CLAIMED_FOR)
    assert (await claimed(community, linnet, item)).mine is False
    assert await notes(community) == [WHY]
    [(details, actor)] = await acts(community)
    assert (actor, '"how":"taken-over"' in details, str(linnet.id) in details) == (harbour.id, True, True)


async def test_of_two_who_take_over_at_once_one_hears_of_a_conflict(community: Community) -> None:
    linnet, harbour = await team(community)
    maren = await community.member("Maren", Role.MODERATOR)
    item = await waiting(community)
    await claimed(community, linnet, item)

    made = await asyncio.gather(
        *(
            take_over(community.services, TakeOver(item.id, item.version, one.id, WHY))
            for one in (harbour, maren)
        ),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in made) == ["Claim", "Conflict"]
    assert len(await acts(community)) == 1


async def test_taking_what_nobody_looks_at_is_a_claim_and_needs_no_why(community: Community) -> None:
    linnet, _ = await team(community)
    item = await waiting(community)

    taken = await take_over(community.services, TakeOver(item.id, item.version, linnet.id, ""))

    assert (taken.mine, await notes(community), await acts(community)) == (True, [], [])


async def test_a_stale_version_takes_nothing(community: Community) -> None:
    linnet, harbour = await team(community)
    item = await waiting(community)
    await claimed(community, linnet, item)

    with pytest.raises(Conflict):
        await take_over(community.services, TakeOver(item.id, item.version + 1, harbour.id, WHY))

    assert (await row(community, item)).claimed_by == linnet.id


async def test_the_desk_hears_who_claims_and_who_lets_go_but_not_who_looks_again(
    community: Community,
) -> None:
    linnet, _ = await team(community)
    item, heard = await waiting(community), list[Fact]()

    async def listen(facts: Sequence[Fact]) -> None:
        heard.extend(facts)

    listening = Database(community.services.database.url, react, listen)
    services = replace(community.services, database=listening)
    for _ in range(2):
        await claim(services, linnet.id, item.id)
    await let_go(services, linnet.id, item.id)
    await listening.aclose()

    assert heard == [
        ItemChanged(item.id, "held", 1, "claimed", linnet.id, "Linnet", community.clock() + CLAIMED_FOR),
        ItemChanged(item.id, "held", 1, "let-go", linnet.id),
    ]
