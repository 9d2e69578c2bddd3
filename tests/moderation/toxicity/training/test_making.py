"""From csv files to a checkpoint, with the real encoder and very few steps."""

from pathlib import Path

import pytest

from moderation.toxicity.training.corpus import CorpusError

pytest.importorskip("torch")

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.on_detoxify import open_detoxify
from moderation.toxicity.training.fitting import Recipe
from moderation.toxicity.training.making import make_checkpoint, training_rows

pytestmark = pytest.mark.torch

RECIPE = Recipe(epochs=1, batch=4, longest=24, steps=2)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.csv"
    lines = [f"number {word} is kind,0,made" for word in range(300)]
    file.write_text("\n".join(["text,toxicity,source", *lines]))
    return file


def test_a_checkpoint_is_made_that_the_upstream_library_runs(data: Path, tmp_path: Path) -> None:
    sha256 = make_checkpoint([data], tmp_path / "made", RECIPE)

    model = open_detoxify(f"detoxify://{tmp_path}/made?sha256={sha256}")
    [row] = model.predict(["hello"])
    assert model.name == f"waypost-1@{sha256[:8]}"
    assert len(row) == len(ALL_LABELS)


def test_a_run_that_ended_is_made_again_at_once(data: Path, tmp_path: Path) -> None:
    first = make_checkpoint([data], tmp_path / "made", RECIPE)
    opinions = tmp_path / "made.run" / "opinions.json"
    asked = opinions.stat().st_mtime_ns

    second = make_checkpoint([data], tmp_path / "made", RECIPE)

    assert first == second
    assert opinions.stat().st_mtime_ns == asked


def test_a_run_on_other_data_is_not_taken_up(data: Path, tmp_path: Path) -> None:
    make_checkpoint([data], tmp_path / "made", RECIPE)
    data.write_text(data.read_text() + "\none more,0,made")

    with pytest.raises(CorpusError, match="other data"):
        make_checkpoint([data], tmp_path / "made", RECIPE)


def test_training_sees_nothing_that_is_held_out(data: Path) -> None:
    rows = training_rows([data])

    assert {row.part.value for row in rows} == {"training"}
    assert {"made", "recovery", "concerns"} == {row.source for row in rows}
    assert 200 < sum(row.source == "made" for row in rows) < 300


def test_a_file_without_rows_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("text,toxicity,part\nhello,0,held-out\n")

    with pytest.raises(CorpusError, match="nothing to train on"):
        training_rows([tmp_path / "empty.csv"])
