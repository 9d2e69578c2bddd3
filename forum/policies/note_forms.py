"""The form of a source note: statement, source, page and day of review, checked field by field."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from forum.errors import Invalid
from forum.language import N_, Words
from forum.messages.source_notes import as_text, from_text
from forum.notes.notes import LONGEST, SECURE, Note

LONGEST_SOURCE = 300
OLDEST = date(2000, 1, 1)
FIELDS = ("statement", "source", "page", "reviewed")


def fields_of(claim_class: str, text: str) -> dict[str, str]:
    """Return the fields of a note's text; all in the statement where it is no note any more."""
    note = from_text(claim_class, text)
    if note is None:
        return {"statement": " ".join(text.split())[:LONGEST]}
    return {
        "statement": note.statement.msgid,
        "source": note.source,
        "page": note.page,
        "reviewed": note.reviewed.isoformat(),
    }


def note_text(claim_class: str, form: Mapping[str, str], today: date) -> str:
    """Return the note as the text that goes through the door; Invalid names every field to mend."""
    typed = {name: " ".join(form.get(name, "").split()) for name in FIELDS}
    reviewed = None
    with suppress(ValueError):
        reviewed = date.fromisoformat(typed["reviewed"])
    errors: dict[str, Words] = {}
    if not typed["statement"] or len(typed["statement"]) > LONGEST or "%" in typed["statement"]:
        errors["statement"] = N_(
            "One or two plain sentences, at most %(most)s characters, without a percent sign.", most=LONGEST
        )
    if not typed["source"] or len(typed["source"]) > LONGEST_SOURCE:
        errors["source"] = N_("Say who says so, and in which document.")
    if not SECURE.fullmatch(typed["page"]):
        errors["page"] = N_("Give the address of the page, beginning with https://")
    if reviewed is None or not OLDEST <= reviewed <= today:
        errors["reviewed"] = N_("Give the day on which somebody read that page, such as 2026-11-22.")
    if errors or reviewed is None:
        raise Invalid(errors)
    return as_text(Note(claim_class, Words(typed["statement"]), typed["source"], typed["page"], reviewed))
