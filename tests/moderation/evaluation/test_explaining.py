"""Claims about explanations: the path that a message takes, and nothing left out of it."""

import json

from rich.cells import cell_len

from moderation.draft import Draft
from moderation.evaluation.corpus import Answer
from moderation.evaluation.explaining import PIPELINE, explain, lines
from moderation.stages import STAGES
from moderation.toxicity.scorer import open_scorer
from moderation.verdict import Finding, Outcome, Span
from tests.moderation.evaluation.cases import HELD, mask
from tests.moderation.scorers import Answers, Raises

TEXT = "My number is 555 0100."


def own_details(draft: Draft) -> Finding | None:
    return mask(draft.words, "555 0100")


def too_gentle(draft: Draft) -> Finding | None:
    return Finding("sourcing", Outcome.PUBLISH, "a seller", kind="sell", spans=(Span(0, 2, "sell"),))


def fails(draft: Draft) -> Finding | None:
    raise LookupError(draft.text)


async def test_every_stage_is_on_the_path_in_its_order() -> None:
    told = await explain(Answers(), "hello")

    assert [step.said.stage for step in told.steps] == [
        "misshapen",
        *(stage.__name__ for stage in STAGES),
    ]
    assert told.answer is Answer.PUBLISH


async def test_a_stage_is_told_with_what_the_rulebook_made_of_it_and_quoted_from_the_text() -> None:
    told = await explain(Answers(), "  MDMA, anyone?", [too_gentle])
    step = told.steps[1]

    assert step.said.finding is not None
    assert step.said.finding.outcome is Outcome.HOLD
    assert step.quotes == ("MD",)
    assert (told.given, told.tidied) == (15, 13)
    assert step.as_json() == {
        "stage": "too_gentle",
        "rule": "sourcing",
        "kind": "sell",
        "outcome": "hold",
        "lane": "conduct",
        "detail": "a seller",
        "quotes": ["MD"],
    }


async def test_the_masked_text_is_there_only_where_a_mask_is_asked_for() -> None:
    masked, held = [await explain(Answers(), TEXT, [stage]) for stage in (own_details, too_gentle)]

    assert masked.masked == "My number is [phone number]."
    assert masked.answer is Answer.PRIVATE
    assert held.masked == ""


async def test_scores_stand_beside_what_they_are_held_from() -> None:
    told = await explain(open_scorer("lexicon:"), "You are worthless.", [])

    assert told.heard.scores["insult"] >= told.heard.held_from["insult"]
    assert [(step.said.stage, step.said.finding and step.said.finding.rule) for step in told.steps] == [
        ("misshapen", None),
        (PIPELINE, "toxicity"),
    ]


async def test_a_stage_that_fails_is_told_and_so_is_the_hold_that_it_means() -> None:
    told = await explain(Answers(), "my secret", [fails])

    assert told.steps[1].as_json() == {"stage": "fails", "failed": "LookupError"}
    assert told.steps[2].said.finding is not None
    assert told.steps[2].said.finding.rule == "stage-failed"
    assert told.outcome is Outcome.HOLD


async def test_a_scorer_that_fails_is_told() -> None:
    told = await explain(Raises(), "hello", [])

    assert told.heard.scores == {}
    assert "  pipeline: unscored: hold (the scorer failed)" in list(lines(told))


async def test_what_has_no_shape_meets_no_stage() -> None:
    told = await explain(Answers(), "\ud800", [own_details])

    assert [step.said.stage for step in told.steps] == ["misshapen"]
    assert (told.outcome, told.answer) == (Outcome.REFUSE, Answer.HOLD)


async def test_it_is_told_on_narrow_lines() -> None:
    def quotes(draft: Draft) -> Finding | None:
        return Finding("own-details", Outcome.MASK, "x" * 200, spans=(Span(0, 200), Span(900, 990)))

    told = list(lines(await explain(Answers(), "漢字 " * 100, [quotes])))

    assert max(map(cell_len, told)) <= 80
    assert told[-1] == "verdict: private (mask)"
    assert "masked" in told


async def test_as_json_it_says_all_of_that() -> None:
    told = json.loads(
        json.dumps((await explain(Answers(), TEXT, [own_details, lambda draft: HELD])).as_json())
    )

    assert told["characters"] == {"given": 22, "tidied": 22}
    assert told["scores"]["insult"]["held_from"] > 0
    assert told["scores"]["obscene"]["held_from"] is None
    assert [step["stage"] for step in told["steps"]] == ["misshapen", "own_details", "<lambda>"]
    assert (told["masked"], told["outcome"], told["answer"]) == (
        "My number is [phone number].",
        "hold",
        "hold",
    )
