"""Claims about names: they pass the same judge as messages, and cannot wait for a person."""

from dataclasses import replace
from pathlib import Path

import pytest

from forum.naming import LATER, NameNotPossible, screen_name
from moderation.draft import Kind, Policy
from moderation.pipeline import Pipeline
from tests.builders import EMAIL, HOLDS, Community, opened_community
from tests.moderation.scorers import Answers, Hangs, Raises


async def test_a_name_comes_back_tidied(community: Community) -> None:
    assert await screen_name(community.services, "  Evening\u200b circle ") == "Evening circle"


@pytest.mark.parametrize("words", [Policy(held_words=("pills",)), Policy(refused_words=("pills",))])
async def test_a_name_with_a_listed_word_is_refused_without_telling_which(
    community: Community, words: Policy
) -> None:
    services = replace(community.services, policy=words)

    with pytest.raises(NameNotPossible) as refused:
        await screen_name(services, "cheap pills")

    assert refused.value.words == NameNotPossible.words
    assert "pills" not in refused.value.words.msgid


@pytest.mark.parametrize("scorer", [Raises(), Hangs(), Answers(answer=None)])
async def test_while_the_judge_is_away_no_name_is_given_and_another_try_is_asked_for(
    prepared_database: Path, tmp_path: Path, scorer: Answers
) -> None:
    async with opened_community(prepared_database, tmp_path) as community:
        services = replace(community.services, pipeline=Pipeline(scorer, deadline=0.01))

        with pytest.raises(NameNotPossible) as refused:
            await screen_name(services, "Evening circle")

    assert refused.value.words == LATER


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 61, "\u3164\u3164", "two\nlines"])
async def test_a_name_without_a_shape_is_told_what_is_wrong_with_it(community: Community, name: str) -> None:
    with pytest.raises(NameNotPossible) as refused:
        await screen_name(community.services, name, Kind.NAME)

    assert refused.value.words not in (NameNotPossible.words, LATER)


@pytest.mark.parametrize("name", ["junkie", "Rowan the junkie"])
async def test_people_may_call_themselves_what_they_like(community: Community, name: str) -> None:
    assert await screen_name(community.services, name) == name


@pytest.mark.parametrize("name", [EMAIL, "07700 900123"])
async def test_a_name_that_gives_its_owner_away_is_refused(community: Community, name: str) -> None:
    with pytest.raises(NameNotPossible) as refused:
        await screen_name(community.services, name)

    assert refused.value.words == NameNotPossible.words


async def test_a_venue_may_be_an_address_and_no_name_or_line_may(community: Community) -> None:
    services, venue = community.services, "Friends Meeting House, 8 Mount Street, Manchester M2 5NS"

    assert await screen_name(services, venue, Kind.VENUE) == venue
    for kind, text in ((Kind.LINE, venue), (Kind.VENUE, f"{venue}, ring 07700 900123"), (Kind.VENUE, HOLDS)):
        with pytest.raises(NameNotPossible):
            await screen_name(services, text, kind)
