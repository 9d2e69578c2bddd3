"""The graph gives the library's own scores."""

import pytest

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.graph import Trimmed, Whole
from tests.moderation.toxicity.tiny import tiny_model

pytestmark = pytest.mark.torch

TOKENS = torch.tensor([[2, 7, 31, 9, 3], [2, 8, 40, 12, 3]])


def test_a_model_s_scores_are_the_library_s() -> None:
    model = tiny_model()

    with torch.inference_mode():
        ours, theirs = Trimmed(model)(TOKENS), Whole(model)(TOKENS)

    assert torch.allclose(ours, theirs, atol=1e-6)
