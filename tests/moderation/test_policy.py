"""The policy file as a whole: one file, one version."""

from pathlib import Path

import pytest

from moderation.policy import PolicyFile
from moderation.signs import Bounds
from moderation.toxicity.thresholds import STRICTEST
from moderation.verdict import Outcome

FILE = """
version = "9"
[rules.spam]
usual = "nudge"
lowest = "publish"
highest = "hold"
[models.other.public]
toxicity = 0.9
[signs.waypost.claim]
against = 0.1
perhaps = 0.3
sure = 0.8
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "policy.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_policy_that_ships_can_be_read() -> None:
    policy = PolicyFile.load()

    assert policy.version == policy.rulebook.version == policy.thresholds.version


def test_a_file_of_ones_own_is_read_whole(tmp_path: Path) -> None:
    policy = PolicyFile.read(written(tmp_path, FILE))

    assert policy.version == policy.thresholds.version == "9"
    assert policy.rulebook.rules["spam"].usual is Outcome.NUDGE
    assert policy.thresholds.of("any", STRICTEST) == {"toxicity": 0.9}
    assert policy.hearing.by_model == {"waypost": {"claim": Bounds(0.1, 0.3, 0.8)}}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (FILE.replace('version = "9"', ""), "no version"),
        (FILE.replace('"nudge"', '"nod"'), r"\[rules.spam\]"),
        (FILE.replace("0.9", "9"), r"\[models.other.public\]"),
        (FILE.replace("0.8", "8"), r"\[signs.waypost.claim\]"),
    ],
)
def test_no_part_of_a_file_may_make_no_sense(tmp_path: Path, file: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        PolicyFile.read(written(tmp_path, file))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"policy\.toml"):
        PolicyFile.read(tmp_path / "policy.toml")
