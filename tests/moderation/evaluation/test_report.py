"""Claims about the report: narrow, each rate with its interval, and every miss with its words."""

from dataclasses import replace

from rich.cells import cell_len

from moderation.evaluation.figures import Evaluation, evaluation
from moderation.evaluation.judging import Judged
from moderation.evaluation.report import lines
from tests.moderation.evaluation.cases import FAILED, HELD, NUDGED, RAISED, case, judged


def measured(*given: Judged) -> Evaluation:
    return evaluation("model@1", "2026", given)


def squeezed(told: Evaluation) -> list[str]:
    return [" ".join(line.split()) for line in lines(told)]


def test_it_says_what_was_measured() -> None:
    told = squeezed(measured(judged(case(part="tune")), judged(case(part="check"))))

    assert told[0] == "model@1, policy 2026, 2 messages: tune and check"


def test_a_rate_stands_with_its_interval_and_its_numbers() -> None:
    told = squeezed(measured(judged(case("care", "active", stage="care"), RAISED), judged(case("care"))))

    assert "care raised 50.0% (9.5% to 90.5%) 1 of 2" in told
    assert "active 100.0% (20.7% to 100.0%) 1 of 1" in told


def test_a_dash_stands_where_there_is_nothing_to_measure() -> None:
    told = squeezed(measured(judged(case(stage="spam"))))

    assert "details never shown -" in told
    assert "recall of" not in told


def test_every_miss_is_told_with_its_rules_and_its_words() -> None:
    told = squeezed(
        measured(judged(case("nudge", "habit", "Their habit.", stage="language"), HELD), judged(case("hold")))
    )

    assert "missed: 2 of 2" in told
    assert told[told.index("want nudge, got hold (language, habit; claim:cure)") + 1] == "Their habit."
    assert "want hold, got publish (chat; no rule)" in told


def test_a_failure_of_ours_is_told_first() -> None:
    told = squeezed(measured(judged(case("hold"), FAILED)))

    assert told[2] == "SOMETHING OF OURS FAILED in 1: each counts as missed."


def test_no_line_is_wider_than_a_terminal() -> None:
    wide = case("hold", "kind" * 30, "漢" * 300 + " \x1b " + "x" * 300, stage="stage" * 30)
    many = [judged(replace(wide, text="x"), NUDGED)] * 12_000  # for the width of the numbers

    told = list(lines(measured(judged(wide, NUDGED), *many)))

    assert max(map(cell_len, told)) <= 80
    assert all(line.isprintable() for line in told)
