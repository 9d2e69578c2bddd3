"""Published checkpoints, from a publisher on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError
from moderation.toxicity.on_detoxify import open_detoxify

pytest.importorskip("torch")

from detoxify.detoxify import MODEL_URLS

from moderation.toxicity.published import address, cached, promised
from tests.moderation.toxicity.publishing import Published, published
from tests.moderation.toxicity.tiny import changed, sha256, tiny_checkpoint

pytestmark = pytest.mark.torch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkpoint folder whose checkpoint names it as the base, as published ones name theirs."""
    made = tiny_checkpoint(tmp_path / "tiny")
    return changed(made, lambda c: c["config"]["arch"]["args"].update(model_type=str(made)))


@pytest.fixture
def file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    """The checkpoint, published as `tiny`, and an empty cache."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    checkpoint = folder / "checkpoint.ckpt"
    with published(checkpoint.read_bytes(), f"tiny-{sha256(checkpoint)[:8]}.ckpt") as file:
        monkeypatch.setitem(MODEL_URLS, "tiny", file.address)
        yield file


def test_every_published_checkpoint_promises_its_hash() -> None:
    assert {promised(address(name)) for name in ("original", "unbiased")} == {"c1212f89", "c7548aa0"}
    assert all(promised(source) for source in MODEL_URLS.values())


def test_an_unknown_name_is_told_those_there_are() -> None:
    with pytest.raises(ModelError, match="it can be: multilingual, original, original-small, unbiased"):
        open_detoxify("detoxify://oracle")


def test_a_file_that_promises_nothing_is_not_asked_for() -> None:
    with pytest.raises(ModelError, match="could not be checked"):
        promised("https://example.org/model.ckpt")


def test_a_published_checkpoint_is_downloaded_once(file: Published, folder: Path) -> None:
    pin = sha256(folder / "checkpoint.ckpt")

    first = open_detoxify("detoxify://tiny")
    again = open_detoxify(f"detoxify://tiny?sha256={pin}")

    assert first.name == again.name == f"detoxify-tiny@{pin[:8]}"
    assert first.predict(["go away"]) == again.predict(["go away"])
    assert len(file.asked) == 1


def test_another_full_hash_is_refused(file: Published) -> None:
    with pytest.raises(ModelError, match="not the one that was pinned"):
        open_detoxify(f"detoxify://tiny?sha256={'0' * 64}")


def test_a_file_of_another_hash_is_not_kept(file: Published, tmp_path: Path) -> None:
    file.content += b"and more"

    with pytest.raises(ModelError, match="sent another file than its name promises"):
        cached("tiny")

    assert list((tmp_path / "torch/hub/checkpoints").iterdir()) == []


def test_a_cached_file_that_was_changed_is_refused(file: Published) -> None:
    checkpoint, _ = cached("tiny")
    checkpoint.write_bytes(b"something else")

    with pytest.raises(ModelError, match="not the file that its name promises"):
        open_detoxify("detoxify://tiny")


def test_where_nothing_may_be_downloaded_the_way_round_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    with published(b"", "tiny-c1212f89.ckpt") as file:
        monkeypatch.setitem(MODEL_URLS, "tiny", file.address)

    with pytest.raises(
        ModelError, match=r"could not be downloaded .* Run `waypost model fetch` on a machine"
    ):
        open_detoxify("detoxify://tiny")
