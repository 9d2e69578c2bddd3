"""The care lane's alerts: opened with the message, urgent until somebody has looked."""

from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.review.alerting import close_alerts, is_urgent
from forum.review.tables import CareAlert
from tests.builders import HARMLESS, HOLDS, IN_DANGER, Community, held, published
from tests.forum.talk import edited, ruled


async def alerts(community: Community) -> list[CareAlert]:
    """Return every alert, in order."""
    async with community.services.database.reading() as session:
        return list((await session.exec(select(CareAlert).order_by(col(CareAlert.id)))).all())


async def test_a_message_that_raised_care_has_an_open_alert_held_or_published(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    await community.say(rowan, room.id, HARMLESS)
    said = published(await community.say(rowan, room.id, IN_DANGER))
    waiting = held(await community.say(rowan, room.id, f"{IN_DANGER} {HOLDS}"))

    opened = await alerts(community)

    assert said.cared
    assert [(one.message_id, one.opened_at, one.closed_at) for one in opened] == [
        (said.message_id, community.clock(), None),
        (waiting.message_id, community.clock(), None),
    ]


async def test_an_edit_that_stands_at_once_alerts_about_what_it_stands_in_and_one_that_waits_about_itself(
    community: Community,
) -> None:
    rowan, room = await community.member(), await community.room()
    said = published(await community.say(rowan, room.id))
    await edited(community, rowan, said.message_id, IN_DANGER)
    waiting = held(await edited(community, rowan, said.message_id, f"{IN_DANGER} {HOLDS}"))

    opened = await alerts(community)

    assert [one.message_id for one in opened] == [said.message_id, waiting.message_id]


async def test_an_alert_is_closed_once_and_only_for_its_own_message(community: Community) -> None:
    rowan, room = await community.member(), await community.room()
    first = published(await community.say(rowan, room.id, IN_DANGER)).message_id
    other = published(await community.say(rowan, room.id, f"{IN_DANGER} Please.")).message_id
    looked = community.clock()
    for _ in range(2):
        async with community.services.database.transaction() as tx:
            await close_alerts(tx, first, community.clock())
        community.clock.forward(minutes=1)

    async with community.services.database.reading() as session:
        assert [await is_urgent(session, one) for one in (first, other)] == [False, True]
    assert [one.closed_at for one in await alerts(community)] == [looked, None]


async def test_what_raises_care_again_after_somebody_looked_is_urgent_again(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    said = published(await community.say(rowan, (await community.room()).id, IN_DANGER))
    await ruled(community, linnet, said.message_id, release=True)
    await edited(community, rowan, said.message_id, f"{IN_DANGER} Please.")

    async with community.services.database.reading() as session:
        assert await is_urgent(session, said.message_id)
    assert len(await alerts(community)) == 2
