"""Fetching from a publisher on this machine, who is not always at his best."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError
from moderation.toxicity.on_detoxify import open_detoxify

pytest.importorskip("torch")

from moderation.toxicity.training.fetching import fetch
from tests.moderation.toxicity.publishing import Published, published
from tests.moderation.toxicity.tiny import sha256, tiny_checkpoint

pytestmark = pytest.mark.torch

HALF = 20_000


@dataclass(frozen=True, slots=True)
class Publisher:
    """A published checkpoint, the folder of its encoder, its hash, and where it shall go."""

    file: Published
    base: Path
    sha256: str
    folder: Path

    def fetch(self) -> str:
        """Fetch it, as the command does."""
        return fetch("tiny", self.folder, self.file.address, self.base)

    @property
    def part(self) -> Path:
        """Where a download is until it is whole."""
        return self.folder.with_name("fetched.part") / "checkpoint.ckpt.part"


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    base = tiny_checkpoint(tmp_path / "base")
    hashed = sha256(base / "checkpoint.ckpt")
    with published((base / "checkpoint.ckpt").read_bytes(), f"tiny-{hashed[:8]}.ckpt") as file:
        yield Publisher(file, base, hashed, tmp_path / "fetched")


def test_what_was_fetched_can_be_opened_as_it_was_printed(
    publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    found = publisher.fetch()

    url = capsys.readouterr().out.strip()
    assert found == publisher.sha256
    assert url == f"detoxify://{publisher.folder}?sha256={found}"
    fetched, original = open_detoxify(url), open_detoxify(f"detoxify://{publisher.base}")
    assert fetched.predict(["go away", "kind"]) == original.predict(["go away", "kind"])


def test_a_fetched_folder_has_every_file_of_the_form(publisher: Publisher) -> None:
    publisher.fetch()

    names = {file.name for file in publisher.folder.iterdir()}
    assert names == {file.name for file in publisher.base.iterdir()}
    assert not publisher.part.parent.exists()


def test_what_is_there_already_is_not_downloaded_again(publisher: Publisher) -> None:
    assert publisher.fetch() == publisher.fetch()
    assert publisher.file.asked == [None]


def test_a_download_that_broke_off_is_gone_on_with(publisher: Publisher) -> None:
    publisher.file.breaks_off_after = HALF
    with pytest.raises(ModelError, match=r"could not be downloaded .* fetch` again"):
        publisher.fetch()

    assert not publisher.folder.exists()
    assert publisher.part.stat().st_size == HALF
    publisher.file.breaks_off_after = None
    assert publisher.fetch() == publisher.sha256
    assert publisher.file.asked == [None, f"bytes={HALF}-"]


def test_a_publisher_who_cannot_go_on_begins_anew(publisher: Publisher) -> None:
    publisher.part.parent.mkdir()
    publisher.part.write_bytes(publisher.file.content[:HALF])
    publisher.file.knows_ranges = False

    assert publisher.fetch() == publisher.sha256


@pytest.mark.parametrize("length", [HALF, 10_000_000])
def test_the_beginning_of_another_file_is_thrown_away(publisher: Publisher, length: int) -> None:
    publisher.part.parent.mkdir()
    publisher.part.write_bytes(b"?" * length)

    assert publisher.fetch() == publisher.sha256
    assert publisher.file.asked == [f"bytes={length}-", None]


def test_a_whole_download_is_not_repeated_because_the_rest_failed(publisher: Publisher) -> None:
    publisher.part.parent.mkdir()
    publisher.part.with_suffix("").write_bytes(publisher.file.content)

    assert publisher.fetch() == publisher.sha256
    assert publisher.file.asked == []


def test_a_file_of_another_hash_is_refused_and_deleted(publisher: Publisher) -> None:
    publisher.file.content += b"and more"

    with pytest.raises(
        ModelError, match=r"sent another file than its name promises \(SHA-256\)\. It was deleted"
    ):
        publisher.fetch()

    assert not publisher.folder.exists()
    assert list(publisher.part.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_an_encoder_that_is_not_whole_leaves_nothing_that_looks_so(publisher: Publisher, name: str) -> None:
    (publisher.base / name).write_text("{}")

    with pytest.raises(ModelError):
        publisher.fetch()

    assert not publisher.folder.exists()


def test_a_folder_of_other_things_is_left_alone(publisher: Publisher) -> None:
    publisher.folder.mkdir()
    (publisher.folder / "letter.txt").write_text("dear")

    with pytest.raises(ModelError, match="holds other files"):
        publisher.fetch()

    assert (publisher.folder / "letter.txt").exists()


@pytest.mark.parametrize("source", ["file:///etc/tiny-c1212f89.ckpt", "ftp://example.org/tiny-c1212f89.ckpt"])
def test_only_the_web_is_asked(tmp_path: Path, source: str) -> None:
    with pytest.raises(ModelError, match="no address of the web"):
        fetch("tiny", tmp_path / "fetched", source)


def test_an_unpublished_name_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="publishes no checkpoint"):
        fetch("oracle", tmp_path / "fetched")

    assert list(tmp_path.iterdir()) == []


def test_a_publisher_who_is_not_there_is_told_plainly(publisher: Publisher) -> None:
    with published(b"", "tiny-c1212f89.ckpt") as gone:
        address = gone.address

    with pytest.raises(ModelError, match="could not be downloaded"):
        fetch("tiny", publisher.folder, address, publisher.base)
