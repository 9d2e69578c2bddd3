"""Claims about what follows a date: who came is asked once, hosts hear of thanks, nobody is woken for it."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from forum.accounts.roles import Role
from forum.calendar.tables import Coming, Occurrence, Stage
from forum.feedback.thanking import thank
from forum.mailing.tables import Channel
from forum.messages.submission import Answer, Reply, Submission
from forum.messages.withdrawing import withdraw
from forum.reminders.afterwards import ASKED_AFTER, LATEST, ask_afterwards
from forum.reminders.tables import ReminderChoice
from forum.reminders.work import notice_due
from forum.review.decisions import Decision
from forum.review.matters import latest_item
from forum.review.outcomes import Action
from forum.review.ruling import rule
from tests.builders import HOLDS, Community, Member, held, published
from tests.forum.feedback.evenings import SEATED, Evening, Said, evening, manager_of, sign_up
from tests.forum.reminders.gathered import notices, outbox

JUST_OVER = Evening(ago=timedelta(hours=1))
"""It began an hour ago, and ends now."""


async def kinds(community: Community, member: Member) -> list[str]:
    """Return what the member is told, once all that is due was written."""
    await notice_due(community.services)
    return [one.kind for one in await notices(community, member.id)]


async def quiet(community: Community, member: Member, since: int, until: int) -> None:
    """Let a member want nothing between these hours, by UTC."""
    async with community.services.database.transaction() as tx:
        tx.session.add(ReminderChoice(account_id=member.id, quiet_from=since, quiet_until=until))


@pytest.mark.everywhere
async def test_whoever_took_part_is_asked_once_an_hour_after_the_end_however_many_workers_look(
    community: Community,
) -> None:
    rowan, willow, aspen = [await community.member(name) for name in ("Rowan", "Willow", "Aspen")]
    wren, date = await community.member("Wren"), await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)
    await sign_up(community, date, willow.id, Said(Coming.MAYBE, came=True))
    await sign_up(community, date, aspen.id, Said(queue=1))
    await sign_up(community, date, wren.id, Said(Coming.MAYBE))

    planned = await asyncio.gather(*(ask_afterwards(community.services) for _ in range(3)))
    told = [await kinds(community, one) for one in (rowan, willow, aspen, wren)]
    again = await ask_afterwards(community.services)

    assert (max(planned), again) == (2, 0)
    assert told == [["gathering-feedback"], ["gathering-feedback"], [], []]
    assert {row.channel for row in await outbox(community)} == {Channel.PAGE}
    assert len(await outbox(community)) == 2


async def test_nobody_is_asked_before_the_hour_is_over(community: Community) -> None:
    rowan, manager = await community.member(), await manager_of(community)
    going_on = await evening(community, manager, wanted=Evening(ago=timedelta(minutes=59)))
    over = await evening(community, manager, wanted=JUST_OVER)
    for date in (going_on, over):
        await sign_up(community, date, rowan.id)

    assert await ask_afterwards(community.services) == 1
    early = await kinds(community, rowan)
    community.clock.forward(hours=1)

    assert (early, await kinds(community, rowan)) == ([], ["gathering-feedback"])
    [row] = await outbox(community)
    assert (row.about_id, row.due_at) == (over.id, over.ends_at + ASKED_AFTER)


@pytest.mark.parametrize("wanted", [Evening(cancelled=True), Evening(stage=Stage.CANCELLED)])
async def test_nobody_is_asked_about_what_was_cancelled(community: Community, wanted: Evening) -> None:
    rowan = await community.member()
    date = await evening(community, await manager_of(community), wanted=wanted)
    await sign_up(community, date, rowan.id)

    assert await ask_afterwards(community.services) == 0


async def test_what_is_cancelled_or_given_up_before_the_notice_is_due_is_not_asked_about(
    community: Community,
) -> None:
    rowan, manager = await community.member(), await manager_of(community)
    date = await evening(community, manager, wanted=JUST_OVER)
    await sign_up(community, date, rowan.id)
    await ask_afterwards(community.services)
    async with community.services.database.transaction() as tx:
        kept = await tx.session.get_one(Occurrence, date.id)
        kept.cancelled_at = community.clock()
    community.clock.forward(hours=1)

    assert await kinds(community, rowan) == []
    assert [row.why for row in await outbox(community)] == ["unwanted"]


async def test_quiet_hours_pass_before_anybody_is_asked(community: Community) -> None:
    rowan, date = await community.member(), await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)
    await quiet(community, rowan, 17, 7)

    await ask_afterwards(community.services)

    [row] = await outbox(community)
    assert row.due_at == (community.clock() + timedelta(days=1)).replace(hour=7)
    assert await kinds(community, rowan) == []


async def test_who_is_noted_later_is_asked_later_but_not_about_long_ago(community: Community) -> None:
    rowan, willow, manager = (
        await community.member(),
        await community.member("Willow"),
        await manager_of(community),
    )
    date = await evening(community, manager)
    await sign_up(community, date, rowan.id)
    await ask_afterwards(community.services)
    await sign_up(community, date, willow.id, Said(Coming.MAYBE, came=True))

    later = await ask_afterwards(community.services)
    old = await evening(community, manager, wanted=Evening(ago=LATEST + timedelta(hours=1)))
    await sign_up(community, old, rowan.id)

    assert (later, await ask_afterwards(community.services)) == (1, 0)


async def test_the_notice_leads_to_the_questions_and_names_nobody(community: Community) -> None:
    rowan, date = await community.member(), await evening(community, await manager_of(community))
    await sign_up(community, date, rowan.id)
    await ask_afterwards(community.services)
    await notice_due(community.services)

    async with community.browser(rowan) as browser:
        page = (await browser.get("/notices")).text
        questions = await browser.get(f"/gatherings/{date.id}/feedback")

    assert "How was it?" in page
    assert f'href="/gatherings/{date.id}/feedback"' in page
    assert "Marlow" not in page
    assert questions.status_code == 200


async def thanks(
    community: Community, host: Member, text: str = "Thank you."
) -> tuple[Member, Occurrence, Answer]:
    """Let a guest thank a host; returns the guest, the date, and what became of the words."""
    guest = await community.member("Rowan")
    date = await evening(community, await manager_of(community), host)
    await sign_up(community, date, guest.id, SEATED)
    said = Submission(Reply(uuid4()), guest.id, text)
    return guest, date, (await thank(community.services, guest.viewer, date.id, said))[0]


@pytest.mark.everywhere
async def test_a_host_hears_of_thanks_when_they_are_published_and_their_author_does_not(
    community: Community,
) -> None:
    wren = await community.member("Wren")
    rowan, date, _ = await thanks(community, wren)

    told = await kinds(community, wren), await kinds(community, rowan)

    assert told == (["thanks"], [])
    [notice] = await notices(community, wren.id)
    assert notice.occurrence_id == date.id
    async with community.browser(wren) as browser:
        page = (await browser.get("/notices")).text
    assert "Somebody thanked you" in page
    assert f'href="/gatherings/{date.id}/feedback"' in page


async def test_of_thanks_that_wait_a_host_hears_when_they_are_released(community: Community) -> None:
    wren = await community.member("Wren")
    _, _, answer = await thanks(community, wren, HOLDS)
    before = await kinds(community, wren)

    await release(community, held(answer).message_id)

    assert (before, await kinds(community, wren)) == ([], ["thanks"])


async def release(community: Community, message_id: UUID) -> None:
    """Let a moderator release what waits."""
    async with community.services.database.reading() as session:
        item = await latest_item(session, message_id)
    assert item is not None
    linnet = await community.member("Linnet", Role.MODERATOR)
    await rule(community.services, Decision(item.id, linnet.id, item.version, Action.RELEASE))


async def test_thanks_wait_for_the_end_of_quiet_hours_and_what_was_taken_back_is_not_told_of(
    community: Community,
) -> None:
    wren = await community.member("Wren")
    await quiet(community, wren, 17, 20)
    rowan, _, answer = await thanks(community, wren)
    early = await kinds(community, wren)

    await withdraw(community.services, rowan.id, published(answer).message_id)
    community.clock.forward(hours=2)

    assert (early, await kinds(community, wren)) == ([], [])
    assert [row.why for row in await outbox(community)] == ["unwanted"]
