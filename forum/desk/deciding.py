"""From the form of a decision to the decision: what can be chosen, and what was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from forum.accounts.roles import Role
from forum.accounts.sessions import Viewer
from forum.desk.said import HOURS, MEASURES
from forum.errors import ForumError, Invalid
from forum.guidelines import BY_SLUG
from forum.language import N_, Words
from forum.messages.masking import details_in
from forum.policies.wordings import Wording
from forum.rendering import Renderer
from forum.review.decisions import REASONED, Decision
from forum.review.effects import possible
from forum.review.items import MACHINE, Kind
from forum.review.matters import Matter
from forum.review.outcomes import Action, Measure
from forum.spaces.tables import SPOKEN_IN, Place
from moderation.verdict import Finding

LONGEST_NUMBER = 9
ADMINISTRATORS_ONLY = N_("Only an administrator can do this. Choose a pause, and ask one.")
NOT_YET = N_("A letter goes with a decision. Keep it in a note for whoever is asked, and take it out here.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: the action, what it says, its key, and whether it is held against somebody."""

    action: Action
    words: Words
    key: str
    against: bool


KEYS = {
    Action.RELEASE: "r",
    Action.RELEASE_MASKED: "m",
    Action.REFUSE: "x",
    Action.ASK_CHANGE: "a",
    Action.KEEP: "r",
    Action.SEEN: "r",
    Action.TAKE_DOWN: "x",
    Action.RENAME: "x",
    Action.UPHOLD: "r",
    Action.DECLINE: "x",
    Action.ESCALATE: "e",
}
WORDS: Mapping[Action, Words] = {
    Action.RELEASE: N_("Publish"),
    Action.RELEASE_MASKED: N_("Publish without the personal details"),
    Action.REFUSE: N_("Do not publish"),
    Action.ASK_CHANGE: N_("Ask the author to change it"),
    Action.KEEP: N_("Leave it up"),
    Action.SEEN: N_("I have looked"),
    Action.TAKE_DOWN: N_("Take it down"),
    Action.RENAME: N_("Change the handle"),
    Action.UPHOLD: N_("The author is right"),
    Action.DECLINE: N_("The decision stays"),
    Action.ESCALATE: N_("Ask for a second opinion"),
}
OF_EDITS: Mapping[Action, Words] = {
    Action.RELEASE: N_("Publish the edit"),
    Action.REFUSE: N_("Keep the earlier words"),
}
OF_HANDLES: Mapping[Action, Words] = {Action.KEEP: N_("Leave the handle")}


def choices_for(matter: Matter, found: Collection[Finding]) -> tuple[Choice, ...]:
    """Return what is offered for an item as it is now, what is for the author first."""
    item = matter.item
    if item.kind == Kind.APPEAL:
        return tuple(_choice(action, item.kind) for action in (Action.UPHOLD, Action.DECLINE))
    offered = set(possible(matter)) - {_beside(matter)}
    if not details_in(found):
        offered.discard(Action.RELEASE_MASKED)
    if item.escalated_by is None:
        offered.add(Action.ESCALATE)
    return tuple(_choice(action, item.kind) for action in WORDS if action in offered)


def _beside(matter: Matter) -> Action:
    """Of the two that leave things as they are, the one that is not asked for here."""
    by_machine = matter.item.kind == Kind.CARE and matter.item.found_by == MACHINE
    return Action.KEEP if by_machine else Action.SEEN


def _choice(action: Action, kind: str) -> Choice:
    own = {Kind.EDIT.value: OF_EDITS, Kind.HANDLE.value: OF_HANDLES}.get(kind, {})
    return Choice(action, own.get(action, WORDS[action]), KEYS[action], action in REASONED)


def measures_for(viewer: Viewer, place: Place | None) -> tuple[str, ...]:
    """Return the measures that this moderator can take here; the empty one first."""
    room = place is not None and place.kind in SPOKEN_IN
    left_out = {Measure.REMOVAL} if not room else set[Measure]()
    if viewer.role is not Role.ADMINISTRATOR:
        left_out.add(Measure.SUSPEND)
    return tuple(key for key in MEASURES if key not in left_out)


def decision_in(form: Mapping[str, str], item_id: UUID, viewer: Viewer) -> Decision:
    """Return what was chosen; ForumError for a version that no form of ours had, Invalid for a measure that
    is not this moderator's to take.

    A guideline or a note that was left chosen in the form goes only with what it belongs to.
    """
    action, measure = form.get("action", ""), form.get("measure", "")
    if measure == Measure.SUSPEND and viewer.role is not Role.ADMINISTRATOR:
        raise Invalid({"measure": ADMINISTRATORS_ONLY})
    letter = form.get("letter", "")
    if action == Action.ESCALATE and letter.strip():
        raise Invalid({"letter": NOT_YET})
    reasoned = action in REASONED or measure
    return Decision(
        item_id,
        viewer.id,
        version_in(form),
        action,
        reason=form.get("reason", "") if reasoned else "",
        note=form.get("note", "") if action in (Action.RELEASE, Action.RELEASE_MASKED) else "",
        measure=measure,
        hours=_hours(form.get("hours", "")) if measure in (Measure.PAUSE, Measure.REMOVAL) else None,
        letter=letter,
        wording=form.get("wording", ""),
    )


def version_in(form: Mapping[str, str]) -> int:
    """Return the version that a form was made on; ForumError where it is none."""
    text = form.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER):
        raise ForumError
    return int(text)


def _hours(text: str) -> int | None:
    if text and text not in HOURS:
        raise Invalid({"hours": N_("Choose for how long from the list.")})
    return int(text) if text else None


def with_wording(
    form: Mapping[str, str], wordings: Collection[Wording], handle: str, renderer: Renderer
) -> dict[str, str]:
    """Return the form with the chosen wording put into the letter, after what was typed already."""
    chosen = next((one for one in wordings if one.key == form.get("wording")), None)
    if chosen is None:
        return dict(form)
    guideline = BY_SLUG.get(form.get("reason", ""))
    title = renderer.say(guideline.title) if guideline else "…"
    parts = (form.get("letter", "").strip(), chosen.filled(handle, title))
    return {**form, "letter": "\n\n".join(filter(None, parts))}
