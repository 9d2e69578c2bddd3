"""Claims about the figures: what counts as caught, as right, as falsely held, and what is never left out."""

import json

from moderation.evaluation.corpus import Part
from moderation.evaluation.figures import evaluation, figures, safety
from moderation.evaluation.rate import Rate
from tests.moderation.evaluation.cases import (
    FAILED,
    HELD,
    NUDGED,
    RAISED,
    RAISED_AND_HELD,
    case,
    judged,
    mask,
)

TEXT = "call 555 0100"
OWN = mask(TEXT, "555 0100")


def test_recall_is_of_all_that_want_anything_but_publishing() -> None:
    group = [judged(case("hold"), HELD), judged(case("hold")), judged(case("nudge"), HELD), judged(case())]

    assert figures(group).recall == Rate(1, 3)


def test_precision_is_of_all_that_are_answered_with_anything_but_publishing() -> None:
    group = [judged(case("hold"), HELD), judged(case(), HELD), judged(case(), RAISED), judged(case("hold"))]

    assert figures(group).precision == Rate(1, 3)


def test_false_holds_are_of_all_that_others_may_read() -> None:
    group = [
        judged(case(text=TEXT), OWN),
        judged(case("nudge"), HELD),
        judged(case(), NUDGED),
        judged(case("care"), HELD),
    ]

    assert figures(group).false_holds == Rate(2, 3)


def test_of_no_cases_there_are_no_figures() -> None:
    nothing = figures([])

    assert (nothing.recall.value, nothing.precision.value, nothing.false_holds.value) == (None, None, None)


def test_safety_counts_details_and_care_and_whom_it_wrongs() -> None:
    told = safety(
        [
            judged(case("private", text=TEXT, details=("555 0100",)), OWN),
            judged(case("private", text=TEXT, details=("call", "555 0100")), OWN),
            judged(case("care"), RAISED),
            judged(case("care"), HELD),
            judged(case(), RAISED_AND_HELD),
            judged(case(text=TEXT), OWN),
            judged(case()),
        ]
    )

    assert told.details_hidden == Rate(2, 3)
    assert told.care_recall == Rate(1, 2)
    assert told.harmless_as_care == Rate(1, 3)
    assert told.harmless_masked == Rate(1, 3)
    assert told.harmless_held == Rate(1, 3)


def test_kinds_of_one_name_are_kept_apart_by_stage() -> None:
    told = evaluation(
        "lexicon",
        "1",
        [
            judged(case(kind="quote", stage="spam"), HELD),
            judged(case(kind="quote", stage="care")),
            judged(case("care", kind="active", stage="care"), RAISED),
        ],
    )

    assert list(told.stages) == ["care", "spam"]
    assert list(told.stages["care"].kinds) == ["active", "quote"]
    assert told.stages["care"].kinds["quote"].false_holds == Rate(0, 1)
    assert told.stages["spam"].kinds["quote"].false_holds == Rate(1, 1)
    assert told.together.false_holds == Rate(1, 2)


def test_every_miss_is_listed_and_a_failure_is_one() -> None:
    held, failed, well = (
        judged(case(stage="spam"), HELD),
        judged(case("hold"), FAILED),
        judged(case("hold"), HELD),
    )

    told = evaluation("lexicon", "1", [held, well, failed])

    assert told.missed == (failed, held)
    assert told.faults == 1


def test_the_parts_are_those_that_are_there() -> None:
    told = evaluation("lexicon", "1", [judged(case(part="check")), judged(case())])

    assert told.parts == (Part.CHECK,)


def test_as_json_it_says_all_of_that() -> None:
    missed = judged(case("hold", kind="cure", stage="misinformation", text="No."), NUDGED)

    told = json.loads(json.dumps(evaluation("lexicon", "1", [missed]).as_json()))

    assert (told["scorer"], told["policy"], told["cases"], told["faults"]) == ("lexicon", "1", 1, 0)
    assert told["stages"]["misinformation"]["kinds"]["cure"]["recall"]["of"] == 1
    assert told["all"]["false_holds"]["interval"] is None
    assert told["safety"]["care_recall"]["value"] is None
    assert told["missed"] == [
        {
            "want": "hold",
            "got": "nudge",
            "stage": "misinformation",
            "kind": "cure",
            "rules": ["language"],
            "text": "No.",
        }
    ]
