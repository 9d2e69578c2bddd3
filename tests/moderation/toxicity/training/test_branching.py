"""Two branches over one trunk give what each would give alone, and both teach the trunk."""

import pytest

from moderation.toxicity.model import ModelError

pytest.importorskip("torch")

import torch

from moderation.toxicity.labels import ALL_LABELS, LABELS
from moderation.toxicity.training.branching import Branching
from tests.moderation.toxicity.tiny import tiny_model

pytestmark = pytest.mark.torch

TOKENS = torch.tensor([[2, 7, 31, 9, 3], [2, 8, 3, 0, 0]])
SEEN = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])


def test_each_label_is_answered_by_its_branch_as_the_library_would() -> None:
    first, second = (tiny_model(len(ALL_LABELS)) for _ in range(2))
    with torch.no_grad():
        second.bert.encoder.layer[1].output.dense.weight.mul_(-1)
    branching = Branching(first, second, 1)

    with torch.inference_mode():
        ours = branching(TOKENS, SEEN).logits
        alone = [model(input_ids=TOKENS, attention_mask=SEEN).logits for model in (first, second)]

    assert not torch.allclose(alone[0], alone[1], atol=1e-2)
    assert torch.allclose(ours[:, : len(LABELS)], alone[0][:, : len(LABELS)], atol=1e-5)
    assert torch.allclose(ours[:, len(LABELS) :], alone[1][:, len(LABELS) :], atol=1e-5)


def test_the_trunk_is_one_and_both_branches_teach_it() -> None:
    branching = Branching(tiny_model(len(ALL_LABELS)), tiny_model(len(ALL_LABELS)), 1)
    logits = branching(TOKENS, SEEN).logits
    trunk = branching.bert.encoder.layer[0].intermediate.dense.weight

    by_unkindness = torch.autograd.grad(logits[:, 0].sum(), trunk, retain_graph=True)[0]
    by_ours = torch.autograd.grad(logits[:, -1].sum(), trunk)[0]

    assert branching.first.bert.encoder.layer[0] is branching.second.bert.encoder.layer[0]
    assert by_unkindness.abs().sum() > 0
    assert by_ours.abs().sum() > 0


def test_a_branch_without_a_layer_of_its_own_is_refused() -> None:
    with pytest.raises(ModelError, match="share at most 1"):
        Branching(tiny_model(len(ALL_LABELS)), tiny_model(len(ALL_LABELS)), 2)
