"""The pages of the policy itself: an administrator's draft, what it would change, and putting it in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.accounts.team import administering
from forum.drafts.fields import Ground, filled, taken
from forum.drafts.previewing import preview
from forum.drafts.showing import Known, policy_context
from forum.errors import Conflict, ForumError, Invalid
from forum.language import N_, Words
from forum.policies.keeping import latest, refresh
from forum.policies.putting import Prepared, drop_draft, note_trial, put_in_force, revert, save_draft
from forum.policies.tables import PolicyDraft, PolicyVersion
from forum.services import services_of
from forum.web import Flash, page, read_form, see

HERE = "/manage/policy"
MOST_DIGITS = 9
SHOWN = 20
"""Versions listed, the newest first."""
DONE: Mapping[str, Words] = {
    "tried": N_("Your draft is kept, and was tried on past messages. Nothing has changed yet."),
    "put": N_("It is in force, from the next message on."),
    "dropped": N_("Your draft is gone. What is in force has not changed."),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: what was typed, what is wrong with it, and with which status."""

    form: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Words] = field(default_factory=dict)
    status: int = 200


async def show_policy(request: Request) -> Response:
    """GET /manage/policy?done=."""
    return await _policy_page(request, administering(request), Sent())


async def try_draft(request: Request) -> Response:
    """POST /manage/policy: words, outcomes, scores, signs, based_on. Keeps the draft and tries it."""
    form = await read_form(request)
    admin, services = administering(request), services_of(request)
    known = await _known(request, admin)
    try:
        own = taken(known.ground, form, known.own)
        words = form.get("words", "")
        draft = await save_draft(services, Prepared(admin.id, _number(form, "based_on"), words, own))
    except Invalid as invalid:
        return await _policy_page(request, admin, Sent(form, invalid.fields, invalid.status))
    await note_trial(services, draft, (await preview(services, draft)).as_json())
    return see(f"{HERE}?done=tried#tried")


async def put_draft(request: Request) -> Response:
    """POST /manage/policy/in-force: version of the draft."""
    form = await read_form(request)
    admin = administering(request)
    try:
        await put_in_force(services_of(request), admin.id, _number(form, "version"))
    except Conflict as conflict:
        return await _policy_page(request, admin, Sent({}, {"form": conflict.words}, conflict.status))
    return see(f"{HERE}?done=put")


async def bring_back(request: Request) -> Response:
    """POST /manage/policy/back: number of an earlier version, based_on."""
    form = await read_form(request)
    admin = administering(request)
    try:
        await revert(services_of(request), admin.id, _number(form, "number"), _number(form, "based_on"))
    except Conflict as conflict:
        return await _policy_page(request, admin, Sent({}, {"form": conflict.words}, conflict.status))
    return see(f"{HERE}?done=put")


async def let_go(request: Request) -> Response:
    """POST /manage/policy/drop: the draft is gone."""
    await read_form(request)
    await drop_draft(services_of(request), administering(request).id)
    return see(f"{HERE}?done=dropped")


def _number(form: Mapping[str, str], name: str) -> int:
    typed = form.get(name, "")
    if not typed.isdecimal() or len(typed) > MOST_DIGITS:
        raise ForumError
    return int(typed)


async def _known(request: Request, admin: Viewer) -> Known:
    services = services_of(request)
    await refresh(services)
    async with services.database.reading() as session:
        draft = await session.get(PolicyDraft, admin.id)
        now = await latest(session)
        query = select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(SHOWN)
        versions = (await session.exec(query)).all()
    return Known(Ground.of(services.scorer.name), now, draft, versions)


async def _policy_page(request: Request, admin: Viewer, sent: Sent) -> Response:
    known = await _known(request, admin)
    form = dict(sent.form) or {**filled(known.ground, known.own), "words": known.words}
    done = DONE.get(request.query_params.get("done", ""))
    context = {
        **policy_context(request, known, form),
        "form": form,
        "errors": sent.errors,
        "flash": Flash("info", (done,)) if done and not sent.errors else None,
    }
    return await page(request, "policies/policy.html", context, status=sent.status)


ROUTES = [
    Route(HERE, show_policy),
    Route(HERE, try_draft, methods=["POST"]),
    Route(HERE + "/in-force", put_draft, methods=["POST"]),
    Route(HERE + "/back", bring_back, methods=["POST"]),
    Route(HERE + "/drop", let_go, methods=["POST"]),
]
