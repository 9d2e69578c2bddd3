"""Which checkpoints are read, and which are refused before anything is built of them."""

import json
import pickle
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from moderation.toxicity.labels import LABELS
from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.checkpoint import in_upstreams_form
from moderation.toxicity.weights import Weights, read_weights
from tests.moderation.toxicity.tiny import changed, tiny_checkpoint, tiny_model

pytestmark = pytest.mark.torch

WHERE = Path("/srv/model/checkpoint.ckpt")
OF_2018 = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")


class Gadget:
    """What a pickle can carry: a call, here of something harmless that would leave a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.trace,)


def saved(loaded: object) -> bytes:
    file = BytesIO()
    torch.save(loaded, file)
    return file.getvalue()


def in_form(labels: tuple[str, ...] = LABELS) -> dict[str, Any]:
    return in_upstreams_form({"classifier.bias": torch.zeros(len(labels))}, labels)


def of_folder(folder: Path) -> Weights:
    return read_weights((folder / "checkpoint.ckpt").read_bytes(), folder).based_on(folder)


def test_labels_of_2018_are_renamed_as_upstream_does() -> None:
    assert read_weights(saved(in_form(OF_2018)), WHERE).labels == LABELS


def test_a_head_may_have_identities_after_its_labels() -> None:
    checkpoint = in_form((*LABELS, "sexual_explicit"))
    checkpoint["config"]["arch"]["args"]["num_classes"] = 16

    weights = read_weights(saved(checkpoint), WHERE)

    assert (len(weights.labels), weights.outputs) == (7, 16)


def test_nothing_in_a_checkpoint_is_run(tmp_path: Path) -> None:
    trace = tmp_path / "was-here"

    with pytest.raises(ModelError, match="holds more than weights"):
        read_weights(saved(in_form() | {"extra": Gadget(trace)}), WHERE)

    assert not trace.exists()


@pytest.mark.parametrize("content", [b"", b"not a zip", pickle.dumps(7), saved(in_form())[:-100]])
def test_what_is_no_checkpoint_cannot_be_read(content: bytes) -> None:
    with pytest.raises(ModelError, match=r"/srv/model/checkpoint\.ckpt"):
        read_weights(content, WHERE)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("config"),
        lambda c: c.pop("state_dict"),
        lambda c: c["config"].pop("dataset"),
        lambda c: c["config"]["arch"]["args"].pop("tokenizer_name"),
        lambda c: c["config"]["arch"]["args"].update(model_name="Trainer"),
        lambda c: c["config"]["arch"]["args"].update(tokenizer_name="pipeline"),
        lambda c: c["config"]["arch"]["args"].update(num_classes=5),
        lambda c: c["config"]["arch"]["args"].update(num_classes="many"),
        lambda c: c["config"].update(arch=None),
        lambda c: c["config"]["dataset"]["args"].update(classes="toxicity"),
        lambda c: c["config"]["dataset"]["args"].update(classes=[]),
        lambda c: c["state_dict"].update(weight="heavy"),
        lambda c: c["state_dict"].update({7: torch.zeros(1)}),
    ],
)
def test_another_form_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    checkpoint = in_form()
    change(checkpoint)

    with pytest.raises(ModelError, match="no checkpoint of Detoxify's form"):
        read_weights(saved(checkpoint), WHERE)


def test_what_is_no_mapping_is_refused() -> None:
    with pytest.raises(ModelError, match="no checkpoint of Detoxify's form"):
        read_weights(saved([torch.zeros(3)]), WHERE)


@pytest.mark.parametrize("labels", [("spam", "ham"), ("toxic", "toxicity"), ("LABEL_0",)])
def test_labels_we_do_not_know_are_refused(labels: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="labels we do not know"):
        read_weights(saved(in_form(labels)), WHERE)


def test_a_whole_checkpoint_fits_its_config(tmp_path: Path) -> None:
    weights = of_folder(tiny_checkpoint(tmp_path / "tiny"))

    assert weights.config().num_labels == len(LABELS)


@pytest.mark.parametrize("name", ["classifier.bias", "bert.encoder.layer.1.output.dense.weight"])
def test_a_missing_weight_is_never_drawn_by_chance(tmp_path: Path, name: str) -> None:
    folder = changed(tiny_checkpoint(tmp_path / "tiny"), lambda c: c["state_dict"].pop(name))

    with pytest.raises(ModelError, match=f"{name} is missing"):
        of_folder(folder).config()


def test_a_head_of_another_shape_is_refused(tmp_path: Path) -> None:
    head = {"classifier.weight": torch.zeros(2, 32), "classifier.bias": torch.zeros(2)}
    folder = changed(tiny_checkpoint(tmp_path / "tiny"), lambda c: c["state_dict"].update(head))

    with pytest.raises(ModelError, match=r"classifier\.bias has another shape \(as 1 others\)"):
        of_folder(folder).config()


def test_a_config_with_fewer_layers_does_not_leave_weights_out(tmp_path: Path) -> None:
    folder = tiny_checkpoint(tmp_path / "tiny")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 1}))

    with pytest.raises(ModelError, match=r"layer\.1\..* has no place"):
        of_folder(folder).config()


def test_the_row_of_positions_in_older_checkpoints_is_no_obstacle(tmp_path: Path) -> None:
    row = {"bert.embeddings.position_ids": torch.arange(64).unsqueeze(0)}
    weights = of_folder(changed(tiny_checkpoint(tmp_path / "tiny"), lambda c: c["state_dict"].update(row)))

    handed_over = torch.load(weights.checkpoint(), weights_only=True)

    assert weights.config()
    assert handed_over["state_dict"].keys() == tiny_model().state_dict().keys()


@pytest.mark.parametrize(
    "config", ["", "[]", '{"model_type": "bert", "hidden_size": 33}', '{"hidden_size": "x"}']
)
def test_a_config_that_makes_no_sense_is_refused(tmp_path: Path, config: str) -> None:
    folder = tiny_checkpoint(tmp_path / "tiny")
    (folder / "config.json").write_text(config)

    with pytest.raises(ModelError, match=r"config"):
        of_folder(folder).config()
