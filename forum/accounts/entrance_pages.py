"""The pages at the door: sign up, sign in, sign out, come back with a recovery code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import end_session, find_viewer, label_of, signed_in, viewer_or_none
from forum.accounts.signing_in import Attempt, recover, sign_in
from forum.accounts.signing_up import Wish, sign_up
from forum.accounts.zones import zones
from forum.errors import ForumError, Invalid, TooManyRequests
from forum.services import services_of
from forum.web import own_path, page, read_form, see, set_cookie, web_of
from realtime.backplane import Allowance

SIGN_UPS = Allowance(30, 3_600)
"""Tries from one address in an hour, those with a field to mend too: a group in one clinic can join."""


async def show_sign_up(request: Request) -> Response:
    """GET /sign-up."""
    if viewer_or_none(request):
        return see("/")
    return await _sign_up_page(request, {"time_zone": web_of(request).settings.time_zone})


async def do_sign_up(request: Request) -> Response:
    """POST /sign-up: the account, its session, and the recovery codes, shown this once."""
    form = await read_form(request)
    services = services_of(request)
    try:
        wait = await services.backplane.spend(f"sign-up:{address_of(request)}", SIGN_UPS)
        if wait:
            raise TooManyRequests(wait)
        welcome = await sign_up(services, _wish(request, form))
    except ForumError as error:
        return await _sign_up_page(request, form, error)
    await _end_previous(request)
    request.state.viewer = await find_viewer(services, welcome.token)
    answer = await page(request, "accounts/recovery_codes.html", {"codes": welcome.codes, "next": "/"})
    set_cookie(request, answer, "session", welcome.token, services.settings.session_days)
    return answer


def _wish(request: Request, form: dict[str, str]) -> Wish:
    return Wish(
        handle=form.get("handle", ""),
        password=form.get("password", ""),
        email=form.get("email", ""),
        time_zone=form.get("time_zone", ""),
        guidelines=form.get("guidelines_version", "") if form.get("accept") else "",
        label=label_of(request.headers.get("user-agent", "")),
    )


async def _sign_up_page(request: Request, form: dict[str, str], error: ForumError | None = None) -> Response:
    held = services_of(request).in_force
    context: dict[str, object] = {"guidelines": held.guidelines, "version": held.accept, "zones": zones()}
    if error is None:
        return await page(request, "accounts/sign_up.html", context | {"form": form})
    return await _again(request, "accounts/sign_up.html", _Refusal(form, error, "form", context))


async def show_sign_in(request: Request) -> Response:
    """GET /sign-in?next=/where/to."""
    if viewer_or_none(request):
        return see("/")
    return await page(
        request, "accounts/sign_in.html", {"form": {"next": own_path(request.query_params.get("next", ""))}}
    )


async def do_sign_in(request: Request) -> Response:
    """POST /sign-in: a new session, whatever the browser had before."""
    form = await read_form(request)
    try:
        token = await sign_in(services_of(request), _attempt(request, form, form.get("password", "")))
    except ForumError as error:
        return await _again(request, "accounts/sign_in.html", _Refusal(form, error, "handle"))
    return await _entered(request, token, own_path(form.get("next", "")))


async def show_recover(request: Request) -> Response:
    """GET /recover."""
    return await page(request, "accounts/recover.html", {})


async def do_recover(request: Request) -> Response:
    """POST /recover: a recovery code opens the door once, with a new password."""
    form = await read_form(request)
    attempt = _attempt(request, form, form.get("code", ""))
    try:
        token = await recover(services_of(request), attempt, form.get("password", ""))
    except ForumError as error:
        return await _again(request, "accounts/recover.html", _Refusal(form, error, "code"))
    return await _entered(request, token, "/settings")


async def do_sign_out(request: Request) -> Response:
    """POST /sign-out."""
    await read_form(request)
    viewer = signed_in(request)
    await end_session(services_of(request), viewer, viewer.session_id)
    answer = see("/")
    set_cookie(request, answer, "session", "")
    return answer


def address_of(request: Request) -> str:
    """Return where the request comes from, for counting only: it is never stored or logged."""
    return request.client.host if request.client else "unknown"


def _attempt(request: Request, form: dict[str, str], secret: str) -> Attempt:
    label = label_of(request.headers.get("user-agent", ""))
    return Attempt(form.get("handle", ""), secret, address_of(request), label)


async def _entered(request: Request, token: str, url: str) -> Response:
    await _end_previous(request)
    answer = see(url)
    set_cookie(request, answer, "session", token, services_of(request).settings.session_days)
    return answer


async def _end_previous(request: Request) -> None:
    previous = viewer_or_none(request)
    if previous is not None:
        await end_session(services_of(request), previous, previous.session_id)


@dataclass(frozen=True, slots=True)
class _Refusal:
    form: dict[str, str]
    error: ForumError
    at: str
    context: Mapping[str, object] = field(default_factory=dict)


async def _again(request: Request, template: str, refusal: _Refusal) -> Response:
    error = refusal.error
    invalid = error if isinstance(error, Invalid) else Invalid({refusal.at: error.words})
    answer = await page(
        request, template, {**refusal.context, **_typed(refusal.form, invalid)}, status=error.status
    )
    if isinstance(error, TooManyRequests):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


SECRETS = frozenset({"password", "code", "current", "form_token"})


def _typed(form: dict[str, str], invalid: Invalid) -> dict[str, object]:
    # What was typed comes back, but no secret is written into a page, nor a tick that was refused.
    gone = SECRETS | (invalid.fields.keys() & {"accept"})
    return {
        "form": {name: value for name, value in form.items() if name not in gone},
        "errors": invalid.fields,
    }


ROUTES = [
    Route("/sign-up", show_sign_up),
    Route("/sign-up", do_sign_up, methods=["POST"]),
    Route("/sign-in", show_sign_in),
    Route("/sign-in", do_sign_in, methods=["POST"]),
    Route("/sign-out", do_sign_out, methods=["POST"]),
    Route("/recover", show_recover),
    Route("/recover", do_recover, methods=["POST"]),
]
