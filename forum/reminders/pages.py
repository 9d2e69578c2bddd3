"""The page where a member chooses reminders, and the one behind the link that ends letters."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in
from forum.accounts.tables import Account
from forum.errors import Invalid
from forum.language import N_
from forum.mailing.one_click import is_one_click
from forum.reminders.choosing import HOURS, OFFSETS, choice_in, find_reminder, keep, minutes_in, stop_letters
from forum.reminders.planning import About, replan
from forum.reminders.tables import ReminderChoice
from forum.services import services_of
from forum.web import Flash, page, read_form, see

SAVED = N_("Saved. Your reminders come as you chose.")


async def show_reminders(request: Request) -> Response:
    """GET /reminders?saved=."""
    return await _page(request)


async def _page(request: Request, invalid: Invalid | None = None) -> Response:
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        account = await session.get_one(Account, viewer.id)
        choice = await session.get(ReminderChoice, viewer.id) or ReminderChoice(account_id=viewer.id)
    sent: Mapping[str, str] | None = request.state.sent if invalid else None
    chosen = (
        minutes_in(choice.minutes) if sent is None else tuple(o for o in OFFSETS if f"before-{o}" in sent)
    )
    context = {
        "offsets": [
            {"name": f"before-{one}", "words": words, "on": one in chosen} for one, words in OFFSETS.items()
        ],
        "choice": choice,
        "by_mail": choice.by_mail if sent is None else "by_mail" in sent,
        "account": account,
        "letters_go": services.mailer.delivers,
        "hours": [str(hour) for hour in range(HOURS)],
        "errors": invalid.fields if invalid else {},
        "flash": Flash("info", (SAVED,)) if "saved" in request.query_params else None,
    }
    return await page(request, "reminders/index.html", context, status=invalid.status if invalid else 200)


async def save(request: Request) -> Response:
    """POST /reminders: before-…, by_mail, quiet_from, quiet_until, names_us."""
    form = await read_form(request)
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        account = await session.get_one(Account, viewer.id)
    try:
        choice = choice_in(form, account)
    except Invalid as invalid:
        return await _page(request, invalid)
    async with services.database.transaction() as tx:
        await keep(tx, choice)
        await replan(tx, About(account_id=viewer.id), services.clock())
    return see("/reminders?saved=1")


async def show_stop(request: Request) -> Response:
    """GET /reminders/stop/{token}: a button, as programs look at links too."""
    async with services_of(request).database.reading() as session:
        await find_reminder(session, request.path_params["token"])
    return await page(request, "reminders/stop.html", {"stopped": False})


async def stop(request: Request) -> Response:
    """POST /reminders/stop/{token}: no letters any more; whoever has the letter may, signed in or not."""
    services, token = services_of(request), request.path_params["token"]
    if await is_one_click(request):
        await stop_letters(services, token)
        return PlainTextResponse("")
    await read_form(request)
    await stop_letters(services, token)
    return await page(request, "reminders/stop.html", {"stopped": True})


ROUTES = [
    Route("/reminders", show_reminders),
    Route("/reminders", save, methods=["POST"]),
    Route("/reminders/stop/{token}", show_stop),
    Route("/reminders/stop/{token}", stop, methods=["POST"]),
]
