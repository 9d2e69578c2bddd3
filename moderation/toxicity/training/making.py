"""From csv files to a checkpoint: the whole of `waypost model train`."""

import ctypes
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.training.checkpoint import write_checkpoint
from moderation.toxicity.training.corpus import CorpusError, Part, Row, own_rows, read_rows
from moderation.toxicity.training.encoder import (
    carry_tokenizer,
    continued,
    encoder_folder,
    prune,
    pruned_encoder,
)
from moderation.toxicity.training.fitting import Recipe, Run
from moderation.toxicity.training.teaching import opinions, taught

NAME = "waypost-1"
"""What findings will name, and thresholds go by, whichever library runs the weights."""
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX = -1, -2, -4
KEPT_BYTES = 1 << 29


def make_checkpoint(data: Sequence[Path], folder: Path, recipe: Recipe, start: Path | None = None) -> str:
    """Train on the training part of the files and of our own messages; return the checkpoint's SHA-256.

    It starts from a checkpoint, whose tokenizer and labels it keeps, or from the bare encoder. What a run
    needs to go on is kept beside the folder, in `<folder>.run`. Called again with the same folder, data and
    recipe, it goes on where it was broken off. Raises ModelError for a checkpoint that cannot be trained on,
    and CorpusError without rows.
    """
    rows = training_rows(data)
    run_folder = folder.with_name(f"{folder.name}.run")
    model = _start(rows, run_folder, recipe, start)
    _same_rows(rows, run_folder)
    keep_memory()
    run = Run(model, Tokenizer.from_file(str(run_folder / "tokenizer.json")), recipe, run_folder)
    run.fit(taught(rows, _opinions(rows, recipe.seed, run_folder)))
    model.load_state_dict(run.average)
    model.config.waypost = {"name": NAME}
    return write_checkpoint(model, run_folder, folder, ALL_LABELS)


def _start(
    rows: Sequence[Row], run_folder: Path, recipe: Recipe, start: Path | None
) -> BertForSequenceClassification:
    if start is not None:
        carry_tokenizer(start, run_folder)
        return continued(start, recipe.dropout)
    source = encoder_folder()
    if not (run_folder / "kept.json").exists():
        prune(source, (row.text for row in rows), run_folder)
    return pruned_encoder(source, run_folder, recipe.dropout)


def training_rows(data: Sequence[Path]) -> list[Row]:
    """Return the training part of the files and of our own messages; raise CorpusError if there is none."""
    rows = [row for path in data for row in read_rows(path) if row.part is Part.TRAINING]
    if not rows:
        raise CorpusError("There is nothing to train on in: " + ", ".join(map(str, data)))
    return rows + [row for row in own_rows() if row.part is Part.TRAINING]


def _opinions(rows: Sequence[Row], seed: int, folder: Path) -> list[float | None]:
    """Return a baseline's opinions of the rows, asked for once a run: they take minutes."""
    kept = folder / "opinions.json"
    if not kept.exists():
        unfinished = kept.with_suffix(".part")
        unfinished.write_text(json.dumps(opinions(rows, seed)), "utf-8")
        unfinished.replace(kept)
    said: list[float | None] = json.loads(kept.read_text("utf-8"))
    return said


def keep_memory() -> None:
    """Let glibc keep what it frees: batches of changing size would otherwise fault every page in anew.

    On two cores this took a step from 2.9 s to 1.1 s. Elsewhere than on glibc it does nothing.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_MMAP_MAX, 0)
            mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)
            mallopt(M_TOP_PAD, KEPT_BYTES)


def _same_rows(rows: Sequence[Row], folder: Path) -> None:
    """Raise CorpusError where a run that was broken off would go on with other rows."""
    told = folder / "rows.json"
    now = {"rows": len(rows), "characters": sum(len(row.text) for row in rows)}
    if told.exists() and json.loads(told.read_text("utf-8")) != now:
        raise CorpusError(f"{folder} holds a run on other data; give another folder.")
    told.write_text(json.dumps(now), "utf-8")
