"""Death wished upon whoever is spoken to: a threat, however it is meant, and no cry for help."""

import re

from moderation.danger.speech import Speech
from moderation.verdict import Span

ADDED = r"(?:oh|well|just|please|plz|pls|go|now|then|so|and|should|maybe|stupid|fucking|yous?|all|why not)"
OPENING = rf"(?:^|[|,\"]) (?:{ADDED} ){{0,4}}"
"""Where a command begins. "I will kill you" and "do not kill yourself" do not begin so."""
SELF = r"(?:yourself|yourselves|yerself|ursel|yersel)"
WISH = re.compile(
    rf"(?:{OPENING}(?:kill|hang|shoot|off|top|neck|drown|end) {SELF}"
    rf"|{OPENING}die (?:already|slowly?|in (?:a|the|your)|alone|you|bitch|scum|junkie)"
    rf"|{OPENING}drop dead(?= [|,])"
    rf"|{OPENING}(?:go and die|go die|drink (?:some )?bleach|swallow (?:some )?bleach)"
    r"|(?:hope|hoping|wish|pray|praying) (?:that )?(?:you|ye|yous)(?: all| both| lot)?"
    r"(?: just| really| fucking)?"
    r" (?:die|overdose|drop dead|choke to death|rot in|burn in hell)"
    r"|(?:you|yous) (?:all )?(?:should|ought to|need to) (?:just |all |really )?"
    rf"(?:die|be dead|be shot|be put down|kill {SELF})"
    rf"|do (?:us|everyone|the world|me)(?: all)? a favou?r and (?:die|overdose|kill {SELF}|end it)"
    r"|(?:world|we|everyone|everybody)(?: would| will| 's)?(?: all)?(?: be)? better(?: off)?"
    r" (?:without you|if you (?:were|was|are) dead)"
    r")(?= |$)"
)
REPORTED = re.compile(
    r" (?:told|tells|telling|tell|said|says|saying|say|texted|wrote|writes|messaged|shouted|comments?|called"
    r"|read) "
)
"""Words of somebody who reports what was said, or objects to it."""
OWN = re.compile(r" (?:(?:me|my|myself|mine)(?= )|i (?!hope |hoping |wish |pray |praying |know |will ))")
"""Words of oneself, other than of whoever wishes or threatens."""


def death_wish(speech: Speech) -> Span | None:
    """Return where a speech wishes whoever it speaks to death; None where that is only reported."""
    line = speech.line
    for found in WISH.finditer(line):
        start = found.start() + len(found.group()) - len(found.group().lstrip(' |,"'))
        if not REPORTED.search(speech.sentence(start)):
            return speech.span(start, found.end() + 1, "death-wish")
    return None


def speaks_of_oneself(speech: Speech) -> bool:
    """Whether the writer is in it: what a voice in one's own head says is a cry for help too."""
    return bool(OWN.search(speech.line))
