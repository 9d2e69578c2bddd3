"""Claims about what a date's page is given: a visitor's holds nothing that only members may know."""

from datetime import timedelta

from forum.calendar.date_context import member_context, public_context
from forum.calendar.entries import Reader
from forum.calendar.reading import find_date
from forum.calendar.showing import DateShown, show_date
from forum.calendar.signing_up import Seating, sign_up
from forum.calendar.tables import Coming
from tests.builders import Community
from tests.forum.calendar.planned import plan


async def test_a_visitors_page_is_given_no_name_no_number_and_no_exact_place(community: Community) -> None:
    wren = await community.member("Wren")
    planned = await plan(
        community, hosts=(wren,), is_public=True, format="place", venue="12 Lock Street", area="Canal"
    )
    reader = Reader("UTC", community.services.renderer.language)
    async with community.services.database.reading() as session:
        date = await find_date(session, planned.id, None)

    context = public_context(date, reader, community.clock(), ())

    assert set(context) == {"date", "others", "zone", "here"}
    told = str({name: value for name, value in context.items() if name != "html"})
    assert "Canal" in told
    assert not any(hidden in told for hidden in ("Wren", "Lock Street", date.space.name, str(date.space.id)))


async def test_its_own_zone_is_said_only_where_the_clocks_differ(community: Community) -> None:
    rowan = await community.member()
    planned = await plan(community, zone="Europe/London")
    async with community.services.database.reading() as session:
        date = await find_date(session, planned.id, rowan.viewer)
    language, shown = community.services.renderer.language, DateShown(Seating(), 0, (), (), ())

    said = {
        zone: member_context(date, Reader(zone, language), community.clock(), shown)["date"]["own_when"]  # type: ignore[index]
        for zone in ("Europe/Dublin", "America/Chicago")
    }

    assert said["Europe/Dublin"] == ""
    assert said["America/Chicago"] == "Sunday, November 22, 2026, 9:00\u202fPM – 10:00\u202fPM"


async def test_the_close_is_said_where_it_is_not_the_beginning_itself(community: Community) -> None:
    rowan, reader = await community.member(), Reader("UTC", community.services.renderer.language)
    said = []
    for minutes in (0, 90):
        planned = await plan(community, title=f"Closes {minutes} before", sign_up_closes_minutes=minutes)
        async with community.services.database.reading() as session:
            date = await find_date(session, planned.id, rowan.viewer)
            shown = await show_date(session, date, rowan.viewer, reader, community.clock())
        context = member_context(date, reader, community.clock() + timedelta(minutes=1), shown)
        said.append(context["closes"])

    assert said == ["", "Sunday, November 22, 2026, 7:30\u202fPM"]


async def test_a_date_that_is_over_says_no_more_that_somebody_is_coming(community: Community) -> None:
    rowan, reader = await community.member(), Reader("UTC", community.services.renderer.language)
    planned = await plan(community)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    async with community.services.database.reading() as session:
        date = await find_date(session, planned.id, rowan.viewer)
        shown = await show_date(session, date, rowan.viewer, reader, community.clock())

    before = member_context(date, reader, community.clock(), shown)
    after = member_context(date, reader, date.occurrence.ends_at, shown)

    assert (before["own"], before["can_reply"]) == ("You are coming", True)
    assert (after["own"], after["can_reply"]) == ("", False)
