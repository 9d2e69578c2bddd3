"""A pipeline that remembers says what one says that does not."""

import pytest

from moderation.draft import Draft, Kind, Policy, Standing
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.verdict import Outcome
from tests.builders import CLAIMS, GIVES_AWAY, HARMLESS, HOLDS, IN_DANGER, STIGMA, Community
from tests.remembering import Remembering, judged, read_once

DRAFTS = [
    *(Draft(text) for text in (HARMLESS, HOLDS, GIVES_AWAY, STIGMA, IN_DANGER, CLAIMS, "", "x" * 20_000)),
    Draft(HARMLESS, title="A title"),
    Draft(HARMLESS, Standing(recent=(HARMLESS,) * 5)),
    Draft(HARMLESS, policy=Policy(held_words=("morning",))),
    Draft(HOLDS, audience="team"),
    Draft(HOLDS, kind=Kind.NAME),
    Draft(STIGMA, choices={"stigma": Outcome.PUBLISH}),
]


async def test_what_is_remembered_is_what_would_be_said_anew(community: Community) -> None:
    scorer, policy = read_once()
    anew, remembering = Pipeline(scorer, policy=policy), Remembering(community.services.settings)

    for draft in DRAFTS:
        first, second = await remembering.screen(draft), await remembering.screen(draft)

        assert first == second == await anew.screen(draft)


async def test_under_another_policy_all_is_judged_anew(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembering = Remembering(community.services.settings)
    other = await remembering.screen(Draft(HOLDS))
    await remembering.screen(Draft(HARMLESS))
    monkeypatch.setattr("tests.remembering.judged", dict.fromkeys(judged, other))

    assert await remembering.screen(Draft(HARMLESS)) == other
    remembering.policy = PolicyFile.load()
    assert await remembering.screen(Draft(HARMLESS)) != other
