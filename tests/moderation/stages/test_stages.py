"""The order of the stages."""

from moderation.draft import Draft
from moderation.stages import STAGES
from moderation.stages.shape import misshapen


def test_the_shape_is_looked_at_first() -> None:
    assert STAGES[0] is misshapen


def test_a_kind_word_passes_every_stage() -> None:
    assert [stage(Draft("Welcome, I am glad you are here.")) for stage in STAGES] == [None] * len(STAGES)
