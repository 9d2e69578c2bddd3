"""A model folder run by onnxruntime: the weights, the tokenizer, and a config that vouches for both."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.model import Model, ModelError
from moderation.toxicity.wording import WORDING, Worded, read_wording

WEIGHTS, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"
SECTION = "waypost"
"""What is ours in the encoder's own config."""
UNWANTED = ["SkipLayerNormFusion"]
"""What onnxruntime shall not do to a graph: its own joined operator takes three times as long as the sum and
the norm apart (1.30), a twentieth of all our time."""
SHORTEST, LONGEST = 3, 512
"""Tokens that an input may be limited to: one between those that open and close it, and BERT's positions."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a folder says of its model: name, labels in order, longest input in tokens, SHA-256 by file."""

    name: str
    labels: tuple[str, ...]
    longest: int
    sha256: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> "Config":
        """Return the folder's config; raise ModelError where it is missing or makes no sense."""
        try:
            told: Any = json.loads((folder / CONFIG).read_text("utf-8"))[SECTION]
            config = cls(
                str(told["name"]),
                tuple(map(str, told["labels"])),
                int(told["longest"]),
                {name: str(told["sha256"][name]) for name in (WEIGHTS, TOKENIZER)}
                | {name: str(told["sha256"][name]) for name in (WORDING,) if name in told["sha256"]},
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{folder / CONFIG} cannot be read as a model's config.") from error
        if "toxicity" not in config.labels or not set(config.labels) <= set(ALL_LABELS):
            raise ModelError(
                f"{folder / CONFIG} names labels we do not know; they can be: {', '.join(ALL_LABELS)}"
            )
        if not SHORTEST <= config.longest <= LONGEST:
            raise ModelError(
                f"{folder / CONFIG} must name a longest input of {SHORTEST} to {LONGEST} tokens."
            )
        return config


class OnnxModel:
    """Predicts on one core: one thread, no spinning, so that a web process leaves the others alone."""

    def __init__(self, folder: Path, sha256: str = "") -> None:
        """Load a folder; raise ModelError if it is not whole, or not what its config or the pin says."""
        config = Config.read(folder)
        weights = _vouched(folder, WEIGHTS, config.sha256[WEIGHTS])
        if sha256 and sha256.lower() != config.sha256[WEIGHTS].lower():
            raise ModelError(f"{folder / WEIGHTS} is not the one that was pinned (sha256).")
        self.name = f"{config.name}@{config.sha256[WEIGHTS][:8]}"
        self.labels = config.labels
        self.config = config
        self._tokenizer = _tokenizer(_vouched(folder, TOKENIZER, config.sha256[TOKENIZER]), config)
        self._session = _session(weights, len(config.labels))

    def predict(self, pieces: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a row of scores for each piece, in the order of `labels`.

        Each is run by itself: int8 rounds activations by the batch, so that neighbours would move a text's
        scores by up to 0.06, and one core gains little by larger matrices.
        """
        return [self._run(numbers) for numbers in self.tokens(pieces)]

    def tokens(self, pieces: Sequence[str]) -> list[list[int]]:
        """Return the numbers of each piece's tokens, with those that open and close it."""
        # A tokenizer of Rust takes no lone surrogate.
        whole = (piece.encode("utf-8", "replace").decode() for piece in pieces)
        return [self._tokenizer.encode(one).ids for one in whole]

    def close(self) -> None:
        """Let go of the weights."""
        del self._session

    def _run(self, tokens: Sequence[int]) -> list[float]:
        [scores] = self._session.run(["scores"], {"input_ids": np.array([tokens], dtype=np.int64)})
        row: list[float] = scores[0].tolist()
        return row


def open_onnx(url: str) -> Model:
    """Return the model that ships (`onnx:`) or another folder's (`onnx:///folder`, perhaps `?sha256=…`).

    A wording that its config vouches for is mixed into what it says.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    if parts.netloc or set(asked) - {"sha256"}:
        raise ModelError(
            "Write onnx: for the model that ships, or onnx:///its/folder, perhaps with ?sha256=…"
        )
    folder = Path(unquote(parts.path)) if parts.path else shipped()
    model = OnnxModel(folder, asked.get("sha256", [""])[0])
    vouched = model.config.sha256.get(WORDING)
    return model if vouched is None else Worded(model, read_wording(_vouched(folder, WORDING, vouched)))


def shipped() -> Path:
    """Return the folder of the model that ships with us."""
    return Path(str(files("moderation.toxicity").joinpath("shipped")))


def _vouched(folder: Path, name: str, sha256: str) -> Path:
    try:
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{folder / name} cannot be read ({type(error).__name__}).") from error
    if found != sha256.lower():
        raise ModelError(
            f"{folder / name} is not the file that {CONFIG} vouches for (sha256). Install it anew."
        )
    return folder / name


def _tokenizer(file: Path, config: Config) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises Exception itself
        raise ModelError(f"{file} cannot be read as a tokenizer.") from error
    tokenizer.enable_truncation(config.longest)
    tokenizer.no_padding()
    return tokenizer


def _session(weights: Path, labels: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # long texts would leave their memory with us for ever
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"], disabled_optimizers=UNWANTED
        )
    except Exception as error:  # each of its errors is a class of its own
        raise ModelError(f"{weights} cannot be read as a model.") from error
    inputs, outputs = ({one.name for one in side} for side in (session.get_inputs(), session.get_outputs()))
    if inputs != {"input_ids"} or outputs != {"scores"}:
        raise ModelError(f"{weights} is another kind of model: export it with `waypost model export`.")
    if session.get_outputs()[0].shape[1:] not in ([labels], [None]):
        raise ModelError(f"{weights} does not give as many scores as labels.")
    return session
