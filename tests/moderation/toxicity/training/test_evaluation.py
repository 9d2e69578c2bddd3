"""Claims about an evaluation: what it counts, what it leaves out, and when there is none."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.corpus import RECOVERY, CorpusError, Part, Row, concern_rows, recovery_rows
from moderation.toxicity.training.evaluation import CHARACTERS, TOGETHER, NoFigures, evaluate, gathered
from moderation.toxicity.training.figures import Share
from tests.moderation.scorers import CALM, Answers, Raises

POLICY = Thresholds.read('version = "of this test"\n[models.other.public]\ntoxicity = 0.5\nthreat = 0.9\n')


class Reads(Answers):
    """Scores toxicity as the number at the end of a text, and knows nothing of the other labels."""

    name = "reads"
    labels: tuple[str, ...] = ("toxicity",)

    def __init__(self) -> None:
        super().__init__()
        self.chunks: list[list[str]] = []

    async def score(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        self.chunks.append(list(texts))
        return [{"toxicity": float(text.split()[-1])} for text in texts]


def row(
    text: str, toxicity: float | None, source: str = "mine", kind: str = "", threat: float | None = None
) -> Row:
    labels = {"toxicity": toxicity, "threat": threat}
    return Row(text, tuple(labels.get(label) for label in ALL_LABELS), source, Part.HELD_OUT, kind)


async def test_each_source_has_its_figures_and_all_rows_together_have_theirs() -> None:
    rows = [
        row("a 0.1", 0.0),
        row("b 0.6", 0.0),
        row("c 0.9", 1.0),
        row("d 0.4", 1.0, "other"),
        row("e 0.2", 0.0, "other"),
    ]

    measured = await evaluate(Reads(), rows, POLICY)

    assert (measured.scorer, measured.policy, measured.audience) == ("reads", "of this test", "members")
    assert measured.parts == (Part.HELD_OUT,)
    assert list(measured.sources) == ["mine", "other"]
    mine, together = measured.sources["mine"], measured.together
    assert (mine.rows, mine.labels["toxicity"].positives) == (3, Share(1, 3))
    assert (mine.labels["toxicity"].auc, mine.labels["toxicity"].precision) == (1.0, 1.0)
    assert (mine.harmless_held, mine.harmful_held) == (Share(1, 2), Share(1, 1))
    assert together.labels["toxicity"].auc == pytest.approx(5 / 6)
    assert (together.harmless_held, together.harmful_held) == (Share(1, 3), Share(1, 2))


async def test_a_label_that_no_row_knows_is_left_out_and_one_that_is_not_scored_has_no_figure() -> None:
    rows = [row("a 0.1", None, threat=0.0), row("b 0.6", None, threat=1.0)]

    measured = await evaluate(Reads(), rows, POLICY)

    mine = measured.sources["mine"]
    assert list(mine.labels) == ["threat"]
    assert (mine.labels["threat"].positives, mine.labels["threat"].auc) == (Share(1, 2), None)
    assert mine.harmless_held == mine.harmful_held == Share(0, 0)
    assert mine.mean_auc is None


async def test_only_our_own_messages_are_told_by_kind() -> None:
    rows = [
        row("a 0.1", 1.0, RECOVERY, "insult"),
        row("b 0.9", 1.0, RECOVERY, "insult"),
        row("c 0.9", 0.0, "mine", "odd"),
    ]

    measured = await evaluate(Reads(), rows, POLICY)

    assert list(measured.kinds) == ["insult"]
    assert measured.kinds["insult"].harmful_held == Share(1, 2)


async def test_the_audience_decides_what_is_held() -> None:
    policy = Thresholds.read(
        'version = "1"\n[models.other.public]\ntoxicity = 0.5\n[models.other.team]\ntoxicity = 0.9\n'
    )
    rows = [row("a 0.7", 1.0)]

    public = await evaluate(Reads(), rows, policy, "public")
    team = await evaluate(Reads(), rows, policy, "team")

    assert (public.together.harmful_held, team.together.harmful_held) == (Share(1, 1), Share(0, 1))


async def test_a_text_is_scored_once_in_chunks_that_a_scorer_takes() -> None:
    short = [row(f"{number} 0.1", 0.0) for number in range(TOGETHER + 1)]
    long = [row("x" * (CHARACTERS // 2) + f"{number} 0.1", 0.0) for number in range(3)]
    scorer = Reads()

    await evaluate(scorer, [*short, *short, *long], POLICY)

    assert [len(chunk) for chunk in scorer.chunks] == [TOGETHER, 2, 1, 1]
    assert len({text for chunk in scorer.chunks for text in chunk}) == sum(map(len, scorer.chunks))


@pytest.mark.parametrize(
    "scorer",
    [
        Raises(),
        Answers([CALM, CALM]),
        Answers([{"toxicity": 1.0}]),
        Answers([CALM | {"threat": 2.0}]),
        Answers(),
    ],
)
async def test_a_scorer_that_fails_or_answers_nonsense_has_no_figures(scorer: Answers) -> None:
    rows = (
        [row("so private", 0.0)]
        if scorer.answer != (CALM,) or isinstance(scorer, Raises)
        else [row("so private", 0.0), row("b", 0.0)]
    )

    with pytest.raises(NoFigures, match="The scorer answers failed") as caught:
        await evaluate(scorer, rows, POLICY)

    assert "private" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_json_says_none_where_there_is_no_figure() -> None:
    measured = await evaluate(Reads(), [row("a 0.1", 0.0, RECOVERY, "grief")], POLICY)

    told = json.loads(json.dumps(measured.as_json()))

    assert told["parts"] == ["held-out"]
    assert told["sources"]["recovery"]["labels"]["toxicity"] == {
        "known": 1,
        "positives": 0,
        "auc": None,
        "average_precision": None,
    }
    assert told["kinds"]["grief"]["harmless"] == {"rows": 1, "held": 0, "share": 0.0}
    assert told["all"]["harmful"] == {"rows": 0, "held": 0, "share": None}
    assert told["all"]["mean_auc"] is None


async def test_without_a_terminal_there_is_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    await evaluate(Reads(), [row("a 0.1", 0.0)], POLICY)

    assert capfd.readouterr() == ("", "")


def test_rows_are_gathered_from_files_and_from_us_each_once_and_of_the_part_that_is_asked(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("text,toxicity,part\ncalm,0,training\nquiet,0,held-out\n")

    held_out = gathered([file, file], Part.HELD_OUT, with_ours=True)
    both = gathered([file], None, with_ours=False)

    ours = [one for one in (*recovery_rows(), *concern_rows()) if one.part is Part.HELD_OUT]
    assert [one.text for one in held_out] == ["quiet", *(one.text for one in ours)]
    assert [one.text for one in both] == ["calm", "quiet"]


def test_nothing_to_measure_with_is_said(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("text,toxicity,part\ncalm,0,training\n")

    with pytest.raises(CorpusError, match="There are no held-out rows to measure with"):
        gathered([file], Part.HELD_OUT, with_ours=False)
    with pytest.raises(CorpusError, match="There are no rows to measure with"):
        gathered([], None, with_ours=False)
