"""Wordings: letters that the team writes again and again; six good ones ship, and the team has its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from forum.language import N_, Words
from forum.policies.sheets import currents
from forum.rendering import Renderer
from forum.spaces.tables import PlaceKind

PLACEHOLDER = re.compile(r"\{(handle|guideline)\}")
OWN_KEY = re.compile(r"own-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter to begin with: `version` is the team's own, 0 for one as it ships."""

    key: str
    title: str
    text: str
    version: int = 0

    def filled(self, handle: str, guideline: str) -> str:
        """Return the letter with who it is for and which guideline it is about."""
        return fill(self.text, {"handle": handle, "guideline": guideline})


SHIPPED: Mapping[str, tuple[Words, Words]] = {
    "refusal": (
        N_("A kind refusal"),
        N_(
            "Hello {handle}, thank you for writing. We did not publish your message this time, because of "
            "our guideline “{guideline}”. Your words are still with you. Nothing else changes for you, and "
            "you are welcome here."
        ),
    ),
    "ask-to-change": (
        N_("Please change it"),
        N_(
            "Hello {handle}, your message is nearly there. Please look at it once more with our guideline "
            "“{guideline}” in mind, change what you like, and send it again. If something is unclear, "
            "answer here."
        ),
    ),
    "details": (
        N_("Personal details"),
        N_(
            "Hello {handle}, your message gives away something that could lead a stranger to you or to "
            "somebody else. Please take that out and send it again. We want this place to stay safe for "
            "you."
        ),
    ),
    "warning": (
        N_("A warning"),
        N_(
            "Hello {handle}, we know that evenings here can be hard. What you wrote hurt somebody, and our "
            "guideline “{guideline}” asks all of us not to do that. Please take a breath before you write "
            "again. You still belong here."
        ),
    ),
    "pause": (
        N_("A pause"),
        N_(
            "Hello {handle}, you can read, but not write, for a while, because of our guideline "
            "“{guideline}”. This is a pause and not the end. If you think that we got it wrong, you can ask"
            " for another person to look at it."
        ),
    ),
    "care": (
        N_("We read you"),
        N_(
            "Hello {handle}, we read what you wrote, and we are glad that you said it. You do not have to "
            "be alone with it. Under “People you can reach now” are people who answer day and night. You "
            "can also answer here, and one of us reads it."
        ),
    ),
}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with {handle} and {guideline} filled in, once: what a value says is never read again.

    Anything else in braces stays as it was written.
    """
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


async def wordings(session: AsyncSession, renderer: Renderer) -> list[Wording]:
    """Return every wording, the six first, the team's words before ours: one query."""
    own = await currents(session, PlaceKind.WORDING)
    told = []
    for key, (title, text) in SHIPPED.items():
        mine = own.pop(key, None)
        told.append(
            Wording(key, mine.title, mine.text, mine.seq or 0)
            if mine is not None
            else Wording(key, renderer.say(title), renderer.say(text))
        )
    added = [Wording(key, one.title, one.text, one.seq or 0) for key, one in own.items()]
    return told + sorted(added, key=lambda one: one.title.casefold())


def is_key(key: str) -> bool:
    """Whether a wording can have this name: one of the six, or one that we made for the team."""
    return key in SHIPPED or OWN_KEY.fullmatch(key) is not None


def new_key() -> str:
    """Return the name of a wording that the team adds."""
    return f"own-{uuid4().hex}"
