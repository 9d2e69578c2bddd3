"""The upstream library Detoxify as a model: a checkpoint folder, or a checkpoint that upstream publishes."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from moderation.toxicity.model import Model, ModelError
from moderation.toxicity.wording import WORDING, Worded, read_wording

CHECKPOINT, CONFIG, TOKENIZER = "checkpoint.ckpt", "config.json", "tokenizer.json"
SHA256 = re.compile(r"[0-9a-f]{64}")
EXTRA = "Detoxify is not installed: install Waypost with its extra: pip install 'waypost[detoxify]'"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a `detoxify:` URL asks for: a folder or a published name, and perhaps the SHA-256 it must have."""

    folder: Path | None
    published: str
    sha256: str


def open_detoxify(url: str) -> Model:
    """Return the model of `detoxify:///folder` or `detoxify://name`; raise ModelError if it is not whole.

    With `?sha256=` and 64 hexadecimal digits, a checkpoint of another hash is refused before it is unpickled.
    """
    asked = parsed(url)
    if asked.folder is not None:
        return _of_folder(asked.folder, asked.sha256)
    return _of_published(asked.published, asked.sha256)


def parsed(url: str) -> Asked:
    """Return what a URL asks for; raise ModelError saying how one is written."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if parts.scheme != "detoxify" or parts.fragment or bool(parts.netloc) == bool(parts.path):
        raise ModelError(
            "Write detoxify:///srv/model, the absolute path of a checkpoint folder, or detoxify://unbiased, "
            "a published name; perhaps with ?sha256=… after it."
        )
    if [key for key, _ in asked] not in ([], ["sha256"]):
        raise ModelError("After the question mark of a detoxify: URL only sha256= may follow, once.")
    sha256 = asked[0][1].lower() if asked else ""
    if asked and not SHA256.fullmatch(sha256):
        raise ModelError("The sha256 of a detoxify: URL is 64 hexadecimal digits.")
    return Asked(Path(unquote(parts.path)) if parts.path else None, parts.netloc, sha256)


def pinned(checkpoint: Path, sha256: str) -> tuple[bytes, str]:
    """Return a checkpoint's bytes and SHA-256, read once; raise ModelError if it is not the one pinned."""
    try:
        content = checkpoint.read_bytes()
    except OSError as error:
        raise ModelError(f"{checkpoint} cannot be read ({type(error).__name__}).") from error
    found = hashlib.sha256(content).hexdigest()
    if sha256 and found != sha256:
        raise ModelError(f"{checkpoint} is not the one that was pinned: its SHA-256 is {found}.")
    return content, found


def _of_folder(folder: Path, sha256: str) -> Model:
    missing = [name for name in (CHECKPOINT, CONFIG, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"{folder} is no checkpoint folder: {' and '.join(missing)} cannot be found there.")
    content, found = pinned(folder / CHECKPOINT, sha256)
    try:
        # The library brings half a gigabyte with it: nobody pays for that who does not ask for it.
        from moderation.toxicity.upstream import Upstream  # noqa: PLC0415
        from moderation.toxicity.weights import read_weights  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(EXTRA) from error
    weights = read_weights(content, folder / CHECKPOINT).based_on(folder)
    del content  # the library makes two more copies
    model = Upstream(weights, f"{_named(folder)}@{found[:8]}")
    wording = folder / WORDING
    return Worded(model, read_wording(wording)) if wording.is_file() else model


def _named(folder: Path) -> str:
    """Return what the config calls a model of ours, so that its thresholds hold whichever library runs it."""
    try:
        told = json.loads((folder / CONFIG).read_text("utf-8"))
        return str(told["waypost"]["name"])
    except (ValueError, KeyError, TypeError):
        return f"detoxify-{folder.resolve().name}"


def _of_published(name: str, sha256: str) -> Model:
    try:
        from moderation.toxicity.published import cached  # noqa: PLC0415
        from moderation.toxicity.upstream import Upstream  # noqa: PLC0415
        from moderation.toxicity.weights import read_weights  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(EXTRA) from error
    checkpoint, vouched = cached(name)
    content, found = pinned(checkpoint, sha256)
    if not found.startswith(vouched):
        raise ModelError(f"{checkpoint} is not the file that its name promises (SHA-256). Delete it.")
    weights = read_weights(content, checkpoint)
    del content
    return Upstream(weights, f"detoxify-{name}@{found[:8]}")
