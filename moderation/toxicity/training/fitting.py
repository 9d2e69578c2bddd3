"""The training loop: seeded, resumable at any step, with a running average of the weights."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.corpus import Row
from moderation.toxicity.training.drawing import Draw, draws

SMOOTH = 0.98
SORTED_TOGETHER = 40
"""Batches whose draws are sorted by length, so that little of a batch is padding."""
HEAD = ("classifier", "pooler")
UNDECAYED = ("bias", "LayerNorm.weight")
WEIGHTS = tuple(2.0 if label == "toxicity" else 0.5 if label in LABELS else 1.0 for label in ALL_LABELS)
"""What each label counts for in the loss. With one mean over all of them, toxicity, which most rows know,
outweighed each of ours; of the six of 2018 the five others say much the same."""
ENOUGH = 0.25
"""The share of a batch that must know a label for it to count in full."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run depends on besides its rows; rates are the highest, between warm-up and linear descent."""

    seed: int = 7
    epochs: int = 1
    others: float = 1.0
    """How much of other people's rows there is, as in `draws`."""
    batch: int = 48
    longest: int = 192
    encoder_rate: float = 5e-5
    head_rate: float = 4e-4
    decay: float = 0.01
    dropout: float = 0.1
    warmup: float = 0.06
    averaging: float = 0.995
    save_every: int = 100
    frozen: int | None = None
    """How many of the lowest layers stay as they are, and the embeddings with them; None for nothing."""
    steps: int | None = None
    """Batches after which to stop, to try things out; None for all."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Token numbers and attention (both batch x length), labels and which of them are known (batch x 6)."""

    tokens: torch.Tensor
    attention: torch.Tensor
    labels: torch.Tensor
    known: torch.Tensor


class Run:
    """One training run in a folder; a run that was broken off goes on from its last saved step."""

    def __init__(
        self, model: BertForSequenceClassification, tokenizer: Tokenizer, recipe: Recipe, folder: Path
    ) -> None:
        """Prepare a run, or take it up again; raise ModelError for a folder with a run of another recipe."""
        self._chance = torch.manual_seed(recipe.seed).get_state()
        self.model = model
        self.average = {name: value.detach().clone() for name, value in model.state_dict().items()}
        self.recipe = recipe
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(recipe.longest)
        if recipe.frozen is not None:
            _freeze(model, recipe.frozen)
        self._optimizer = torch.optim.AdamW(_groups(model, recipe), fused=True)
        self._saved = folder / "resume.pt"
        self._step = 0
        if self._saved.exists():
            self._resume()

    def fit(self, rows: Sequence[Row]) -> None:
        """Train on the rows, saving every so often; afterwards `average` holds the weights to keep."""
        self.model.train()
        torch.set_rng_state(self._chance)
        plan = [batch for epoch in range(self.recipe.epochs) for batch in self._batches(rows, epoch)]
        plan = plan[: self.recipe.steps]
        with _progress() as progress:
            task = progress.add_task("training", total=len(plan), completed=self._step, loss=0.0)
            loss = 0.0
            for drawn in plan[self._step :]:
                now = self._learn(self._encoded(drawn), (self._step + 1) / len(plan))
                loss = SMOOTH * (loss or now) + (1 - SMOOTH) * now
                self._step += 1
                progress.update(task, completed=self._step, loss=loss)
                if self._step % self.recipe.save_every == 0 or self._step == len(plan):
                    self._save()

    def _batches(self, rows: Sequence[Row], epoch: int) -> Iterator[list[Draw]]:
        """Yield the epoch's draws in batches: near in length, the batches themselves shuffled."""
        drawn = draws(rows, self.recipe.seed, epoch, self.recipe.others)
        chance = random.Random(f"{self.recipe.seed}-{epoch}-batches")  # noqa: S311 - a shuffle, not a secret
        size = self.recipe.batch
        batches = []
        for start in range(0, len(drawn), size * SORTED_TOGETHER):
            near = sorted(drawn[start : start + size * SORTED_TOGETHER], key=lambda draw: len(draw.text))
            batches += [near[at : at + size] for at in range(0, len(near), size)]
        chance.shuffle(batches)
        yield from batches

    def _encoded(self, drawn: Sequence[Draw]) -> Batch:
        encoded = self._tokenizer.encode_batch([draw.text for draw in drawn])
        tokens = [torch.tensor(encoding.ids) for encoding in encoded]
        padded = torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True)
        attention = torch.nn.utils.rnn.pad_sequence([torch.ones_like(t) for t in tokens], batch_first=True)
        labels = torch.tensor([[label or 0.0 for label in draw.labels] for draw in drawn])
        known = torch.tensor([[float(label is not None) for label in draw.labels] for draw in drawn])
        return Batch(padded, attention, labels, known)

    def _learn(self, batch: Batch, progress: float) -> float:
        recipe = self.recipe
        factor = min(progress / recipe.warmup, (1 - progress) / (1 - recipe.warmup))
        for group in self._optimizer.param_groups:
            group["lr"] = group["highest"] * factor
        logits = self.model(input_ids=batch.tokens, attention_mask=batch.attention).logits
        losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, batch.labels, reduction="none")
        loss = _mean(losses, batch.known)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        keep = min(recipe.averaging, (1 + self._step) / (10 + self._step))
        for name, value in self.model.state_dict().items():
            self.average[name].lerp_(value.detach(), 1 - keep)
        return float(loss.detach())

    def _save(self) -> None:
        state = {
            "recipe": asdict(self.recipe),
            "step": self._step,
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self._optimizer.state_dict(),
            "chance": torch.get_rng_state(),
        }
        unfinished = self._saved.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.replace(self._saved)

    def _resume(self) -> None:
        state: dict[str, Any] = torch.load(self._saved, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            raise ModelError(f"{self._saved.parent} holds a run of another recipe; give another folder.")
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self._optimizer.load_state_dict(state["optimizer"])
        self._chance = state["chance"]
        self._step = state["step"]


def _mean(losses: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Return the mean loss over the labels, each the mean over the rows that know it, weighed by `WEIGHTS`.

    What a source did not label teaches nothing, and a label that few rows of a batch know counts for less.
    """
    enough = known.shape[0] * ENOUGH
    each = (losses * known).sum(0) / known.sum(0).clamp(min=enough)
    weights = torch.tensor(WEIGHTS[: known.shape[1]])
    return (each * weights).sum() / weights.sum()


def _freeze(model: BertForSequenceClassification, layers: int) -> None:
    encoder = model.bert.encoder.layer
    if layers >= len(encoder):
        raise ModelError(f"Of {len(encoder)} layers at most {len(encoder) - 1} can stay as they are.")
    for part in (model.bert.embeddings, *encoder[:layers]):
        part.requires_grad_(False)


def _groups(model: torch.nn.Module, recipe: Recipe) -> list[dict[str, Any]]:
    """Return the parameters by what they are: the head learns faster, biases and norms do not decay."""
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        head, free = any(part in name for part in HEAD), name.endswith(UNDECAYED)
        groups.setdefault((head, free), []).append(parameter)
    return [
        {
            "params": parameters,
            "weight_decay": 0.0 if free else recipe.decay,
            "highest": recipe.head_rate if head else recipe.encoder_rate,
        }
        for (head, free), parameters in groups.items()
    ]


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("loss {task.fields[loss]:.4f}"),
    )
