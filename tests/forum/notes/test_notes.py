"""Claims about the notes on claims that can harm: each has a source, a page and a day, and stays short."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from forum.notes.notes import CLASSES, LONGEST, all_notes, note_of, read

GOOD: dict[str, str | None] = {
    "statement": '"Recovery is possible."',
    "source": '"A health body: a title"',
    "page": '"https://health.example.gov"',
    "reviewed": "2026-11-22",
}
DOSE = re.compile(r"\d|\b(mg|milligrams?|units?|percent|tablets?|pills?|drops?|ml)\b", re.IGNORECASE)
LABELS = re.compile(r"\b(addicts?|abusers?|alcoholics?|junkies|users?|clean|dirty|victims?)\b", re.IGNORECASE)


def written(changes: dict[str, str | None], of: str = "cure") -> str:
    """Return a file with a note on every class, one of them changed; a field set to None is left out."""
    notes = {claim_class: GOOD | (changes if claim_class == of else {}) for claim_class in {*CLASSES, of}}
    return "\n".join(
        f"[{claim_class}]\n" + "\n".join(f"{field} = {value}" for field, value in note.items() if value)
        for claim_class, note in notes.items()
    )


# The notes that ship with us


def test_every_class_of_claim_has_its_note() -> None:
    assert set(all_notes()) == set(CLASSES)


@pytest.mark.parametrize("claim_class", CLASSES)
def test_a_note_is_found_by_its_class(claim_class: str) -> None:
    note = note_of(claim_class)

    assert note is not None
    assert note.claim_class == claim_class


@pytest.mark.parametrize("claim_class", ["", "weather", "CURE"])
def test_there_is_no_note_on_anything_else(claim_class: str) -> None:
    assert note_of(claim_class) is None


def test_every_note_has_a_source_a_secure_page_and_a_day_of_review() -> None:
    for note in all_notes().values():
        assert note.source
        assert urlsplit(note.page).scheme == "https"
        assert isinstance(note.reviewed, date)


def test_a_statement_is_one_or_two_sentences() -> None:
    for note in all_notes().values():
        said = note.statement.msgid

        assert said.endswith("."), note.claim_class
        assert len(re.findall(r"[.!?](?:\s|$)", said)) <= 2, note.claim_class
        assert len(said) <= LONGEST


def test_no_statement_tells_a_dose() -> None:
    assert [note.claim_class for note in all_notes().values() if DOSE.search(note.statement.msgid)] == []


def test_every_statement_puts_the_person_first() -> None:
    assert [note.claim_class for note in all_notes().values() if LABELS.search(note.statement.msgid)] == []


# Reading


def test_a_note_is_read_as_it_is_written() -> None:
    note = read(written({}))["cure"]

    assert (note.statement.msgid, note.source) == ("Recovery is possible.", "A health body: a title")
    assert (note.page, note.reviewed) == ("https://health.example.gov", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"statement": None}, "must have"),
        ({"dose": '"none"'}, "nothing else"),
        ({"statement": '" "'}, "in words"),
        ({"source": "7"}, "in words"),
        ({"statement": f'"{"a" * (LONGEST + 1)}"'}, "at most"),
        ({"statement": '"100 %"'}, "plain"),
        ({"page": '"http://health.example.gov"'}, "secure page"),
        ({"page": '"https://["'}, "secure page"),
        ({"reviewed": '"2026-11-22"'}, "day of review"),
        ({"reviewed": "2026-11-22T10:00:00"}, "day of review"),
    ],
)
def test_a_note_that_makes_no_sense_is_named(changes: dict[str, str | None], why: str) -> None:
    with pytest.raises(ValueError, match=rf"'cure'.*{why}"):
        read(written(changes))


def test_a_note_on_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="'weather' is about no class"):
        read(written({}, of="weather"))


def test_a_class_without_a_note_is_refused() -> None:
    with pytest.raises(ValueError, match="no note on 'stop-medicine'"):
        read("")


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read("[cure")
