"""Claims about the query that lists begin with: it knows the reader's own answer, and nobody else's."""

from forum.calendar.cards import IN_ORDER, cards, listed
from forum.calendar.kinds import Format, Kind, Pathway
from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming, Gathering, Stage
from tests.builders import Community
from tests.forum.calendar.planned import TITLE, change, plan


async def test_a_card_is_what_was_planned_with_the_readers_own_answer(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    planned = await plan(
        community, kind=Kind.OUTING, pathway=Pathway.MENTORS, format=Format.PLACE, is_public=True
    )
    await sign_up(community.services, wren.viewer, planned.id, Coming.MAYBE)

    async with community.services.database.reading() as session:
        found = {
            who: (await listed(session, cards(viewer).order_by(*IN_ORDER)))[0]
            for who, viewer in (("rowan", rowan.viewer), ("wren", wren.viewer), ("visitor", None))
        }

    one = found["wren"]
    assert (one.id, one.title, one.starts_at) == (planned.id, TITLE, planned.dates[0].starts_at)
    assert (one.kind, one.pathway, one.format) == (Kind.OUTING, Pathway.MENTORS, Format.PLACE)
    assert {who: (card.reply, card.seated) for who, card in found.items()} == {
        "rowan": (None, False),
        "wren": (Coming.MAYBE, False),
        "visitor": (None, False),
    }


async def test_all_dates_are_off_with_their_gathering(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now, now.replace(hour=22))
    await change(community, planned.gathering, stage=Stage.CANCELLED)

    async with community.services.database.reading() as session:
        query = cards(rowan.viewer).where(Gathering.id == planned.gathering.id)
        found = await listed(session, query)

    assert [card.cancelled for card in found] == [True, True]
