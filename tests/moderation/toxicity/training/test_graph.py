"""The graph gives the library's own scores."""

import pytest

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.graph import Trimmed, Whole
from tests.moderation.toxicity.tiny import tiny_model

pytestmark = pytest.mark.torch

TOKENS = torch.tensor([[2, 7, 31, 9, 3], [2, 8, 3, 0, 0]])
SEEN = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])


def test_a_model_s_scores_are_the_library_s_padding_or_not() -> None:
    model = tiny_model()

    with torch.inference_mode():
        ours, theirs = Trimmed(model)(TOKENS, SEEN), Whole(model)(TOKENS, SEEN)

    assert torch.allclose(ours, theirs, atol=1e-6)
