"""The training loop: it learns, it is seeded, and it goes on after a break as if there had been none."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch
from tokenizers import Tokenizer

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.corpus import Part, Row
from moderation.toxicity.training.fitting import WEIGHTS, Recipe, Run, _mean
from tests.moderation.toxicity.tiny import TRUNK, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.torch

RECIPE = Recipe(epochs=3, batch=8, longest=16, encoder_rate=1e-3, head_rate=1e-3, averaging=0.5, save_every=2)


def rows(known: float | None = 1.0) -> list[Row]:
    """Return rows of which those with an x are toxic, as a hundred children would write them."""
    made = []
    for number in range(40):
        harm = number % 2
        text = f"{'x' * 3 if harm else 'a' * 3} {chr(97 + number % 26)}"
        rest = None if known is None else float(harm)
        made.append(Row(text, (float(harm), *(rest,) * 5), "made", Part.TRAINING))
    return made


def run(folder: Path, recipe: Recipe = RECIPE) -> Run:
    folder.mkdir(exist_ok=True, parents=True)
    tokenizer = tiny_tokenizer(folder.with_name(f"{folder.name}-tokenizer"))
    return Run(tiny_model(), Tokenizer.from_file(str(tokenizer / "tokenizer.json")), recipe, folder)


def scores(weights: dict[str, torch.Tensor], tokens: list[int]) -> torch.Tensor:
    model = tiny_model()
    model.load_state_dict(weights)
    with torch.inference_mode():
        return torch.sigmoid(model(torch.tensor([tokens])).logits[0])


def test_it_learns_what_the_labels_say(tmp_path: Path) -> None:
    trained = run(tmp_path / "run", replace(RECIPE, epochs=12))

    trained.fit(rows())

    x, a = 5 + ord("x") - 97, 5
    harmful = scores(trained.average, [2, x, 31 + 23, 31 + 23, 3])
    harmless = scores(trained.average, [2, a, 31, 31, 3])
    assert harmful[0] > 0.5 > harmless[0]


def test_a_label_that_no_row_knows_teaches_nothing(tmp_path: Path) -> None:
    trained = run(tmp_path / "run", Recipe(epochs=1, batch=8, longest=16, decay=0.0))
    before = tiny_model().state_dict()["classifier.weight"][1:].clone()

    trained.fit(rows(known=None))

    after = trained.model.state_dict()["classifier.weight"]
    assert torch.equal(after[1:], before)
    assert not torch.equal(after[:1], tiny_model().state_dict()["classifier.weight"][:1])


def test_every_label_counts_alike_however_many_rows_know_it() -> None:
    labels = len(ALL_LABELS)
    losses = torch.ones(8, labels)
    all_know, half_know = torch.ones(8, labels), torch.ones(8, labels)
    half_know[:4, ALL_LABELS.index("care")] = 0

    hard = losses.clone()
    hard[4:, ALL_LABELS.index("care")] = 2

    assert _mean(losses, all_know) == pytest.approx(1)
    assert _mean(losses, half_know) == pytest.approx(1)
    assert _mean(hard, half_know) == pytest.approx(1 + 1 / sum(WEIGHTS))


def test_a_label_that_one_row_knows_counts_for_less() -> None:
    labels = len(ALL_LABELS)
    known = torch.ones(8, labels)
    known[1:, ALL_LABELS.index("care")] = 0

    loss = _mean(torch.ones(8, labels), known)

    assert loss == pytest.approx(1 - 0.5 / sum(WEIGHTS))


def test_what_is_frozen_stays_as_it_is(tmp_path: Path) -> None:
    trained = run(tmp_path / "run", replace(RECIPE, frozen=1))

    trained.fit(rows())

    before = tiny_model().state_dict()
    kept = {name for name in before if torch.equal(trained.average[name], before[name])}
    assert kept >= {name for name in before if name.startswith(TRUNK)}
    assert not any(name.startswith("bert.encoder.layer.1.attention.output.dense") for name in kept)


def test_the_last_layer_cannot_be_frozen(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Of 2 layers at most 1"):
        run(tmp_path / "run", replace(RECIPE, frozen=2))


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    first, second = run(tmp_path / "first"), run(tmp_path / "second")

    first.fit(rows())
    second.fit(rows())

    assert all(torch.equal(first.average[name], second.average[name]) for name in first.average)


def test_a_run_that_was_broken_off_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(tmp_path / "whole")
    whole.fit(rows())
    broken = run(tmp_path / "broken")
    learn, steps = Run._learn, iter(range(5))
    monkeypatch.setattr(Run, "_learn", lambda self, *told: (next(steps), learn(self, *told))[1])
    with pytest.raises((StopIteration, RuntimeError)):
        broken.fit(rows())
    monkeypatch.undo()

    again = run(tmp_path / "broken")
    again.fit(rows())

    assert all(torch.allclose(whole.average[name], again.average[name]) for name in whole.average)


def test_a_folder_of_another_recipe_is_refused(tmp_path: Path) -> None:
    run(tmp_path / "run").fit(rows())

    with pytest.raises(ModelError, match="another recipe"):
        run(tmp_path / "run", Recipe(seed=8))
