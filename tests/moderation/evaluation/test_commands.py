"""`waypost judge …`, as somebody types it."""

import json
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from forum.__main__ import cli

LEXICON = ("--scorer", "lexicon:")


def typed(*words: str) -> tuple[int, str]:
    """Return the exit code and everything that was said."""
    result = CliRunner().invoke(cli, ["judge", *words])
    return result.exit_code, result.output


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    file = tmp_path / "cases.jsonl"
    cases = [
        {"text": "You are worthless.", "want": "hold", "kind": "insult", "part": "tune"},
        {"text": "Thank you all for tonight.", "want": "publish", "kind": "thanks", "part": "check"},
        {"text": "You are a great help.", "want": "nudge", "kind": "praise", "part": "check"},
    ]
    file.write_text("\n".join(map(json.dumps, cases)))
    return str(file)


def test_evaluate_gives_figures_for_another_corpus(corpus: str) -> None:
    code, said = typed("evaluate", "--corpus", corpus, *LEXICON, "--json")

    told = json.loads(said)
    assert code == 0
    assert told["scorer"] == "lexicon"
    assert told["all"]["recall"]["count"] == 1
    assert [one["kind"] for one in told["missed"]] == ["praise"]


def test_evaluate_speaks_to_people_too(corpus: str) -> None:
    code, said = typed("evaluate", "--corpus", corpus, "--part", "check", *LEXICON)

    assert code == 0
    assert "2 messages: check" in said
    assert "You are a great help." in said


def test_explain_tells_the_path_of_a_message() -> None:
    code, said = typed("explain", "You are worthless.", *LEXICON)

    assert code == 0
    assert "pipeline: toxicity: hold" in said
    assert "verdict: hold" in said


def test_explain_gives_json_too() -> None:
    code, said = typed("explain", "Thank you all for tonight.", *LEXICON, "--json")

    assert code == 0
    assert json.loads(said)["answer"] == "publish"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evaluate", "--corpus", "none.jsonl"), "none.jsonl"),
        (("evaluate", "--corpus", "CORPUS", "--scorer", "oracle:"), "no scorer for the scheme"),
        (("explain", "hello", "--scorer", "onnx:///nowhere"), "/nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(corpus: str, words: tuple[str, ...], said: str) -> None:
    code, told = typed(*(corpus if word == "CORPUS" else word for word in words))

    assert code == 1
    assert said in told
    assert "Traceback" not in told


def test_a_line_that_makes_no_sense_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"text": "my secret"}')

    code, told = typed("evaluate", "--corpus", str(file))

    assert code == 1
    assert "line 1: `want` must be there" in told
    assert "my secret" not in told


def test_the_log_is_left_as_it_was(corpus: str) -> None:
    before = structlog.get_config()

    typed("explain", "hello", *LEXICON)

    assert structlog.get_config() == before
