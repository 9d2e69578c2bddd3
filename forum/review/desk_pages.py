"""The desk: the queue, one item in its context, and the decision."""

from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import Viewer, signed_in
from forum.accounts.tables import Account
from forum.errors import ForumError, Invalid, NotFound
from forum.guidelines import GUIDELINES
from forum.language import N_, Words
from forum.messages.asking import quoted
from forum.messages.explanations import CLAIMS, explain, guideline_words
from forum.messages.findings import findings_shown
from forum.messages.pages import url_of
from forum.messages.reading import lines_before, published_in, show_rows
from forum.messages.tables import Message
from forum.messages.views import author_of
from forum.messages.whereabouts import where
from forum.review.queue import Last, kind_of, queue_length, queue_page, reports_of
from forum.review.reporting import REASONS
from forum.review.ruling import Decision, rule
from forum.review.tables import Report, Ruling
from forum.services import services_of
from forum.shown import Shown
from forum.spaces.tables import Place
from forum.web import Flash, page, read_form, say, see
from moderation.draft import Draft
from moderation.verdict import Finding

PAGE = 30
BEFORE = 5

OUTCOMES: dict[str, Words] = {
    "released": N_("Published"),
    "refused": N_("Not published"),
    "edit-released": N_("The edit was published"),
    "edit-refused": N_("The earlier words stayed"),
    "kept": N_("Left up"),
    "seen": N_("Somebody looked"),
    "taken-down": N_("Taken down"),
}


def moderating(request: Request) -> Viewer:
    """Return the moderator who asks; for everybody else the desk does not exist: NotFound."""
    viewer = signed_in(request)
    if not viewer.can_moderate:
        raise NotFound
    return viewer


async def show_queue(request: Request) -> Response:
    """GET /desk?after=&done=."""
    viewer, services = moderating(request), services_of(request)
    start = request.query_params.get("after")
    after = Last.parse(start) if start else None
    async with services.database.reading() as session:
        items = await queue_page(session, viewer, services.renderer, after, PAGE + 1)
        count = await queue_length(session, viewer)
    last = items[PAGE - 1] if len(items) > PAGE else None
    done = OUTCOMES.get(request.query_params.get("done", ""))
    context = {
        "items": items[:PAGE],
        "count": count,
        "older": f"/desk?after={last.last}" if last else None,
        "flash": Flash("info", (done,)) if done else None,
    }
    return await page(request, "review/desk.html", context)


async def show_item(request: Request) -> Response:
    """GET /desk/{id}."""
    return await _item_page(request, moderating(request), None)


async def _item_page(request: Request, viewer: Viewer, error: ForumError | None) -> Response:
    services = services_of(request)
    async with services.database.reading() as session:
        context = await _item(request, session, request.path_params["id"])
    fields = error.fields if isinstance(error, Invalid) else {"form": error.words} if error else {}
    context |= {
        "errors": fields,
        "reasons": [{"key": one.slug, "words": say(request, one.title)} for one in GUIDELINES],
    }
    return await page(request, "review/item.html", context, status=error.status if error else 200)


async def _item(request: Request, session: AsyncSession, message_id: UUID) -> dict[str, object]:
    message = await session.get(Message, message_id)
    if message is None:
        raise NotFound
    place = await session.get_one(Place, message.place_id)
    author = await session.get_one(Account, message.author_id)
    revised = await session.get(Message, message.revises_id) if message.revises_id else None
    found = await findings_shown(session, message)
    reports = (await reports_of(session, [message.id])).get(message.id, ())
    words = {
        "where": (await where(session, services_of(request).renderer, [place.id]))[place.id],
        "place_url": url_of(place, revised or message),
        "author": author_of(author),
        "text": reports[0].text if reports else message.text,
        "previous_html": revised.html if revised else None,
    }
    return {
        "item": _as_it_is(message, bool(reports)) | words,
        "findings": [_found(request, one, _words_of(message)) for one in found],
        "reports": [_reported(request, one) for one in reports],
        "notes": _notes(request),
        "note": next((one.kind for one in found if one.rule == "claim"), ""),
        "rulings": await _rulings(request, session, message.id),
        "before": await _before(session, message),
    }


def _as_it_is(message: Message, reported: bool) -> dict[str, object]:
    return {
        "id": message.id,
        "kind": kind_of(message, reported),
        "state": message.state,
        "version": message.version,
        "at": message.created_at,
        "title": message.title,
        "html": message.html,
    }


def _words_of(message: Message) -> str:
    return Draft(message.text, title=message.title).words


def _reported(request: Request, report: Report) -> dict[str, object]:
    claim = say(request, CLAIMS[report.kind]) if report.kind else ""
    return {"reason": say(request, REASONS[report.reason]), "claim": claim, "at": report.created_at}


def _notes(request: Request) -> list[dict[str, str]]:
    none = {"key": "", "words": say(request, N_("No note"))}
    return [none, *({"key": key, "words": say(request, words)} for key, words in CLAIMS.items())]


def _found(request: Request, found: Finding, words: str) -> dict[str, object]:
    return {
        "seen": quoted(words, found.spans),
        "rule": found.rule,
        "detail": found.detail,
        "judge": ", ".join(filter(None, (found.model, found.policy and f"policy {found.policy}"))),
        "words": say(request, explain([found])[0]),
    }


async def _rulings(request: Request, session: AsyncSession, message_id: UUID) -> list[dict[str, object]]:
    query = select(Ruling).where(Ruling.message_id == message_id).order_by(col(Ruling.made_at))
    return [
        {
            "what": say(request, OUTCOMES[row.outcome]),
            "reason": say(request, guideline_words(row.reason)) if row.reason else "",
            "at": row.made_at,
        }
        for row in (await session.exec(query)).all()
    ]


async def _before(session: AsyncSession, message: Message) -> list[Shown]:
    """What stood before it and what it answers, as everybody saw it."""
    rows = list(await lines_before(session, message.place_id, message.seq, BEFORE))
    if message.parent_id and message.parent_id not in {row.id for row, _ in rows}:
        answered = published_in(message.place_id).where(Message.id == message.parent_id)
        rows = [*(await session.exec(answered)).all(), *rows]
    return [replace(one, can_reply=False) for one in await show_rows(session, rows)]


async def decide(request: Request) -> Response:
    """POST /desk/{id}/rulings: ruling=release or refuse, reason, note, version."""
    form = await read_form(request)
    viewer = moderating(request)
    try:
        decision = Decision(
            message_id=request.path_params["id"],
            moderator_id=viewer.id,
            release={"release": True, "refuse": False}[form.get("ruling", "")],
            version=int(form.get("version", "")),
            reason=form.get("reason", ""),
            note=form.get("note", ""),
        )
    except (KeyError, ValueError):
        raise ForumError from None
    try:
        ruling = await rule(services_of(request), decision)
    except NotFound:
        raise
    except ForumError as error:
        return await _item_page(request, viewer, error)
    return see(f"/desk?done={ruling.outcome}")


ROUTES = [
    Route("/desk", show_queue),
    Route("/desk/{id:uuid}", show_item),
    Route("/desk/{id:uuid}/rulings", decide, methods=["POST"]),
]
