"""The pages on which a manager plans a gathering, looks at its dates before saving, and changes it."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer
from forum.calendar.changing import Change, change
from forum.calendar.managing import find_gathering, managing
from forum.calendar.plan_form import Sheet, show_sheet
from forum.calendar.planning import planned
from forum.calendar.refilling import copied, empty_form, refilled
from forum.calendar.scheduling import Wish, check_to_come, schedule
from forum.calendar.scopes import Meant, Scope
from forum.calendar.words import Words
from forum.errors import Conflict, ForumError, Invalid
from forum.language import N_
from forum.messages.resending import Typed, form_nonce, fresh_nonce, optional_id
from forum.messages.submission import Answer, Asked, Choice, Held, Refused
from forum.services import services_of
from forum.spaces.access import spaces_seen_by
from forum.web import read_form, see, words_in

LIST = "/manage/gatherings"
MOST_DIGITS = 9

Form = Mapping[str, str]


async def show_new(request: Request) -> Response:
    """GET /manage/gatherings/new?copy=: an empty form, or one like an earlier gathering."""
    viewer = managing(request)
    form = empty_form(viewer)
    copy_id = optional_id(request.query_params.get("copy"))
    if copy_id is not None:
        async with services_of(request).database.reading() as session:
            form = await copied(session, await find_gathering(session, copy_id), viewer)
    return await show_sheet(request, viewer, Sheet(Typed({**form, "key": fresh_nonce()})))


async def plan_new(request: Request) -> Response:
    """POST /manage/gatherings/new: the fields of the form, `do` is preview, draft or schedule."""
    form = await read_form(request)
    viewer = managing(request)
    do = doing(form)
    form["did"] = do
    try:
        plan = await planned(services_of(request), form, draft=do == "draft")
        check_to_come(plan, services_of(request).clock())
        space_id = await _space_id(request, viewer, form)
        if do == "preview":
            return await show_sheet(request, viewer, Sheet(Typed(form), plan=plan))
        wish = Wish(_id_in(form, "key"), space_id, plan, _words(viewer, form))
        answer = await schedule(services_of(request), wish)
    except ForumError as error:
        return await show_sheet(request, viewer, Sheet(_objected(form, error)))
    if isinstance(answer, Refused | Asked):
        return await show_sheet(request, viewer, Sheet(Typed.back(form, answer)))
    return see(f"{LIST}?done={_became('draft' if plan.draft else 'scheduled', answer)}")


async def show_change(request: Request) -> Response:
    """GET /manage/gatherings/{id}/edit?scope=&date=: the form of the dates that are meant."""
    viewer = managing(request)
    meant = meant_in(request.query_params)
    async with services_of(request).database.reading() as session:
        gathering = await find_gathering(session, request.path_params["id"])
        form = await refilled(session, gathering, meant)
    return await show_sheet(request, viewer, Sheet(Typed(form), gathering, meant))


async def change_it(request: Request) -> Response:
    """POST /manage/gatherings/{id}/edit: the form, with the version that it was opened on."""
    form = await read_form(request)
    viewer = managing(request)
    do = doing(form)
    form["did"] = do
    meant = meant_in(form)
    async with services_of(request).database.reading() as session:
        gathering = await find_gathering(session, request.path_params["id"])
    try:
        plan = await planned(services_of(request), form, draft=do == "draft")
        if do == "preview":
            return await show_sheet(request, viewer, Sheet(Typed(form), gathering, meant, plan))
        words = _words(viewer, form)
        answer = await change(
            services_of(request), Change(gathering.id, number_in(form, "version"), plan, words, meant)
        )
    except Conflict as conflict:
        return await _clash(request, viewer, Sheet(Typed(form), gathering, meant), conflict)
    except ForumError as error:
        return await show_sheet(request, viewer, Sheet(_objected(form, error), gathering, meant))
    if isinstance(answer, Refused | Asked):
        return await show_sheet(request, viewer, Sheet(Typed.back(form, answer), gathering, meant))
    return see(f"{LIST}?done={_became('draft' if plan.draft else 'changed', answer)}")


async def _clash(request: Request, viewer: Viewer, sheet: Sheet, conflict: Conflict) -> Response:
    """Show what was typed beside what stands there now; the next save is made on that."""
    async with services_of(request).database.reading() as session:
        gathering = await find_gathering(session, request.path_params["id"])
        stands = await refilled(session, gathering, Meant())
    form = {**sheet.typed.form, "version": stands["version"], "based_on": stands["based_on"]}
    typed = Typed(form, {"form": conflict.words}, conflict.status)
    return await show_sheet(request, viewer, Sheet(typed, gathering, sheet.meant, stands=stands))


def doing(form: Form) -> str:
    """Return what is to be done with a form: a question's answer, and an offered time, leave it as it was."""
    if "at" in form:
        return "preview"
    wanted = form.get("do") or form.get("did", "")
    return wanted if wanted in ("draft", "schedule", "save") else "preview"


def meant_in(told: Form) -> Meant:
    """Return which dates an address or a form means; anything else means all to come."""
    date_id = optional_id(told.get("date_id"))
    try:
        scope = Scope(told.get("scope", ""))
    except ValueError:
        scope = Scope.ALL
    return Meant(scope, date_id) if date_id else Meant()


def number_in(form: Form, name: str) -> int:
    """Return the number in a hidden field; ForumError where somebody changed it."""
    typed = form.get(name, "")
    if not typed.isascii() or not typed.isdecimal() or len(typed) > MOST_DIGITS:
        raise ForumError(kept=words_in(dict(form)))
    return int(typed)


def _id_in(form: Form, name: str) -> UUID:
    found = optional_id(form.get(name))
    if found is None:
        raise ForumError(kept=words_in(dict(form)))
    return found


def _words(viewer: Viewer, form: dict[str, str]) -> Words:
    try:
        choice = Choice(form.get("choice", ""))
    except ValueError:
        raise ForumError(kept=words_in(form)) from None
    based_on = number_in(form, "based_on") if form.get("based_on") else 0
    return Words(viewer.id, form.get("title", ""), form.get("text", ""), form_nonce(form), choice, based_on)


async def _space_id(request: Request, viewer: Viewer, form: Form) -> UUID:
    async with services_of(request).database.reading() as session:
        for space in await spaces_seen_by(session, viewer.id, viewer.role):
            if space.slug == form.get("space"):
                return space.id
    raise Invalid({"space": N_("Choose a space.")})


def _objected(form: dict[str, str], error: ForumError) -> Typed:
    """The form comes back whatever the error is, as far as a form can mend it."""
    if isinstance(error, Conflict):
        return Typed(form, {"form": error.words}, error.status)
    return Typed.objected(form, error)


def _became(done: str, answer: Answer | None) -> str:
    return "held" if isinstance(answer, Held) else done


ROUTES = [
    Route(LIST + "/new", show_new),
    Route(LIST + "/new", plan_new, methods=["POST"]),
    Route(LIST + "/{id:uuid}/edit", show_change),
    Route(LIST + "/{id:uuid}/edit", change_it, methods=["POST"]),
]
