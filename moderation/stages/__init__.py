"""The stages in their order: what is looked for. What is done about it, the policy file says."""

from collections.abc import Callable

from moderation.draft import Draft
from moderation.stages.care import care
from moderation.stages.claims import claim
from moderation.stages.death_wishes import wished_dead
from moderation.stages.language import stigma
from moderation.stages.links import too_many_links
from moderation.stages.others_details import others_details
from moderation.stages.own_details import own_details
from moderation.stages.repetition import flooding, repeated
from moderation.stages.shape import misshapen
from moderation.stages.sourcing import sourcing
from moderation.stages.spam import spam
from moderation.stages.words import listed_words
from moderation.verdict import Finding

__all__ = ["FORM", "STAGES", "Stage"]

Stage = Callable[[Draft], Finding | None]

FORM: tuple[Stage, ...] = (
    misshapen,  # before all else: nothing may meet an empty, oversized or unreadable text
)
STAGES: tuple[Stage, ...] = (
    care,  # somebody may be in danger: before all that is about conduct
    wished_dead,  # death wished upon whoever is spoken to: a threat, and no cry for help
    listed_words,  # the community's own list, before any judgement of ours
    others_details,  # what belongs to somebody else
    own_details,  # what the author may not have meant to give away
    claim,  # health advice to others that can harm
    sourcing,  # drugs and medicines, bought or sold
    spam,  # advertising, and those who look for patients
    stigma,  # words about others that carry stigma
    too_many_links,  # newcomers with many links
    repeated,  # the same text again
    flooding,  # one thing over and over
)
