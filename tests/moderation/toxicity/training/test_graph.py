"""The graph gives the library's own scores, and finds by itself what several checkpoints share."""

from pathlib import Path

import pytest

from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch

from moderation.toxicity.training.checkpoint import read_checkpoint
from moderation.toxicity.training.graph import Branches, Whole, in_common
from tests.moderation.toxicity.tiny import grown, tiny_checkpoint, tiny_model

pytestmark = pytest.mark.torch

TOKENS = torch.tensor([[2, 7, 31, 9, 3], [2, 8, 3, 0, 0]])
SEEN = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])


def test_one_model_s_scores_are_the_library_s_padding_or_not() -> None:
    model = tiny_model()

    with torch.inference_mode():
        ours, theirs = Branches([model])(TOKENS, SEEN), Whole(model)(TOKENS, SEEN)

    assert torch.allclose(ours, theirs, atol=1e-6)


def test_two_that_share_a_trunk_give_their_own_scores_side_by_side(tmp_path: Path) -> None:
    start = tiny_checkpoint(tmp_path / "from")
    models = [read_checkpoint(one)[0] for one in (start, grown(start, tmp_path / "grown"))]

    branches = Branches(models)
    with torch.inference_mode():
        ours = branches(TOKENS, SEEN)
        theirs = torch.cat([Whole(model)(TOKENS, SEEN) for model in models], 1)

    assert branches.trunk == 1
    assert ours.shape == (2, 6 + 13)
    assert torch.allclose(ours, theirs, atol=1e-6)


def test_the_last_layer_is_never_shared() -> None:
    assert in_common([tiny_model(), tiny_model()]) == 1


def test_models_without_a_trunk_in_common_are_refused() -> None:
    other = tiny_model()
    with torch.no_grad():
        other.bert.embeddings.word_embeddings.weight[7] += 1

    with pytest.raises(ModelError, match="have not grown from one trunk"):
        in_common([tiny_model(), other])


def test_models_of_another_height_are_refused() -> None:
    other = tiny_model()
    del other.bert.encoder.layer[1]

    with pytest.raises(ModelError, match="as many layers"):
        in_common([tiny_model(), other])
