"""What both pages of the policy show: a field for each choice, what is fixed, and what a save changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.roles import Role
from forum.accounts.sessions import signed_in
from forum.admin.rule_words import CHOICES, MEANINGS, TOLD, Told
from forum.errors import Invalid
from forum.language import N_, Words
from forum.services import services_of
from forum.spaces.choosing import offered
from forum.spaces.tables import Space
from forum.web import Flash, page, say, see
from moderation.rulebook import Rule
from moderation.verdict import Outcome

Rules = Mapping[str, Rule]
SAVED = N_("Saved. It counts from the next message on.")
AS_BEFORE = N_("Nothing has changed: it was like this already.")
SETTLED = N_("An administrator has settled this for the whole site.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: what was typed, and what is wrong with it."""

    form: Mapping[str, str]
    invalid: Invalid


def sent_back(request: Request, form: Mapping[str, str], invalid: Invalid, prefix: str = "") -> Sent:
    """Return the form with every mistake at its field, by the name of its rule, as a list of them needs."""
    fields = {
        f"{prefix}{name}": N_(
            "%(rule)s: %(words)s", rule=say(request, TOLD[name].name), words=say(request, words)
        )
        for name, words in invalid.fields.items()
    }
    return Sent(form, Invalid(fields))


@dataclass(frozen=True, slots=True)
class Field:
    """One list to choose from, with the words of its outcomes, and the outcome that is chosen in it."""

    name: str
    options: tuple[Mapping[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule with its fields; `narrowed` is what was chosen for it before that was ruled out."""

    told: Told
    usual: Words
    fields: tuple[Field, ...]
    narrowed: Words | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the two pages; `space` is None for the whole site, `changed` what the last save did."""

    space: Space | None
    rows: Sequence[Row]
    rules: Rules
    changed: Sequence[Words]


async def policy_page(request: Request, shown: Shown, sent: Sent | None) -> Response:
    """Render it, with a form that came back, or with what a save has changed."""
    saved = (SAVED, *shown.changed) if shown.changed else ()
    if request.query_params.get("was") == "":
        saved = (AS_BEFORE,)
    context = {
        "shown": shown,
        "fixed": list(_fixed(shown.rules, services_of(request).pipeline.policy.rulebook.rules)),
        "meanings": [(CHOICES[one], MEANINGS[one]) for one in Outcome],
        "administers": signed_in(request).role is Role.ADMINISTRATOR,
        "errors": sent.invalid.fields if sent else {},
        "flash": Flash("info", saved) if saved and not sent else None,
    }
    return await page(request, "admin/policy.html", context, status=sent.invalid.status if sent else 200)


def field(request: Request, name: str, may: Sequence[Outcome], now: Outcome, sent: Sent | None) -> Field:
    """Return the field with what was typed, if it can be shown at all, or what is in force."""
    options = tuple({"key": one.name.lower(), "words": say(request, CHOICES[one])} for one in may)
    typed = sent.form.get(name) if sent else None
    return Field(name, options, typed if typed in [one["key"] for one in options] else now.name.lower())


def saved(request: Request, was: Iterable[str]) -> Response:
    """Go back to the page; its address carries what stood there before, so that it can say what changed."""
    return see(f"{request.url.path}?was={','.join(was)}")


def changed(request: Request, rules: Rules, count: int) -> Iterator[tuple[str, list[Outcome]]]:
    """Yield the rules that the address says were changed, with the outcomes that stood there before."""
    for part in request.query_params.get("was", "").split(","):
        name, *before = part.split(".")
        known = [Outcome[one] for one in before if one in Outcome.__members__]
        if name in rules and len(before) == len(known) == count:
            yield name, known


def _fixed(rules: Rules, rulebook: Rules) -> Iterator[tuple[Told, Words, Words]]:
    """Yield the rules for which nothing can be chosen, with what happens, and why."""
    for name, rule in rules.items():
        if len(offered(name, rule)) == 1:
            ours = len(offered(name, rulebook[name])) == 1
            yield TOLD[name], CHOICES[rule.usual], TOLD[name].limits if ours else SETTLED
