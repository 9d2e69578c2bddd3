"""Claims about source notes in the team's own words: they stand under messages; what is no note does not."""

from datetime import date

import pytest

from forum.accounts.roles import Role
from forum.language import Words
from forum.messages.source_notes import as_text, from_text, notes_in_force
from forum.notes.notes import CLASSES, Note, note_of
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.spaces.tables import PlaceKind
from tests.builders import Community, published
from tests.forum.talk import statements

OURS = Note(
    "mixing",
    Words("Mixing is not safe, and nobody has to find out alone."),
    "A health body",
    "https://health.example/mixing",
    date(2026, 11, 1),
)


@pytest.mark.parametrize("name", CLASSES)
def test_a_note_reads_back_as_it_was(name: str) -> None:
    note = note_of(name)

    assert note is not None
    assert from_text(name, as_text(note)) == note


@pytest.mark.parametrize(
    "text", ["", "A\nB\nC", "A\nB\nhttp://c.example\n2026-01-01", "A\nB\nhttps://c.example\nsoon"]
)
def test_what_is_no_note_is_none(text: str) -> None:
    assert from_text("mixing", text) is None


async def test_the_teams_words_stand_before_ours_for_one_query(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    sheet = Sheet(PlaceKind.SOURCE_NOTE, "mixing")
    published(await revise(community.services, Revision(sheet, harbour.id, 0, "Source note", as_text(OURS))))

    async with community.services.database.reading() as session:
        with statements(community.services) as asked:
            found = await notes_in_force(session, ["mixing", "cure", "", "nonsense"])

    assert found == {"mixing": OURS, "cure": note_of("cure")}
    assert len(asked) == 1


async def test_no_note_costs_no_query(community: Community) -> None:
    async with community.services.database.reading() as session:
        with statements(community.services) as asked:
            assert await notes_in_force(session, ["", ""]) == {}

    assert asked == []
