"""The ways a text can be read aloud: as written, and through light disguises."""

import re

from moderation.phrases import Phrase, folded, words
from moderation.toxicity.disguises import undisguised

DRAWN_OUT = re.compile(r"([a-z])\1{2,}")

SHORT = (
    "u=you ur=you_are yr=you_are youre=you_are you're=you_are you'd=you_would ya=you yall=you y'all=you "
    "r=are urself=yourself yourselves=yourself im=i_am i'm=i_am i'll=i_will ima=i_will imma=i_will "
    "gonna=going_to gunna=going_to dont=do_not don't=do_not didnt=did_not didn't=did_not "
    "wont=will_not won't=will_not they're=they_are theyre=they_are thats=that_is that's=that_is"
)
FULL = {short: tuple(full.split("_")) for short, full in (pair.split("=") for pair in SHORT.split())}
# Words that only turn up the volume: "you are such a complete and utter fucking idiot".
LOUD = (
    "a an the such just so really very absolute absolutely complete completely total totally utter utterly "
    "fucking fuckin fking freaking frigging bloody goddamn damn motherfucking literally still simply"
)
VOLUME = frozenset(LOUD.split())


def readings(text: str) -> set[Phrase]:
    """Return each different way to hear the text, as words; most texts have one."""
    plain = folded(text)
    return {words(heard) for heard in (plain, undisguised(plain), undisguised(DRAWN_OUT.sub(r"\1", plain)))}


def meant(heard: Phrase) -> Phrase:
    """Return the words without shortenings and without what only turns up the volume."""
    full = (part for word in heard for part in FULL.get(word, (word,)))
    return tuple(word for word in full if word not in VOLUME)
