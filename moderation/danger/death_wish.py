"""Death wished upon whoever is spoken to: a threat, however it is meant, and no cry for help."""

import re

from moderation.danger.speech import STOP, Speech
from moderation.verdict import Span

ADDED = r"(?:oh|well|just|please|plz|pls|go|now|then|so|and|should|maybe|stupid|fucking|yous?|all|why not)"
OPENING = rf"(?:^|[|,\"]) (?:{ADDED} ){{0,4}}"
"""Where a command begins. "I will kill you" and "do not kill yourself" do not begin so."""
SELF = r"(?:yourself|yourselves|yerself|ursel|yersel)"
BETTER = (
    r"(?:world|we|everyone|everybody)(?: would| will| 's)?(?: all)?(?: be)? better(?: off)?"
    r" (?:without you|if you (?:were|was|are) dead)"
)
ALONE = r"(?= (?:[|,]|then|now|already|tonight|you|and do|please|lol|loser|mate)|\s*$)"
"""What follows when nothing else was meant: "shoot yourself an email", "top yourself up"."""
GENTLY = r"(?! (?:in your (?:own )?(?:sleep|bed)|peaceful|old|happy|hard|laughing|at peace|to ))"
"""What follows a good death, or a figure of speech."""
WISH = re.compile(
    rf"(?:{OPENING}kill {SELF}(?! (?:laughing|with|over|less|trying|working|for))"
    rf"|{OPENING}(?:hang|shoot|off|top|neck|drown|end) {SELF}{ALONE}"
    rf"|{OPENING}die (?:already|slowly?|in (?:a|the|your)|alone|you|bitch|scum|junkie)"
    rf"|{OPENING}drop dead(?= [|,])"
    rf"|{OPENING}(?:go and die|go die|drink (?:some )?bleach|swallow (?:some )?bleach)"
    r"|(?:hope|hoping|wish|pray|praying) (?:that )?(?:you|ye|yous)(?: all| both| lot)?"
    r"(?: just| really| fucking)?"
    rf" (?:die|overdose|drop dead|choke to death|rot in|burn in hell){GENTLY}"
    r"|(?:you|yous) (?:all )?(?:should|ought to|need to) (?:just |all |really )?"
    rf"(?:die|be dead|be shot(?! of)|be put down|kill {SELF}){GENTLY}"
    rf"|do (?:us|everyone|the world|me)(?: all)? a favou?r and (?:die|overdose|kill {SELF}|end it)"
    rf"|(?P<better>{BETTER})"
    r")(?= |$)"
)
REPORTED = re.compile(
    r" (?:told|tells|telling|tell|said|says|saying|say|texted|wrote|writes|messaged|shouted|comments?|called"
    r"|read) "
)
"""Words of somebody who reports what was said, or objects to it."""
DENIED = re.compile(r" (?:not|never|nobody|lie|lying|you(?: [^ |]+)? (?:think|thinking|believe|feel))(?= )")
"""Who comforts says the same after one of these: "never think everyone would be better off without you"."""
OWN = re.compile(
    r" (?:(?:me|my|myself|mine)(?= )|i (?!hope |hoping |wish |pray |praying |know |will "
    r"|(?:do )?(?:think|believe) (?:every|the |we |you )))"
)
"""Words of oneself, other than of whoever wishes or threatens."""


def death_wish(speech: Speech) -> Span | None:
    """Return where a speech wishes whoever it speaks to death; None where that is only reported."""
    line = speech.line
    reported = denied = 0  # until where we know it, so that a long sentence is not searched for each wish
    for found in WISH.finditer(line):
        start = found.start() + len(found.group()) - len(found.group().lstrip(' |,"'))
        sentence = speech.sentence(start)
        begin = line.rfind(STOP, 0, start) + 1
        if start < reported or REPORTED.search(sentence):
            reported = begin + len(sentence)
        elif found["better"] and (start < denied or DENIED.search(line, begin, start)):
            denied = begin + len(sentence)
        else:
            return speech.span(start, found.end() + 1, "death-wish")
    return None


def speaks_of_oneself(speech: Speech) -> bool:
    """Whether the writer is in it: what a voice in one's own head says is a cry for help too."""
    return bool(OWN.search(speech.line))
