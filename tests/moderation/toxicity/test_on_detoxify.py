"""What is refused before the library is even imported. What it then does: test_upstream.py."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError
from moderation.toxicity.on_detoxify import CHECKPOINT, Asked, open_detoxify, parsed, pinned

NOT_A_CHECKPOINT = b"not even a checkpoint"
OURS = ("published", "upstream", "weights")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with every file that is needed, none of which could be loaded."""
    for name in (CHECKPOINT, "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(NOT_A_CHECKPOINT)
    return tmp_path


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra, whether or not this one has it."""
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "detoxify", None)
    monkeypatch.setitem(sys.modules, "detoxify.detoxify", None)
    for name in OURS:
        monkeypatch.delitem(sys.modules, f"moderation.toxicity.{name}", raising=False)


def test_a_url_names_a_folder_or_a_published_checkpoint() -> None:
    pin = "AB" * 32

    assert parsed("detoxify:///srv/my%20model") == Asked(Path("/srv/my model"), "", "")
    assert parsed("detoxify://unbiased") == Asked(None, "unbiased", "")
    assert parsed(f"detoxify://original-small?sha256={pin}") == Asked(None, "original-small", pin.lower())


@pytest.mark.parametrize(
    "url",
    [
        "detoxify:",
        "detoxify://",
        "detoxify://./model",
        "detoxify://srv/model",
        "detoxify:///srv/model#part",
        "onnx:///srv/model",
    ],
)
def test_a_relative_path_or_none_is_told_how_to_be_written(url: str) -> None:
    with pytest.raises(ModelError, match=r"detoxify:///srv/model, the absolute path"):
        open_detoxify(url)


@pytest.mark.parametrize("query", ["sha256=", "sha256=c1212f89", f"sha256={'g' * 64}", f"sha256={'a' * 65}"])
def test_a_pin_is_a_whole_sha256(query: str) -> None:
    with pytest.raises(ModelError, match="64 hexadecimal digits"):
        open_detoxify(f"detoxify:///srv/model?{query}")


@pytest.mark.parametrize("query", ["md5=abc", "sha256=a&sha256=b", "sha=abc"])
def test_nothing_but_one_pin_may_follow(query: str) -> None:
    with pytest.raises(ModelError, match="only sha256= may follow"):
        open_detoxify(f"detoxify:///srv/model?{query}")


@pytest.mark.parametrize("name", [CHECKPOINT, "config.json", "tokenizer.json"])
def test_a_folder_that_is_not_whole_is_told_what_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ModelError, match=f"no checkpoint folder: {name} cannot be found"):
        open_detoxify(f"detoxify://{folder}")


def test_another_hash_is_refused_before_anything_is_unpickled(folder: Path, without_torch: None) -> None:
    with pytest.raises(ModelError, match="is not the one that was pinned: its SHA-256 is"):
        open_detoxify(f"detoxify://{folder}?sha256={'0' * 64}")


def test_what_was_hashed_is_what_is_returned(folder: Path) -> None:
    content, found = pinned(folder / CHECKPOINT, "")

    assert content == NOT_A_CHECKPOINT
    assert pinned(folder / CHECKPOINT, found) == (content, found)


def test_a_checkpoint_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"checkpoint\.ckpt cannot be read \(FileNotFoundError\)"):
        pinned(tmp_path / CHECKPOINT, "")


@pytest.mark.parametrize("url", [lambda folder: f"detoxify://{folder}", lambda _: "detoxify://unbiased"])
def test_without_the_extra_it_is_named(folder: Path, without_torch: None, url: Callable[[Path], str]) -> None:
    with pytest.raises(ModelError, match=r"pip install 'waypost\[detoxify\]'"):
        open_detoxify(url(folder))
