"""The member's own settings: time zone, presence, e-mail, password, recovery codes, sessions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import col, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, end_session, end_sessions, open_sessions, signed_in
from forum.accounts.signing_in import change_password, codes_left, renew_codes
from forum.accounts.signing_up import NOT_AN_EMAIL, is_email
from forum.accounts.tables import Account
from forum.accounts.zones import zones
from forum.errors import ForumError, Invalid, TooManyRequests
from forum.language import N_, Words
from forum.services import Services, services_of
from forum.web import Flash, page, read_form, see, set_cookie

SAVED = {
    "preferences": N_("Saved."),
    "email": N_("Saved. Nothing is sent to you that you did not ask for."),
    "letter": N_("If none was sent there in the last two days, a letter is on its way. Open the link in it."),
    "no-email": N_("Your e-mail address is gone from here."),
    "password": N_("Your password is changed, and every other session is signed out."),
    "sessions": N_("Signed out there."),
}


async def show_settings(request: Request) -> Response:
    """GET /settings."""
    return await _settings_page(request, signed_in(request))


@dataclass(frozen=True, slots=True)
class _Refusal:
    error: ForumError
    form: Mapping[str, str] = field(default_factory=dict)


async def _settings_page(request: Request, viewer: Viewer, refusal: _Refusal | None = None) -> Response:
    context = await _context(request, viewer)
    if refusal is None:
        return await page(request, "accounts/settings.html", context)
    context |= {"errors": _fields(refusal.error), "form": refusal.form}
    answer = await page(request, "accounts/settings.html", context, status=refusal.error.status)
    if isinstance(refusal.error, TooManyRequests):
        answer.headers["retry-after"] = str(refusal.error.retry_after)
    return answer


async def _context(request: Request, viewer: Viewer) -> dict[str, object]:
    services = services_of(request)
    async with services.database.reading() as session:
        account = await session.get_one(Account, viewer.id)
    rows = await open_sessions(services, viewer.id)
    done = SAVED.get(request.query_params.get("saved", ""))
    return {
        "account": account,
        "sessions": [
            {
                "id": row.id,
                "label": row.label,
                "created_at": row.created_at,
                "last_seen_at": row.last_seen_at,
                "current": row.id == viewer.session_id,
            }
            for row in rows
        ],
        "zones": zones(),
        "letters_go": services.mailer.delivers,
        "codes_left": await codes_left(services, viewer.id),
        "errors": {},
        "flash": Flash("info", (done,)) if done else None,
    }


def _fields(error: ForumError) -> Mapping[str, Words]:
    return error.fields if isinstance(error, Invalid) else {"current": error.words}


async def save_preferences(request: Request) -> Response:
    """POST /settings/preferences: time_zone, show_presence, nudges."""
    form = await read_form(request)
    viewer = signed_in(request)
    if form.get("time_zone", "") not in zones():
        invalid = Invalid({"time_zone": N_("Choose a time zone from the list.")})
        return await _settings_page(request, viewer, _Refusal(invalid))
    values = {
        "time_zone": form["time_zone"],
        "show_presence": "show_presence" in form,
        "nudges": "nudges" in form,
    }
    await _update(services_of(request), viewer.id, values)
    return see("/settings?saved=preferences")


async def save_email(request: Request) -> Response:
    """POST /settings/email: an address, or nothing to remove it."""
    form = await read_form(request)
    viewer = signed_in(request)
    email = form.get("email", "").strip()
    if email and not is_email(email):
        refusal = _Refusal(Invalid({"email": NOT_AN_EMAIL}), {"email": email})
        return await _settings_page(request, viewer, refusal)
    await _change_email(services_of(request), viewer.id, email or None)
    return see("/settings?saved=" + ("email" if email else "no-email"))


async def _change_email(services: Services, account_id: UUID, email: str | None) -> None:
    async with services.database.transaction() as tx:
        account = await tx.session.get_one(Account, account_id)
        if account.email != email:
            account.email, account.email_confirmed_at = email, None


async def _update(services: Services, account_id: UUID, values: Mapping[str, object]) -> None:
    async with services.database.transaction() as tx:
        await tx.session.exec(update(Account).where(col(Account.id) == account_id).values(**values))


async def save_password(request: Request) -> Response:
    """POST /settings/password: current, password."""
    form = await read_form(request)
    viewer = signed_in(request)
    try:
        await change_password(
            services_of(request),
            viewer.id,
            form.get("current", ""),
            form.get("password", ""),
            viewer.session_id,
        )
    except ForumError as error:
        return await _settings_page(request, viewer, _Refusal(error))
    return see("/settings?saved=password")


async def make_codes(request: Request) -> Response:
    """POST /settings/recovery-codes: eight new ones, shown this once."""
    form = await read_form(request)
    viewer = signed_in(request)
    try:
        codes = await renew_codes(services_of(request), viewer.id, form.get("current", ""))
    except Invalid as invalid:
        renamed = Invalid({"current_for_codes": invalid.fields["current"]})
        return await _settings_page(request, viewer, _Refusal(renamed))
    return await page(request, "accounts/recovery_codes.html", {"codes": codes, "next": "/settings"})


async def end_one(request: Request) -> Response:
    """POST /sessions/{id}/end: sign out there; this browser too, if it is this one."""
    await read_form(request)
    viewer = signed_in(request)
    session_id: UUID = request.path_params["id"]
    await end_session(services_of(request), viewer, session_id)
    if session_id != viewer.session_id:
        return see("/settings?saved=sessions")
    answer = see("/")
    set_cookie(request, answer, "session", "")
    return answer


async def end_others(request: Request) -> Response:
    """POST /sessions/end-others."""
    await read_form(request)
    viewer = signed_in(request)
    services = services_of(request)
    async with services.database.transaction() as tx:
        await end_sessions(tx, viewer.id, services.clock(), kept=viewer.session_id)
    return see("/settings?saved=sessions")


ROUTES = [
    Route("/settings", show_settings),
    Route("/settings/preferences", save_preferences, methods=["POST"]),
    Route("/settings/email", save_email, methods=["POST"]),
    Route("/settings/password", save_password, methods=["POST"]),
    Route("/settings/recovery-codes", make_codes, methods=["POST"]),
    Route("/sessions/{id:uuid}/end", end_one, methods=["POST"]),
    Route("/sessions/end-others", end_others, methods=["POST"]),
]
