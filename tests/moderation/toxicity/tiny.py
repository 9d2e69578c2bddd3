"""A checkpoint folder in miniature: two layers, 57 word pieces, weights drawn by chance."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForSequenceClassification

from moderation.toxicity.training.checkpoint import write_checkpoint

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS))
POSITIONS = 64
TRUNK = ("bert.embeddings", "bert.encoder.layer.0.")


def tiny_model(outputs: int = 6) -> BertForSequenceClassification:
    """Return the same small model each time; its scores are spread out, not all near a half."""
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=POSITIONS,
        initializer_range=0.5,
        num_labels=outputs,
    )
    return BertForSequenceClassification(config).eval()


def tiny_tokenizer(folder: Path) -> Path:
    """Write the tokenizer's files and return their folder; none of them says how long a text may be."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in PIECES))
    tokenizer = Tokenizer(
        WordPiece({piece: number for number, piece in enumerate(PIECES)}, unk_token="[UNK]")
    )
    tokenizer.add_special_tokens(list(PIECES[:5]))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(piece, PIECES.index(piece)) for piece in ("[CLS]", "[SEP]")],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    (folder / "special_tokens_map.json").write_text('{"unk_token": "[UNK]"}')
    return folder


def tiny_checkpoint(folder: Path, half: bool = True) -> Path:
    """Write a whole checkpoint folder and return it."""
    tokenizer = tiny_tokenizer(folder.with_name(f"{folder.name}-tokenizer"))
    write_checkpoint(tiny_model(), tokenizer, folder, half=half)
    return folder


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Let the change have its way with what the folder's checkpoint holds; return the folder."""
    file = folder / "checkpoint.ckpt"
    loaded = torch.load(file, weights_only=True)
    change(loaded)
    torch.save(loaded, file)
    return folder


def sha256(file: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
