"""The stages in their order: this list is the policy."""

from collections.abc import Callable

from moderation.draft import Draft
from moderation.stages.links import too_many_links
from moderation.stages.repetition import flooding, repeated
from moderation.stages.shape import misshapen
from moderation.stages.words import listed_words
from moderation.verdict import Finding

__all__ = ["STAGES", "Stage"]

Stage = Callable[[Draft], Finding | None]

STAGES: tuple[Stage, ...] = (
    misshapen,  # first: nothing after it may meet an empty, oversized or unreadable text
    listed_words,  # the community's own list, before any judgement of ours
    too_many_links,  # newcomers with many links
    repeated,  # the same text again
    flooding,  # one thing over and over
)
