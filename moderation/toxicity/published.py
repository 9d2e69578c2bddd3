"""The checkpoints that upstream publishes: their addresses, their hashes, and torch hub's cache of them."""

import re
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from detoxify.detoxify import MODEL_URLS
from torch import hub

from moderation.toxicity.model import ModelError

NAMED_HASH = re.compile(r"-([0-9a-f]{8,64})\.ckpt$")


def address(name: str) -> str:
    """Return where a checkpoint is published; raise ModelError naming those there are."""
    if name not in MODEL_URLS:
        known = ", ".join(sorted(MODEL_URLS))
        raise ModelError(f"Upstream publishes no checkpoint of the name {name[:40]!r}; it can be: {known}")
    return str(MODEL_URLS[name])


def promised(source: str) -> str:
    """Return the first digits of the SHA-256, which torch hub's convention puts into a file's name."""
    found = NAMED_HASH.search(urlsplit(source).path)
    if not found:
        raise ModelError(f"{source} does not end in -<hash>.ckpt: what it sends could not be checked.")
    return found.group(1)


def cached(name: str) -> tuple[Path, str]:
    """Return a published checkpoint in torch hub's cache, downloaded if need be, and the hash it promises."""
    source = address(name)
    hashed = promised(source)
    checkpoint = Path(hub.get_dir()) / "checkpoints" / PurePosixPath(urlsplit(source).path).name
    if not checkpoint.exists():
        _download(source, checkpoint, hashed)
    return checkpoint, hashed


def _download(source: str, checkpoint: Path, hashed: str) -> None:
    try:
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        hub.download_url_to_file(source, str(checkpoint), hashed, progress=False)
    except (OSError, HTTPException) as error:
        raise ModelError(
            f"{source} could not be downloaded ({type(error).__name__}). Run `waypost model fetch` on a "
            "machine that may, copy the folder here, and name it: detoxify:///its/folder"
        ) from error
    except RuntimeError as error:  # what torch hub says of another hash
        raise ModelError(f"{source} sent another file than its name promises (SHA-256).") from error
