"""Claims about the page of a date: what members, hosts and visitors read there, and what its forms do."""

import re
from datetime import timedelta

from forum.accounts.roles import Role
from forum.calendar.signing_up import sign_up
from forum.calendar.tables import Coming, Occurrence, Stage
from forum.spaces.tables import Audience
from tests.builders import Community, Member
from tests.forum.calendar.crowd import crowd
from tests.forum.calendar.planned import TITLE, Planned, change, needs, plan, sign_ups, takers
from tests.forum.talk import statements

VENUE = "12 Lock Street, second bell"


async def page_of(community: Community, planned: Planned, who: Member | None) -> str:
    """Return the page of the first date, which must be there."""
    async with community.browser(who) as browser:
        answer = await browser.get(f"/gatherings/{planned.id}")
    assert answer.status_code == 200
    return answer.text


async def test_a_member_reads_what_when_for_whom_and_with_whom(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren", Role.MENTOR)
    planned = await plan(
        community,
        hosts=(wren,),
        zone="America/Chicago",
        agenda="5 Arriving\nA closing round",
        partner="The Harbour House",
        area="Near the canal",
        format="both",
        pathway="first-steps",
        capacity=9,
    )

    page = await page_of(community, planned, rowan)

    for said in (
        f"<h1>{TITLE}</h1>",
        "whoever likes says how the week was",
        "Sunday, November 22, 2026, 9:00\u202fPM",
        "In its own time zone, America/Chicago: Sunday, November 22, 2026, 3:00\u202fPM",
        "Times are shown in UTC.",
        "Support meeting",
        "Online and in person · Near the canal",
        "The first steps after treatment",
        "The Harbour House",
        "Everybody in the space",
        "0 of 9 places are taken",
        "5 minutes",
        "A closing round",
        "erased when the meeting ends",
        'href="/members/Wren"',
        f"/gatherings/{planned.id}.ics",
    ):
        assert said in page, said


async def test_the_exact_place_and_the_room_are_for_who_comes_or_may_come_and_for_hosts(
    community: Community,
) -> None:
    wren = await community.member("Wren")
    planned = await plan(community, hosts=(wren,), format="both", venue=VENUE, capacity=1)
    room = await community.meeting(host=wren)
    await change(community, planned.dates[0], meeting_id=room.id)
    seated, waiting, maybe, declined, nobody = [
        await community.member(f"Guest-{name}") for name in ("Ash", "Birch", "Cedar", "Dogwood", "Elm")
    ]
    said = {seated: Coming.YES, waiting: Coming.YES, maybe: Coming.MAYBE, declined: Coming.NO}
    for who, reply in said.items():
        await sign_up(community.services, who.viewer, planned.id, reply)

    pages = {
        who.viewer.handle: await page_of(community, planned, who)
        for who in (wren, seated, waiting, maybe, declined, nobody)
    }

    told = {handle for handle, page in pages.items() if VENUE in page}
    led = {handle for handle, page in pages.items() if f"/meetings/{room.id}" in page}
    assert told == led == {"Wren", "Guest-Ash", "Guest-Cedar"}
    assert "You are number 1." in pages["Guest-Birch"]


async def test_nobody_is_led_to_a_place_once_it_is_off(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community, format="place", venue=VENUE)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    await change(community, planned.dates[0], cancelled_at=community.clock())

    page = await page_of(community, planned, rowan)

    assert VENUE not in page
    assert "Cancelled" in page
    assert 'name="reply"' not in page


async def test_others_see_how_many_come_and_the_hosts_who(community: Community) -> None:
    rowan, wren = await community.member(), await community.member("Wren")
    linnet = await community.member("Linnet", Role.MODERATOR)
    planned, (ash, birch, cedar) = await plan(community, hosts=(wren,), capacity=1), await crowd(community, 3)
    await sign_up(community.services, ash.viewer, planned.id, Coming.YES)
    await sign_up(community.services, birch.viewer, planned.id, Coming.YES)
    await sign_up(community.services, cedar.viewer, planned.id, Coming.MAYBE)

    of_rowan, of_linnet, of_wren = [await page_of(community, planned, one) for one in (rowan, linnet, wren)]

    handles = [one.viewer.handle for one in (ash, birch, cedar)]
    assert [handle for handle in handles if handle in of_rowan + of_linnet] == []
    assert [handle for handle in handles if handle in of_wren] == handles
    assert "1 of 1 places are taken" in of_rowan
    assert "1 person is waiting for a place" in of_rowan


async def test_a_visitor_reads_a_public_page_that_names_nobody_and_no_exact_place(
    community: Community,
) -> None:
    wren, rowan = await community.member("Wren"), await community.member()
    space = await community.space(Audience.INVITED, "inner-circle")
    planned = await plan(
        community, space=space, hosts=(wren, rowan), is_public=True, format="both", venue=VENUE
    )
    await needs(community, planned, "Bread")
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    hidden = await plan(community, title="Not public")

    page = await page_of(community, planned, None)
    async with community.browser() as browser:
        other = await browser.get(f"/gatherings/{hidden.id}")

    assert TITLE in page
    for named in ("Wren", "Rowan", "inner-circle", VENUE, "Bread", "1 person", ".ics", "/members/"):
        assert named not in page, named
    assert f"/sign-in?next=/gatherings/{planned.id}" in page
    assert other.status_code == 404


async def test_a_form_says_yes_and_what_came_of_it(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community, capacity=1)
    (ash,) = await crowd(community, 1)
    await sign_up(community.services, ash.viewer, planned.id, Coming.YES)
    address, done = f"/gatherings/{planned.id}", []

    async with community.browser(rowan) as browser:
        for reply in ("yes", "yes", "maybe", "no", "leave", "leave"):
            answer = await browser.post(f"{address}/reply", reply=reply)
            assert answer.status_code == 303
            done.append(answer.headers["location"])
        page = (await browser.get(done[0])).text

    assert done == [f"{address}?done={what}" for what in ("queued", "queued", "maybe", "no", "left", "left")]
    assert "You are on the waiting list, and move up by yourself." in page
    assert [row.account_id for row in await sign_ups(community, planned.id)] == [ash.id]


async def test_what_cannot_be_done_is_said_on_the_page_with_its_status(community: Community) -> None:
    rowan = await community.member()
    planned = await plan(community, sign_up_closes_minutes=200)
    slot = await needs(community, planned, "Bread")
    address = f"/gatherings/{planned.id}"

    async with community.browser(rowan) as browser:
        late = await browser.post(f"{address}/reply", reply="yes")
        first = await browser.post(f"{address}/slots", slot=str(slot.id), do="take")
        nonsense = await browser.post(f"{address}/reply", reply="perhaps")
        nothing = await browser.post(f"{address}/slots", slot="x", do="take")

    assert (late.status_code, first.status_code) == (409, 403)
    assert "Sign-up has closed." in late.text
    assert "Say first that you are coming" in first.text
    assert TITLE in late.text
    assert (nonsense.status_code, nothing.status_code) == (400, 404)
    assert await sign_ups(community, planned.id) == []


async def test_a_visitor_signs_up_for_nothing(community: Community) -> None:
    planned = await plan(community, is_public=True)

    async with community.browser() as browser:
        answer = await browser.post(f"/gatherings/{planned.id}/reply", reply="yes")

    assert answer.status_code == 403
    assert await sign_ups(community, planned.id) == []


async def test_taking_something_on_and_giving_it_back_are_buttons(community: Community) -> None:
    rowan, planned = await community.member(), await plan(community)
    slot = await needs(community, planned, "Bread")
    await sign_up(community.services, rowan.viewer, planned.id, Coming.YES)
    address = f"/gatherings/{planned.id}"

    async with community.browser(rowan) as browser:
        await browser.post(f"{address}/slots", slot=str(slot.id), do="take")
        mine = (await browser.get(address)).text
        taken = [one.account_id for one in await takers(community, planned.id)]
        await browser.post(f"{address}/slots", slot=str(slot.id), do="back")

    assert "Yours" in mine
    assert 'value="back"' in mine
    assert taken == [rowan.id]
    assert await takers(community, planned.id) == []


async def test_words_lead_to_the_next_date_that_the_reader_may_see(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(community, now - timedelta(days=1), now + timedelta(days=1))
    draft = await plan(community, title="Draft", stage=Stage.DRAFT)

    async with community.browser(rowan) as browser:
        found = await browser.get(f"/gatherings/about/{planned.gathering.place_id}")
        hidden = await browser.get(f"/gatherings/about/{draft.gathering.place_id}")
        nothing = await browser.get(f"/gatherings/about/{planned.id}")

    assert (found.status_code, found.headers["location"]) == (303, f"/gatherings/{planned.dates[1].id}")
    assert (hidden.status_code, nothing.status_code) == (404, 404)


async def test_the_page_costs_the_same_queries_however_many_come(community: Community) -> None:
    rowan, wren, counts = await community.member(), await community.member("Wren"), []
    planned = await plan(community, hosts=(wren,), capacity=3)
    await sign_up(community.services, rowan.viewer, planned.id, Coming.MAYBE)
    for count in (1, 9):
        for one in await crowd(community, count):
            await sign_up(community.services, one.viewer, planned.id, Coming.YES)
        await needs(community, planned, f"Bread {count}")
        async with community.browser(wren) as browser:
            with statements(community.services) as said:
                await browser.get(f"/gatherings/{planned.id}")
        counts.append(len(said))

    assert counts[0] == counts[1]


async def test_a_cancelled_date_an_old_one_and_one_that_is_on_say_so(community: Community) -> None:
    rowan, now = await community.member(), community.clock()
    planned = await plan(
        community, now - timedelta(days=1), now - timedelta(minutes=5), now + timedelta(days=1)
    )
    await change(community, planned.gathering, minutes=60)
    dates: tuple[Occurrence, ...] = planned.dates

    over, on_now, ahead = [
        await page_of(community, Planned(planned.gathering, (date,)), rowan) for date in dates
    ]

    assert "This date is over." in over
    assert "This is on now." in on_now
    assert re.search("is over|on now|Cancelled", ahead) is None
    assert 'value="no"' in on_now
    assert 'value="yes"' not in on_now
