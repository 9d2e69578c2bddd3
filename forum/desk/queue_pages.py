"""The queue: one list of what waits, with its filters, and several items decided at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import moderating
from forum.desk.item_pages import DONE
from forum.desk.just_done import just_done
from forum.desk.listing import Asking, Listing, listing, next_of
from forum.desk.said import KINDS, OLDER, SEVERITIES, STAGES
from forum.desk.together import ALIKE, SeveralForm, decide_together
from forum.desk.wishes import Wish
from forum.errors import Invalid
from forum.guidelines import GUIDELINES
from forum.language import N_, Words
from forum.review.filters import Last
from forum.services import services_of
from forum.spaces.tables import Space
from forum.web import Flash, page, read_form, say
from forum.wellbeing.comfort import comfort_of
from forum.wellbeing.counting import tally_of
from forum.wellbeing.pause_pages import calm_for
from forum.wellbeing.shifts import on_shift


async def show_queue(request: Request) -> Response:
    """GET /desk?space=&kind=&stage=&older=&after=&done=&told=."""
    return await _queue_page(request, moderating(request), None, {})


async def _queue_page(
    request: Request, viewer: Viewer, error: Invalid | None, form: Mapping[str, str]
) -> Response:
    services, wish = services_of(request), Wish.of(request.query_params)
    now, start = services.clock(), request.query_params.get("after")
    asking = Asking(viewer, now, wish, Last.parse(start) if start else None)
    async with services.database.reading() as session:
        comfort = await comfort_of(session, viewer.id)
        if error is None and (resting := await calm_for(request, comfort)):
            return resting
        asking = replace(asking, cover=comfort.cover)
        found = await listing(session, services.renderer, asking)
        context: dict[str, object] = {
            "tally": await tally_of(session, viewer, now, comfort.rest_since),
            "on_shift": await on_shift(session, now),
            "spaces": await _spaces(request, session),
        }
    if found.all_of_it:
        request.state.waiting = found.count
    told = DONE.get(request.query_params.get("told", ""))
    context |= (
        _named(request, wish)
        | _pages(found, wish, asking)
        | {
            "done": await just_done(request, viewer),
            "flash": Flash("info", (told,)) if told and not error else None,
            "errors": error.fields if error else {},
            "form": form,
            "clock": now,
        }
    )
    return await page(request, "desk/queue.html", context, status=error.status if error else 200)


def _pages(found: Listing, wish: Wish, asking: Asking) -> dict[str, object]:
    first = next_of(found.rows)
    return {
        "listing": found,
        "query": wish.query(),
        "first": first.item.url + wish.query() if first else None,
        "older": "/desk" + wish.query(after=unquote(str(found.more))) if found.more else None,
        "start": asking.after is None,
        "several": any(row.together for row in found.rows),
        "wish": wish,
    }


def _named(request: Request, wish: Wish) -> dict[str, object]:
    def named(words: Mapping[str, Words], everything: Words | None = None) -> list[dict[str, str]]:
        all_of = [{"key": "", "words": say(request, everything)}] if everything else []
        return all_of + [{"key": key, "words": say(request, one)} for key, one in words.items()]

    return {
        "kinds": KINDS,
        "severities": SEVERITIES,
        "stages": STAGES,
        "kind_choices": named(KINDS, N_("Every kind")),
        "stage_choices": named(STAGES, N_("Every stage")),
        "older_choices": named(OLDER),
        "reasons": [{"key": one.slug, "words": say(request, one.title)} for one in GUIDELINES],
        "filtered": bool(wish.query()),
    }


async def _spaces(request: Request, session: AsyncSession) -> list[dict[str, str]]:
    rows: Sequence[Space] = (await session.exec(select(Space).order_by(col(Space.name)))).all()
    every = {"key": "", "words": say(request, N_("Every space"))}
    return [every, *({"key": str(one.id), "words": one.name} for one in rows)]


async def do_several(request: Request) -> Response:
    """POST /desk/several: action=release or refuse, reason, and item-{id}=version for each that is ticked."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        answers = await decide_together(services_of(request), viewer, SeveralForm.of(form))
    except Invalid as invalid:
        return await _queue_page(request, viewer, invalid, form)
    context = {
        "answers": answers,
        "query": Wish.of(request.query_params).query(),
        "done_count": sum(one.ruling is not None for one in answers),
        "alike": ALIKE,
    }
    return await page(request, "desk/several.html", context)


ROUTES = [
    Route("/desk", show_queue),
    Route("/desk/several", show_queue),
    Route("/desk/several", do_several, methods=["POST"]),
]
