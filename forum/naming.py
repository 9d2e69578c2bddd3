"""Names that must exist before any message of theirs could: handles, spaces and rooms."""

from forum.errors import ForumError
from forum.language import N_, Words
from forum.services import Services
from moderation.draft import Draft, Kind
from moderation.verdict import Lane, Outcome


class NameNotPossible(ForumError):
    """The pipeline did not let the name pass; a name cannot wait for a person, so another is asked for."""

    status = 422
    reason = "name"
    words = N_("This cannot be used here. Choose another one.")


LATER = N_("This could not be checked just now. Nothing was saved. Try again in a minute.")


async def screen_name(services: Services, text: str, kind: Kind = Kind.NAME) -> str:
    """Return the name, tidied, once the pipeline has passed it: the same stages as any message.

    Raises NameNotPossible, in words that do not tell which word was found.
    """
    verdict = await services.pipeline.screen(Draft(text, policy=services.words, kind=kind))
    if verdict.outcome <= Outcome.NUDGE:  # people may call themselves what they like
        return verdict.text
    gravest = max(verdict.findings, key=lambda found: found.outcome)
    raise NameNotPossible(_why(gravest.lane, gravest.rule))


def _why(lane: Lane, rule: str) -> Words:
    if lane is Lane.FAULT:
        return LATER
    return SHAPES.get(rule, NameNotPossible.words)


SHAPES = {
    "empty": N_("Write something here."),
    "too-long": N_("This is too long. Make it shorter."),
    "unreadable": N_("This has characters that cannot be shown. Use letters, digits and plain signs."),
}
