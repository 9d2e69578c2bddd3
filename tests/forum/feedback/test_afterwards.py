"""What a date's people find when it is over, on its own page as well."""

from uuid import UUID, uuid4

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.feedback.afterwards import look_back, on_date_page
from forum.feedback.answering import answer
from forum.feedback.questions import Choice, Question
from forum.feedback.thanking import thank
from forum.messages.submission import Reply, Submission
from tests.builders import Community
from tests.forum.feedback.evenings import Evening, evening, manager_of, sign_up


async def test_a_guest_is_asked_until_they_have_answered_and_thanked(community: Community) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await evening(community, await manager_of(community), juniper)
    await sign_up(community, date, rowan.id)
    now, services = community.clock(), community.services
    async with services.database.reading() as session:
        before = await look_back(session, date.id, rowan.viewer, now)
        of_host = await look_back(session, date.id, juniper.viewer, now)

    await answer(services, rowan.viewer, date.id, dict.fromkeys(Question, Choice.YES))
    await thank(services, rowan.viewer, date.id, Submission(Reply(uuid4()), rowan.id, "Thank you."))

    async with services.database.reading() as session:
        after = await look_back(session, date.id, rowan.viewer, now)
    assert (before.can_answer, before.can_thank, before.answered) == (True, True, False)
    assert (of_host.can_answer, of_host.can_thank) == (False, False)
    assert (after.can_answer, after.can_thank, after.answered) == (False, False, True)


async def test_a_host_who_had_a_seat_may_answer_but_does_not_thank_themselves(community: Community) -> None:
    juniper = await community.member("Juniper")
    date = await evening(community, await manager_of(community), juniper)
    await sign_up(community, date, juniper.id)

    async with community.services.database.reading() as session:
        seen = await look_back(session, date.id, juniper.viewer, community.clock())

    assert (seen.can_answer, seen.can_thank) == (True, False)


async def asked_at(community: Community, pattern: str, path: str, viewer: Viewer | None) -> object:
    """Return where the page at this address would lead for what is asked afterwards."""

    async def show(request: Request) -> Response:
        request.state.services, request.state.viewer = community.services, viewer
        found = await on_date_page(request)
        return JSONResponse(found and found.url)

    app = Starlette(routes=[Route(pattern, show)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://x") as client:
        return (await client.get(path)).json()


async def test_only_the_page_of_a_date_that_is_over_asks_and_only_its_people(community: Community) -> None:
    rowan, wren, juniper = [await community.member(name) for name in ("Rowan", "Wren", "Juniper")]
    manager = await manager_of(community)
    over = await evening(community, manager, juniper)
    called_off = await evening(community, manager, juniper, wanted=Evening(cancelled=True))
    await sign_up(community, over, rowan.id)
    pattern, path = "/gatherings/{id:uuid}", f"/gatherings/{over.id}"
    url = f"{path}/feedback"

    async def at(where: UUID, viewer: Viewer | None) -> object:
        return await asked_at(community, pattern, f"/gatherings/{where}", viewer)

    assert await at(over.id, rowan.viewer) == url
    assert await at(over.id, juniper.viewer) == url
    assert await at(over.id, wren.viewer) is None
    assert await at(over.id, None) is None
    assert await at(called_off.id, juniper.viewer) is None
    assert await at(uuid4(), rowan.viewer) is None
    below = f"{pattern}/reply", f"{path}/reply"
    assert await asked_at(community, *below, rowan.viewer) is None
    about = "/gatherings/about/{id:uuid}", f"/gatherings/about/{over.id}"
    assert await asked_at(community, *about, rowan.viewer) is None
    community.clock.forward(hours=-2)
    assert await at(over.id, rowan.viewer) is None


async def test_the_part_of_the_dates_page_asks_guests_and_shows_hosts_their_thanks(
    community: Community,
) -> None:
    rowan, juniper = await community.member(), await community.member("Juniper")
    date = await evening(community, await manager_of(community), juniper)
    await sign_up(community, date, rowan.id)
    services = community.services

    async def shown_to(viewer: Viewer | None) -> str:
        found = None
        if viewer is not None:
            async with services.database.reading() as session:
                found = await look_back(session, date.id, viewer, community.clock())
        context = {"layout": {"afterwards": found}, "viewer": viewer, "now": community.clock()}
        return services.renderer.render("feedback/afterwards.html", context)

    before, of_host = await shown_to(rowan.viewer), await shown_to(juniper.viewer)
    await thank(services, rowan.viewer, date.id, Submission(Reply(uuid4()), rowan.id, "You were kind."))
    await answer(services, rowan.viewer, date.id, dict.fromkeys(Question, Choice.YES))

    assert f'href="/gatherings/{date.id}/feedback"' in before
    assert "Guests can thank you here" in of_host
    assert "You were kind." in await shown_to(juniper.viewer)
    assert "You have answered" in await shown_to(rowan.viewer)
    assert (await shown_to(None)).strip() == ""
