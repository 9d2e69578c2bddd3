"""`waypost model …`, as somebody types it."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.commands import model
from tests.moderation.toxicity.models import TINY

HEADER = "text,toxicity,severe_toxicity,obscene,threat,insult,identity_attack,source"


def typed(*words: str) -> tuple[int, str]:
    """Return the exit code and everything that was said."""
    result = CliRunner().invoke(model, words)
    return result.exit_code, result.output


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "data.csv.gz"
    rows = ["you are worthless,1,0,0,0,1,0,made", "what a lovely walk,0,0,0,0,0,0,made"]
    file.write_bytes(gzip.compress("\n".join([HEADER, *rows]).encode()))
    return file


def test_info_tells_what_is_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCORER_URL", raising=False)

    code, said = typed("info", f"onnx://{TINY}")

    told = json.loads(said)
    assert code == 0
    assert told["model"].startswith("tiny-1@")
    assert told["policy"] == Thresholds.load().version
    assert told["held from"]["public"]["insult"] > 0


def test_info_takes_the_scorer_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORER_URL", "lexicon:")

    _, said = typed("info")

    assert json.loads(said)["model"] == "lexicon"


def test_evaluate_gives_figures_for_each_source_and_our_own_messages(data: Path) -> None:
    code, said = typed("evaluate", "--data", str(data), "--scorer", "lexicon:", "--json")

    told = json.loads(said)
    assert code == 0
    assert told["sources"].keys() == {"made", "recovery", "concerns"}
    assert told["sources"]["made"]["labels"]["insult"]["auc"] == 1.0


def test_evaluate_speaks_to_people_too(data: Path) -> None:
    code, said = typed("evaluate", "--data", str(data), "--scorer", "lexicon:")

    assert code == 0
    assert "made: 2 rows" in said
    assert "our own messages by kind" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evaluate", "--data", "none.csv"), "none.csv"),
        (("evaluate", "--data", "DATA", "--scorer", "oracle:"), "no scorer for the scheme"),
        (("evaluate", "--data", "DATA", "--scorer", "onnx:///nowhere"), "/nowhere"),
        (("info", "detoxify:///nowhere"), "/nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(data: Path, words: tuple[str, ...], said: str) -> None:
    code, told = typed(*(str(data) if word == "DATA" else word for word in words))

    assert code == 1
    assert said in told
    assert "Traceback" not in told


@pytest.mark.torch
def test_train_export_unpack_and_evaluate_in_a_row(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    made, out, back = (str(tmp_path / name) for name in ("made", "out", "back"))

    trained = typed("train", made, "--data", str(data), "--epochs", "1", "--steps", "1")
    exported = typed("export", made, out, "--data", str(data), "--name", "trial-1")
    unpacked = typed("unpack", out, back)
    measured = typed(
        "evaluate", "--data", str(data), "--scorer", f"detoxify://{back}", "--baseline", str(data), "--json"
    )

    assert [code for code, _ in (trained, exported, unpacked, measured)] == [0, 0, 0, 0]
    assert json.loads(exported[1])["name"] == "trial-1"
    assert json.loads(measured[1])["baseline"]["scorer"] != json.loads(measured[1])["scorer"]
