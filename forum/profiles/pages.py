"""The pages of a profile: seeing a member's, writing one's own."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.handles import handle_key
from forum.accounts.sessions import Viewer, signed_in, zone_of
from forum.accounts.tables import Account
from forum.errors import ForumError, NotFound
from forum.messages.answering import after_sending, sent_flash
from forum.messages.publishing import submit
from forum.messages.reading import own_waiting
from forum.messages.resending import Typed, fresh_nonce, kept_words, submission_in
from forum.messages.submission import Asked, Profile, Refused
from forum.messages.tables import Message, State
from forum.messages.views import author_of
from forum.services import services_of
from forum.shown import Shown
from forum.spaces.tables import Place
from forum.web import page, read_form, see


async def show_member(request: Request) -> Response:
    """GET /members/{handle}: members see members; visitors see nobody."""
    viewer, services = signed_in(request), services_of(request)
    async with services.database.reading() as session:
        query = select(Account).where(Account.handle_key == handle_key(request.path_params["handle"]))
        account = (await session.exec(query)).first()
        if account is None:
            raise NotFound
        message = await _profile(session, account.id)
        pending = await _pending(request, session, viewer) if account.id == viewer.id else []
    context = {
        "member": author_of(account),
        "joined": account.created_at,
        "html": message.html if message else None,
        "message_id": message.id if message else None,
        "mine": account.id == viewer.id,
        "edit_url": "/profile/edit",
        "pending": pending,
        "flash": sent_flash(request.query_params.get("sent", ""), zone_of(viewer)),
    }
    return await page(request, "profiles/profile.html", context)


async def to_member(request: Request) -> Response:
    """GET /members/by-id/{id}: to the page under the handle."""
    signed_in(request)
    async with services_of(request).database.reading() as session:
        account = await session.get(Account, request.path_params["id"])
    if account is None:
        raise NotFound
    query = request.url.query
    return see(f"/members/{account.handle}" + (f"?{query}" if query else ""))


async def _profile(session: AsyncSession, account_id: UUID) -> Message | None:
    query = (
        select(Message)
        .join(Place, col(Place.id) == col(Message.place_id))
        .where(Place.owner_id == account_id, Message.state == State.PUBLISHED)
        .order_by(col(Message.seq).desc())
        .limit(1)
    )
    return (await session.exec(query)).first()


async def _pending(request: Request, session: AsyncSession, viewer: Viewer) -> list[Shown]:
    place = (await session.exec(select(Place.id).where(Place.owner_id == viewer.id))).first()
    if place is None:
        return []
    return [own for _, own in await own_waiting(session, viewer, services_of(request).renderer, place)]


async def show_edit(request: Request) -> Response:
    """GET /profile/edit?again=."""
    viewer = signed_in(request)
    kept = await kept_words(request, viewer)
    async with services_of(request).database.reading() as session:
        message = await _profile(session, viewer.id)
    text = kept.text or (message.text if message else "")
    return await _edit_page(request, viewer, Typed({"text": text}))


async def _edit_page(request: Request, viewer: Viewer, typed: Typed) -> Response:
    async with services_of(request).database.reading() as session:
        pending = await _pending(request, session, viewer)
    context = {
        "nonce_field": fresh_nonce(),
        "form": typed.form,
        "errors": typed.errors,
        "question": typed.question,
        "pending": pending,
    }
    return typed.on(await page(request, "profiles/profile_edit.html", context, status=typed.status))


async def edit(request: Request) -> Response:
    """POST /profile/edit: text, nonce."""
    form = await read_form(request)
    viewer = signed_in(request, kept=form.get("text", ""))
    submission = submission_in(form, Profile(), viewer.id)
    try:
        answer = await submit(services_of(request), submission)
    except ForumError as error:
        return await _edit_page(request, viewer, Typed.objected(form, error))
    if isinstance(answer, Refused | Asked):
        return await _edit_page(request, viewer, Typed.back(form, answer))
    return see(after_sending(f"/members/{viewer.handle}", answer))


ROUTES = [
    Route("/members/by-id/{id:uuid}", to_member),
    Route("/members/{handle}", show_member),
    Route("/profile/edit", show_edit),
    Route("/profile/edit", edit, methods=["POST"]),
]
