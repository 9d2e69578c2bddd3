"""The form of a gathering: what stands in it, what is wrong with it, and the page that it is on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from forum.accounts.sessions import Viewer
from forum.accounts.zones import zones
from forum.calendar.kinds import Format, ForWhom, Kind, Pathway, Transcript
from forum.calendar.local_times import Shown
from forum.calendar.patterns import NTH, Repeats
from forum.calendar.planning import Plan
from forum.calendar.previewing import preview
from forum.calendar.saying import Saying, weekday_names
from forum.calendar.scopes import ALL, Meant, Scope
from forum.calendar.tables import Gathering, Stage
from forum.calendar.timing import STRIKE, offers, typed_start
from forum.language import N_, Words
from forum.messages.resending import Typed, fresh_nonce
from forum.services import services_of
from forum.spaces.access import spaces_seen_by
from forum.web import page, say, web_of

TEMPLATE = "calendar/manage_form.html"
CLOSES: Mapping[str, Words] = {
    "0": N_("Until it begins"),
    "60": N_("Until an hour before"),
    "180": N_("Until three hours before"),
    "1440": N_("Until a day before"),
    "2880": N_("Until two days before"),
    "10080": N_("Until a week before"),
}
ENDS: Mapping[str, Words] = {"count": N_("After so many times"), "until": N_("On a date")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is shown: of a new gathering, or of some dates of one; `plan` where it is previewed."""

    typed: Typed
    gathering: Gathering | None = None
    meant: Meant = ALL
    plan: Plan | None = None
    stands: Mapping[str, str] = field(default_factory=dict)
    """What somebody else has made of it meanwhile."""


async def show_sheet(request: Request, viewer: Viewer, sheet: Sheet) -> Response:
    """Show the form, with its preview where there is one, and with what stands now after a clash."""
    form = _with_ticks_moved(sheet.typed.form)
    async with services_of(request).database.reading() as session:
        spaces = await spaces_seen_by(session, viewer.id, viewer.role)
    context = {
        **choices(request),
        "spaces": [{"key": one.slug, "words": one.name} for one in spaces],
        "gathering": sheet.gathering,
        "is_draft": sheet.gathering is None or sheet.gathering.stage == Stage.DRAFT,
        "scope": sheet.meant.scope,
        "scope_words": say(request, sheet.meant.scope.words),
        "date_id": sheet.meant.occurrence_id or "",
        "parts": sheet.meant.scope is not Scope.ALL,
        "form": form,
        "errors": sheet.typed.errors,
        "question": sheet.typed.question,
        "nonce_field": fresh_nonce(),
        "offers": _offers(request, form),
        "preview": await preview(request, viewer, sheet.plan, sheet.gathering) if sheet.plan else None,
        "stands": sheet.stands,
    }
    return sheet.typed.on(await page(request, TEMPLATE, context, status=sheet.typed.status))


def choices(request: Request) -> dict[str, object]:
    """Return what the form's lists offer, in the community's language."""
    names = weekday_names(web_of(request).renderer.language.locale)

    def listed(kind: type[StrEnum]) -> list[dict[str, str]]:
        return [{"key": one.value, "words": say(request, one.words)} for one in kind]  # type: ignore[attr-defined]

    def told(words: Mapping[str, Words]) -> list[dict[str, str]]:
        return [{"key": key, "words": say(request, one)} for key, one in words.items()]

    return {
        "kinds": listed(Kind),
        "pathways": listed(Pathway),
        "formats": listed(Format),
        "for_whoms": listed(ForWhom),
        "transcripts": listed(Transcript),
        "repeats": listed(Repeats),
        "nths": told(NTH),
        "closes": told(CLOSES),
        "ends": told(ENDS),
        "weekdays": [{"key": key, "words": words} for key, words in names.items()],
        "zones": list(zones()),
    }


def _with_ticks_moved(form: Mapping[str, str]) -> dict[str, str]:
    """Return the form with the dates that were ticked to be left out among the dates left out."""
    ticked = [name.removeprefix(STRIKE) for name in form if name.startswith(STRIKE)]
    kept = {name: value for name, value in form.items() if not name.startswith(STRIKE)}
    if "at" in kept and (start := typed_start(kept)) is not None:
        kept |= {"date": f"{start:%Y-%m-%d}", "time": f"{start:%H:%M}"}
        del kept["at"]
    if ticked:
        kept["except"] = "\n".join(dict.fromkeys([*kept.get("except", "").split(), *ticked]))
    return kept


def _offers(request: Request, form: Mapping[str, str]) -> list[dict[str, object]]:
    """Return the two moments to choose from where the clocks skip the time, or show it twice."""
    found = offers(form)
    if not found:
        return []
    locale = web_of(request).renderer.language.locale
    saying = Saying(locale, ZoneInfo(form["zone"]))
    return [
        {
            "local": one.local,
            "fold": str(one.fold),
            "skips": one.shown is Shown.NEVER,
            "said": f"{saying.day(one.moment)}, {saying.clock(one.moment)} ({one.offset})",
        }
        for one in found
    ]
