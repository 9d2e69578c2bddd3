"""From csv files to a checkpoint, with the real encoder and very few steps."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError
from moderation.toxicity.training.corpus import CorpusError

pytest.importorskip("torch")

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.on_detoxify import open_detoxify
from moderation.toxicity.training.checkpoint import read_checkpoint
from moderation.toxicity.training.fitting import Recipe
from moderation.toxicity.training.graph import in_common
from moderation.toxicity.training.making import Roots, make_checkpoint, training_rows
from tests.moderation.toxicity.tiny import tiny_checkpoint

pytestmark = pytest.mark.torch

RECIPE = Recipe(epochs=1, batch=4, longest=24, steps=2)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.csv"
    lines = [f"number {word} is kind,0,made" for word in range(300)]
    file.write_text("\n".join(["text,toxicity,source", *lines]))
    return file


def test_a_checkpoint_is_made_that_the_upstream_library_runs(data: Path, tmp_path: Path) -> None:
    [sha256] = make_checkpoint([data], tmp_path / "made", RECIPE).values()

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


def test_two_branches_are_trained_at_once_and_share_a_trunk_afterwards(data: Path, tmp_path: Path) -> None:
    make_checkpoint([data], tmp_path / "start", RECIPE)

    made = make_checkpoint(
        [data], tmp_path / "made", replace(RECIPE, shared=5), Roots(tmp_path / "start", tmp_path / "start")
    )
    first, second = (read_checkpoint(one)[0] for one in made)
    assert list(made) == [tmp_path / "made", tmp_path / "made-beside"]
    assert len(set(made.values())) == 2
    assert in_common([first, second]) == 5


def test_a_second_checkpoint_needs_a_first_with_the_same_words(data: Path, tmp_path: Path) -> None:
    tiny_checkpoint(tmp_path / "tiny")
    make_checkpoint([data], tmp_path / "start", RECIPE)

    with pytest.raises(ModelError, match="--start"):
        make_checkpoint([data], tmp_path / "one", RECIPE, Roots(beside=tmp_path / "tiny"))
    with pytest.raises(ModelError, match="other vocabularies"):
        make_checkpoint([data], tmp_path / "two", RECIPE, Roots(tmp_path / "start", tmp_path / "tiny"))


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
