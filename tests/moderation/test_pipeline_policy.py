"""Screening by a policy: the rulebook decides, a space chooses within it, and signs reach the stages."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from moderation.draft import Draft, Kind
from moderation.masking import masked
from moderation.pipeline import Pipeline
from moderation.policy import PolicyFile
from moderation.signs import Strength
from moderation.verdict import Finding, Lane, Outcome, Verdict
from tests.moderation.scorers import CALM, Answers, Raises

FLOORS = [
    ("her number is 07911 123456", "others-details", Outcome.HOLD),
    ("Anyone selling Xanax near Cardiff?", "sourcing", Outcome.HOLD),
    ("my number is 07911 123456", "own-details", Outcome.NUDGE),
]
SIGNS = """
[signs.answers.claim]
against = 0.1
perhaps = 0.3
sure = 0.8
"""


def everything(outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys([*PolicyFile.load().rulebook.rules, "toxicity", "unscored", "stage-failed"], outcome)


def of(verdict: Verdict, rule: str) -> Finding:
    [found] = [finding for finding in verdict.findings if finding.rule == rule]
    return found


def gentle(draft: Draft) -> Finding | None:
    return Finding("sourcing", Outcome.PUBLISH, "it asks for little")


def harsh(draft: Draft) -> Finding | None:
    return Finding("language", Outcome.REFUSE, "it asks for much")


async def test_the_rulebook_decides_and_not_the_stage() -> None:
    verdict = await Pipeline(Answers(), [gentle, harsh]).screen(Draft("hello"))

    assert [finding.outcome for finding in verdict.findings] == [Outcome.HOLD, Outcome.NUDGE]
    assert {finding.policy for finding in verdict.findings} == {PolicyFile.load().version}
    assert verdict.outcome is Outcome.HOLD


async def test_a_spaces_choice_is_used() -> None:
    draft = Draft("http://a.org http://b.org http://c.org")

    usual = await Pipeline(Answers()).screen(draft)
    chosen = await Pipeline(Answers()).screen(replace(draft, choices={"links": Outcome.PUBLISH}))

    assert (usual.outcome, chosen.outcome) == (Outcome.HOLD, Outcome.PUBLISH)
    assert of(chosen, "links").detail == "3 links from a new member"


@pytest.mark.parametrize(("text", "rule", "floor"), FLOORS)
async def test_the_gentlest_choice_everywhere_stops_at_the_floor(
    text: str, rule: str, floor: Outcome
) -> None:
    verdict = await Pipeline(Answers()).screen(Draft(text, choices=everything(Outcome.PUBLISH)))

    assert of(verdict, rule).outcome is floor
    assert verdict.outcome is floor


async def test_no_choice_lets_a_threat_through_whatever_else_is_said() -> None:
    scorer = Answers([CALM | {"threat": 0.45, "insult": 1.0, "toxicity": 1.0}])

    verdict = await Pipeline(scorer).screen(Draft("hello", choices=everything(Outcome.PUBLISH)))

    assert of(verdict, "toxicity").label == "threat"
    assert verdict.outcome is Outcome.HOLD


async def test_an_insult_is_what_a_space_may_choose_about() -> None:
    scorer = Answers([CALM | {"insult": 1.0}])

    verdict = await Pipeline(scorer).screen(Draft("hello", choices={"toxicity": Outcome.NUDGE}))

    assert verdict.outcome is Outcome.NUDGE


async def test_the_gravest_choice_everywhere_refuses_nobody_in_danger() -> None:
    draft = Draft("I am going to kill myself tonight", choices=everything(Outcome.REFUSE))

    verdict = await Pipeline(Answers()).screen(draft)

    assert verdict.outcome is Outcome.HOLD
    assert {finding.lane for finding in verdict.findings} == {Lane.CARE}


async def test_no_choice_publishes_what_could_not_be_judged() -> None:
    verdict = await Pipeline(Raises()).screen(Draft("hello", choices=everything(Outcome.PUBLISH)))

    assert verdict.outcome is Outcome.HOLD


async def test_a_scorer_that_fails_leaves_the_stages_at_work() -> None:
    verdict = await Pipeline(Raises()).screen(Draft("I want to die and I have a plan for tonight"))

    assert of(verdict, "unscored").lane is Lane.FAULT
    assert any(finding.lane is Lane.CARE for finding in verdict.findings)


@pytest.mark.parametrize(
    ("score", "strength"), [(0.1, Strength.NONE), (0.5, Strength.PERHAPS), (0.9, Strength.SURE)]
)
async def test_what_the_model_heard_reaches_the_stages(
    tmp_path: Path, score: float, strength: Strength
) -> None:
    heard: list[Strength] = []

    def noting(draft: Draft) -> Finding | None:
        heard.append(draft.heard("claim"))
        return None

    await Pipeline(listening(score), [noting], policy=with_signs(tmp_path)).screen(Draft("hello"))

    assert heard == [strength]


async def test_what_only_the_model_is_sure_of_is_held_by_its_stage(tmp_path: Path) -> None:
    verdict = await Pipeline(listening(0.9), policy=with_signs(tmp_path)).screen(Draft("hello"))

    assert (verdict.outcome, of(verdict, "claim").score) == (Outcome.HOLD, 0.9)


async def test_a_name_gets_no_signs(tmp_path: Path) -> None:
    draft = Draft("Heather", kind=Kind.NAME)
    verdict = await Pipeline(listening(0.9), policy=with_signs(tmp_path)).screen(draft)

    assert verdict.findings == ()


async def test_without_figures_in_the_policy_nothing_is_heard() -> None:
    verdict = await Pipeline(listening(1.0)).screen(Draft("hello"))

    assert (verdict.outcome, verdict.findings) == (Outcome.PUBLISH, ())


@pytest.mark.parametrize(
    "text",
    ["my number is 07911 123456", "mail me at rowan.b@example.com", "I live at 22 Acacia Avenue, Derby"],
)
async def test_a_masked_text_passes(text: str) -> None:
    pipeline = Pipeline(Answers())
    asked = await pipeline.screen(Draft(text))

    again = await pipeline.screen(Draft(masked(asked.text, of(asked, "own-details").spans)))

    assert asked.outcome is Outcome.MASK
    assert (again.outcome, again.findings) == (Outcome.PUBLISH, ())


async def test_a_policy_of_ones_own_is_judged_by(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('version = "9"\nrules = {}\n[models.other.public]\ntoxicity = 0.1\n')
    scorer = Answers([CALM | {"toxicity": 0.2}])

    verdict = await Pipeline(scorer, policy=PolicyFile.read(file)).screen(Draft("hello"))

    assert (verdict.outcome, of(verdict, "toxicity").policy) == (Outcome.HOLD, "9")


def listening(score: float) -> Answers:
    """Return a scorer that hears health advice as surely as this."""
    scorer = Answers([CALM | {"claim": score}])
    scorer.labels = (*scorer.labels, "claim")
    return scorer


def with_signs(folder: Path) -> PolicyFile:
    """Return the policy that ships, with figures for the scorer of these tests."""
    file = folder / "policy.toml"
    file.write_text(files("moderation").joinpath("policy.toml").read_text("utf-8") + SIGNS, "utf-8")
    return PolicyFile.read(file)
