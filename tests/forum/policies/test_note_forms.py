"""Claims about the form of a source note: each field that needs another look is named."""

from datetime import date

import pytest

from forum.errors import Invalid
from forum.messages.source_notes import as_text, from_text
from forum.notes.notes import CLASSES, all_notes
from forum.policies.note_forms import fields_of, note_text

TODAY = date(2026, 11, 22)
GOOD = {
    "statement": "Mixing is  not safe.",
    "source": "A health body",
    "page": "https://health.example/mixing",
    "reviewed": "2026-11-01",
}


@pytest.mark.parametrize("name", CLASSES)
def test_what_ships_can_be_saved_as_it_is(name: str) -> None:
    text = as_text(all_notes()[name])

    assert note_text(name, fields_of(name, text), date(2030, 1, 1)) == text


def test_a_good_form_is_a_note() -> None:
    note = from_text("mixing", note_text("mixing", GOOD, TODAY))

    assert note is not None
    assert (note.statement.msgid, note.reviewed) == ("Mixing is not safe.", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("statement", ""),
        ("statement", "x" * 281),
        ("statement", "Half of them, 50 % in all."),
        ("source", " "),
        ("source", "x" * 301),
        ("page", "http://health.example"),
        ("page", "javascript:alert(1)"),
        ("page", "https://health.example/a b"),
        ("reviewed", "soon"),
        ("reviewed", "2026-11-23"),
        ("reviewed", "1900-01-01"),
    ],
)
def test_each_mistake_is_named_at_its_field(field: str, typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        note_text("mixing", GOOD | {field: typed}, TODAY)

    assert set(caught.value.fields) == {field}


def test_an_empty_form_names_every_field_and_a_broken_text_is_shown() -> None:
    with pytest.raises(Invalid) as caught:
        note_text("mixing", {}, TODAY)

    assert set(caught.value.fields) == set(GOOD)
    assert fields_of("mixing", "Only\nthis") == {"statement": "Only this"}
