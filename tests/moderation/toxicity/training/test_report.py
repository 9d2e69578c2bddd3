"""Claims about the report: narrow, with the baseline in brackets, and a dash for what was not measured."""

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import IDENTITY_BIAS, Part
from moderation.toxicity.training.evaluation import Evaluation
from moderation.toxicity.training.figures import Figures, LabelFigures, Share
from moderation.toxicity.training.report import lines

TOLD = LabelFigures(Share(120, 12_000), 0.98765, 0.871)
ALIKE = LabelFigures(Share(0, 12_000), None, None)
FIGURES = Figures(12_000, {"toxicity": TOLD, "threat": ALIKE}, Share(7, 11_880), Share(90, 120))
HARMFUL, HARMLESS = (
    Figures(
        10, {"toxicity": LabelFigures(Share(share, 10), None, None)}, Share(1, 10 - share), Share(1, share)
    )
    for share in (10, 0)
)


def evaluation(scorer: str, figures: Figures = FIGURES, sources: int = 1) -> Evaluation:
    of_sources = {IDENTITY_BIAS if number else "source-0": figures for number in range(sources)}
    kinds = {"insult": HARMFUL, "grief": HARMLESS}
    return Evaluation(scorer, "1", "members", (Part.HELD_OUT, Part.TRAINING), of_sources, kinds, figures)


def test_a_source_is_told_with_how_much_of_it_is_toxic_each_label_and_what_is_held() -> None:
    told = "\n".join(lines(evaluation("model@1")))
    squeezed = [" ".join(line.split()) for line in told.splitlines()]

    assert "model@1, rows: held-out and training" in told
    assert "by policy 1, as for the audience members" in told
    assert "source-0: 12,000 rows, 1.0% toxic" in told
    assert "toxicity 120 of 12,000 0.988 0.871" in squeezed
    assert "threat 0 of 12,000 - -" in squeezed
    assert "mean 0.988 0.871" in squeezed
    assert "harmless held:    0.1% = 7 of 11,880" in told
    assert "harmful held:   75.0% = 90 of 120" in told


def test_a_baseline_stands_beside_in_brackets() -> None:
    other = Figures(12_000, {"toxicity": ALIKE, "threat": TOLD}, Share(2, 4), Share(0, 0))

    told = "\n".join(lines(evaluation("model@1"), evaluation("baseline", other)))

    assert "In brackets: baseline." in told
    assert "0.988 (-)" in told
    assert "- (0.988)" in told
    assert "0.1% (50.0%) = 7 of 11,880" in told
    assert "75.0% (-) = 90 of 120" in told


def test_kinds_are_told_harmless_first_and_only_by_what_they_have() -> None:
    told = [line.split() for line in lines(evaluation("model@1"))]

    assert ["harmless", "grief", "10.0%", "=", "1", "of", "10"] in told
    assert ["harmful", "insult", "10.0%", "=", "1", "of", "10"] in told
    assert len([line for line in told if "insult" in line or "grief" in line]) == 2


def test_all_rows_together_are_told_only_of_several_sources() -> None:
    one, two = (["".join(lines(evaluation("model@1", sources=number)))] for number in (1, 2))

    assert "all rows together" not in one[0]
    assert "all rows together: 12,000 rows" in two[0]


def test_a_source_that_knows_nothing_of_toxicity_says_nothing_of_it() -> None:
    figures = Figures(1, {"threat": ALIKE}, Share(0, 0), Share(0, 0))

    told = list(lines(evaluation("model@1", figures)))

    assert "source-0: 1 row" in told
    assert not [line for line in told if "held:" in line]


def test_a_figure_that_flatters_comes_with_a_caution() -> None:
    one, two = (list(lines(evaluation("model@1", sources=number))) for number in (1, 2))

    assert not [line for line in one if line.startswith("  (")]
    assert len([line for line in two if line.startswith("  (")]) == 2


def test_no_line_is_wider_than_a_terminal() -> None:
    wide = LabelFigures(Share(123_456, 1_234_567), 0.98765, 0.98765)
    figures = Figures(
        1_234_567, dict.fromkeys(ALL_LABELS, wide), Share(123_456, 1_234_567), Share(1, 1_234_567)
    )

    told = list(lines(evaluation("model@1", figures, 2), evaluation("baseline", figures, 2)))

    assert max(map(len, told)) <= 80
