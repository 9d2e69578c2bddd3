"""Claims about wordings: six ship, placeholders are filled once, the team's words come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.roles import Role
from forum.policies.revising import Revision, revise
from forum.policies.sheets import Sheet
from forum.policies.wordings import SHIPPED, fill, is_key, new_key, wordings
from forum.spaces.tables import PlaceKind
from moderation.draft import Draft
from moderation.verdict import Outcome
from tests.builders import Community, published
from tests.forum.talk import statements


@pytest.mark.parametrize("key", SHIPPED)
async def test_what_ships_passes_our_own_judgement_and_names_nobody_badly(
    community: Community, key: str
) -> None:
    text = SHIPPED[key][1].msgid
    filled = fill(text, {"handle": "Rowan", "guideline": "Speak to people as people"})

    verdict = await community.services.pipeline.screen(Draft(filled))

    assert verdict.outcome is Outcome.PUBLISH
    assert "{" not in filled
    assert not {"violation", "banned", "user", "abuse"} & set(filled.lower().split())


def test_six_ship() -> None:
    assert len(SHIPPED) == 6


@given(st.text(), st.text())
def test_what_a_value_says_is_never_filled_again(handle: str, guideline: str) -> None:
    filled = fill("{handle}|{guideline}", {"handle": handle, "guideline": guideline})

    assert filled == f"{handle}|{guideline}"


@pytest.mark.parametrize("text", ["{other}", "{handle.__class__}", "{0}", "%(handle)s", "{{", "{handle"])
def test_anything_else_in_braces_stays_as_it_was_written(text: str) -> None:
    assert fill(text, {"handle": "Rowan", "guideline": "x"}) == text


async def test_the_teams_words_stand_before_ours_and_its_own_wordings_after_the_six(
    community: Community,
) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    key = new_key()
    for name, title in ((key, "Welcome back"), ("refusal", "Not this time")):
        revision = Revision(
            Sheet(PlaceKind.WORDING, name), linnet.id, 0, title, "Hello {handle}: {guideline}."
        )
        published(await revise(community.services, revision))

    async with community.services.database.reading() as session:
        with statements(community.services) as asked:
            found = await wordings(session, community.services.renderer)

    assert [one.key for one in found] == [*SHIPPED, key]
    assert [(one.title, one.version) for one in found if one.version] == [
        ("Not this time", 1),
        ("Welcome back", 1),
    ]
    assert found[0].filled("Rowan", "Be kind") == "Hello Rowan: Be kind."
    assert len(asked) == 1


def test_a_wording_is_one_of_the_six_or_one_we_named() -> None:
    assert is_key("care")
    assert is_key(new_key())
    assert not any(map(is_key, ["", "own-", "own-x", "../care", "new", "own-" + "G" * 32]))
