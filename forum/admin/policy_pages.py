"""The pages of the policy: what a space does where a rule speaks, and how far spaces may choose."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.accounts.sessions import signed_in
from forum.accounts.team import administering
from forum.admin.pages import managing
from forum.admin.policy_showing import Row, Rules, Sent, Shown, changed, field, policy_page, saved, sent_back
from forum.admin.rule_words import CHOICES, TOLD
from forum.errors import Invalid
from forum.language import N_, Words
from forum.services import services_of
from forum.spaces.access import find_space
from forum.spaces.choosing import bind, choices_of, choose, chosen_in, offered, rules_in_force
from forum.spaces.tables import Space
from forum.web import read_form, say
from moderation.rulebook import Choices
from moderation.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Judgement:
    """A space with the rules in force, what was chosen for it, and what that comes to today."""

    space: Space
    rules: Rules
    chosen: Choices
    now: Choices


async def show_judgement(request: Request) -> Response:
    """GET /manage/spaces/{slug}/judgement?was=."""
    return await _judgement_page(request, await _judgement(request))


async def save_judgement(request: Request) -> Response:
    """POST /manage/spaces/{slug}/judgement: an outcome by rule; what is missing stays as it is."""
    form = await read_form(request)
    was = await _judgement(request)
    wanted = {name: form.get(name, outcome.name) for name, outcome in was.now.items()}
    try:
        await choose(services_of(request), was.space.id, wanted, signed_in(request).id)
    except Invalid as invalid:
        return await _judgement_page(request, was, sent_back(request, form, invalid))
    now = (await _judgement(request)).now
    return saved(request, (f"{name}.{one.name}" for name, one in was.now.items() if now[name] is not one))


async def _judgement(request: Request) -> Judgement:
    viewer, rulebook = managing(request), services_of(request).pipeline.policy.rulebook
    async with services_of(request).database.reading() as session:
        space = await find_space(session, request.path_params["slug"], viewer.id, viewer.role)
        rules = await rules_in_force(session, rulebook)
        chosen = await chosen_in(session, space.id)
        return Judgement(space, rules, chosen, await choices_of(session, space.id, rulebook))


async def _judgement_page(request: Request, judgement: Judgement, sent: Sent | None = None) -> Response:
    rows = []
    for name, rule in judgement.rules.items():
        may, chosen = offered(name, rule), judgement.chosen.get(name)
        narrowed = CHOICES[chosen] if chosen is not None and chosen not in may else None
        fields = (field(request, name, may, judgement.now[name], sent),)
        if len(may) > 1:
            rows.append(Row(TOLD[name], CHOICES[rule.usual], fields, narrowed))
    lines = [
        _was_chosen(request, name, judgement.now[name], before)
        for name, (before,) in changed(request, judgement.rules, 1)
    ]
    return await policy_page(request, Shown(judgement.space, rows, judgement.rules, lines), sent)


def _was_chosen(request: Request, name: str, now: Outcome, before: Outcome) -> Words:
    return N_(
        "%(rule)s: now “%(now)s”, before “%(before)s”.",
        rule=say(request, TOLD[name].name),
        now=say(request, CHOICES[now]),
        before=say(request, CHOICES[before]),
    )


async def show_bounds(request: Request) -> Response:
    """GET /manage/bounds?was=."""
    return await _bounds_page(request, await _bounds(request))


async def save_bounds(request: Request) -> Response:
    """POST /manage/bounds: lowest-… and highest-… by rule; what is missing stays as it is."""
    form = await read_form(request)
    was = await _bounds(request)
    wanted = {
        name: (form.get(f"lowest-{name}", rule.lowest.name), form.get(f"highest-{name}", rule.highest.name))
        for name, rule in was.items()
    }
    try:
        await bind(services_of(request), wanted, signed_in(request).id)
    except Invalid as invalid:
        return await _bounds_page(request, was, sent_back(request, form, invalid, "lowest-"))
    now = await _bounds(request)
    moved = {name: rule for name, rule in was.items() if now[name] != rule}
    return saved(request, (f"{name}.{one.lowest.name}.{one.highest.name}" for name, one in moved.items()))


async def _bounds(request: Request) -> Rules:
    """Return the rules in force to an administrator; for others the page does not exist: NotFound."""
    administering(request)
    async with services_of(request).database.reading() as session:
        return await rules_in_force(session, services_of(request).pipeline.policy.rulebook)


async def _bounds_page(request: Request, rules: Rules, sent: Sent | None = None) -> Response:
    rulebook, rows = services_of(request).pipeline.policy.rulebook.rules, []
    for name, rule in rules.items():
        may, ends = offered(name, rulebook[name]), {"lowest": rule.lowest, "highest": rule.highest}
        fields = tuple(field(request, f"{end}-{name}", may, one, sent) for end, one in ends.items())
        if len(may) > 1:
            rows.append(Row(TOLD[name], CHOICES[rulebook[name].usual], fields))
    lines = [
        _was_bound(request, name, (rules[name].lowest, rules[name].highest), before)
        for name, before in changed(request, rules, 2)
    ]
    return await policy_page(request, Shown(None, rows, rulebook, lines), sent)


def _was_bound(request: Request, name: str, now: tuple[Outcome, Outcome], before: list[Outcome]) -> Words:
    low, high, was_low, was_high = (say(request, CHOICES[one]) for one in (*now, *before))
    return N_(
        "%(rule)s: from “%(low)s” to “%(high)s”; before, from “%(was_low)s” to “%(was_high)s”.",
        rule=say(request, TOLD[name].name),
        low=low,
        high=high,
        was_low=was_low,
        was_high=was_high,
    )


SPACE = "/manage/spaces/{slug}/judgement"
ROUTES = [
    Route(SPACE, show_judgement),
    Route(SPACE, save_judgement, methods=["POST"]),
    Route("/manage/bounds", show_bounds),
    Route("/manage/bounds", save_bounds, methods=["POST"]),
]
