"""Fetching a published checkpoint with its config and tokenizer, for a machine that may not download."""

import json
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import transformers
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from moderation.toxicity.model import ModelError
from moderation.toxicity.on_detoxify import CHECKPOINT, CONFIG, pinned
from moderation.toxicity.published import address, promised
from moderation.toxicity.training.checkpoint import put_in_place, sha256_of, staging
from moderation.toxicity.upstream import Upstream
from moderation.toxicity.weights import Weights, quiet, read_weights

CHUNK = 1 << 18
PATIENCE = 60
"""Seconds without a byte after which a download is given up."""
OUT_OF_RANGE = 416


def fetch(name: str, folder: Path, source: str | None = None, base: Path | None = None) -> str:
    """Fetch a published checkpoint into a folder; print and return its full SHA-256, to be pinned.

    A download that broke off goes on where it stopped. The folder is there only once it is whole.
    `source` is another address of the file, `base` a folder that has the encoder's config and tokenizer.
    Raise ModelError if it cannot be downloaded, or is not the file whose hash the address promises.
    """
    source = source or address(name)
    hashed = promised(source)
    folder = folder.absolute()
    if not _matches(folder / CHECKPOINT, hashed):
        staged = staging(folder)
        staged.mkdir(parents=True, exist_ok=True)
        download(source, staged / CHECKPOINT, hashed)
        content, _ = pinned(staged / CHECKPOINT, "")
        weights = read_weights(content, staged / CHECKPOINT)
        _save_encoder(weights if base is None else weights.based_on(base), staged)
        Upstream(weights.based_on(staged), name).close()  # what cannot be opened here is not put in place
        put_in_place(staged, folder)
    sha256 = sha256_of(folder / CHECKPOINT)
    Console().print(
        f"detoxify://{quote(str(folder))}?sha256={sha256}", soft_wrap=True, highlight=False, markup=False
    )
    return sha256


def download(source: str, target: Path, hashed: str) -> None:
    """Download a file whose SHA-256 begins so; one that broke off stays as `.part`, and is gone on with."""
    part = target.with_name(f"{target.name}.part")
    if target.exists():
        target.replace(part)
    if not _matches(part, hashed):
        try:
            gone_on = _receive(source, part)
            if gone_on and not _matches(part, hashed):  # what was there was the beginning of another file
                part.unlink()
                _receive(source, part)
        except (OSError, HTTPException) as error:
            raise ModelError(
                f"{source} could not be downloaded ({type(error).__name__}). Run `waypost model fetch` "
                "again, or on a machine that may, and copy the folder here."
            ) from error
    if not _matches(part, hashed):
        part.unlink()
        raise ModelError(f"{source} sent another file than its name promises (SHA-256). It was deleted.")
    part.replace(target)


def _matches(file: Path, hashed: str) -> bool:
    return file.exists() and sha256_of(file).startswith(hashed)


def _receive(source: str, part: Path) -> bool:
    """Download to the end; return whether it went on from what was there. Raise OSError if it breaks off."""
    if urlsplit(source).scheme not in ("http", "https"):
        raise ModelError(f"{source} is no address of the web: it begins with https://")
    had = part.stat().st_size if part.exists() else 0
    request = Request(source, headers={"Range": f"bytes={had}-"} if had else {})  # noqa: S310 - see above
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            goes_on = had > 0 and answer.headers.get("Content-Range", "").startswith(f"bytes {had}-")
            _append(answer, part, had if goes_on else 0)
            return goes_on
    except HTTPError as error:
        error.close()
        if error.code != OUT_OF_RANGE or not had:
            raise
    part.unlink()  # it was longer than the file: no beginning of it
    return _receive(source, part)


def _append(answer: HTTPResponse, part: Path, had: int) -> None:
    length = answer.headers.get("Content-Length")
    total = had + int(length) if length else None
    with part.open("r+b" if had else "wb") as file, _bar() as bar:
        file.seek(had)
        task = bar.add_task("downloading", total=total, completed=had)
        while chunk := answer.read(CHUNK):
            file.write(chunk)
            bar.advance(task, len(chunk))
        if total is not None and file.tell() < total:
            raise ConnectionError("it broke off")


def _save_encoder(weights: Weights, staged: Path) -> None:
    """Write the encoder's config and tokenizer; raise ModelError if they are not to be had, or do not fit."""
    weights.config().to_json_file(staged / CONFIG)
    try:
        with quiet():
            tokenizer = getattr(transformers, weights.tokenizer).from_pretrained(weights.base)
            tokenizer.save_pretrained(staged)
            tokenizer.backend_tokenizer.model.save(str(staged))
            (staged / "special_tokens_map.json").write_text(json.dumps(tokenizer.special_tokens_map), "utf-8")
    except Exception as error:  # hub and tokenizer have errors of their own
        raise ModelError(f"The tokenizer of {weights.base} could not be downloaded or read.") from error


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
