"""What is over: told of another time, and well since."""

import re

OVER = re.compile(
    r" (?:(?:years?|yrs?|months?|decades?|weeks?) (?:ago|back|since|after|later|of|on) (?:tonight|today|"
    r"this)|(?:years?|yrs?|months?|decades?|weeks?) (?:ago|back|since|after|later|now|of|on)|last (?:year|"
    r"summer|winter|spring|"
    r"autumn|time)|(?:in|since|since about|back in|from|by) (?:the )?(?:19\d\d|20[01]\d|202[0-5]|\d0s|"
    r"nineties|eighties|spring|summer)|"
    r"when i (?:was|were|had|first|got|used)|used to|use to|i once|once(?= \||$)|at \d\d|back then|"
    r"back when|that (?:year|time|week|night|winter|summer)|"
    r"those days|at the time|in (?:the past|my past|my twenties|my teens|my youth|childhood)|as a (?:teen|"
    r"teenager|kid|child|boy|girl)|"
    r"previous|previously|history|hx|past|on (?:my|his|her) (?:record|file)|remember|diary|was \d\d|"
    r"years old then|first week|"
    r"finally left|\d+ (?:years|yrs|months) (?:sober|clean|now|free|after)|some weeks|(?:19[5-9]\d|"
    r"20[01]\d|202[0-4]))(?= )"
)
PRESENT = re.compile(
    r" (?:now|tonight|today|right now|this (?:morning|evening|week|time|afternoon|minute)|again|currently|"
    r"still|anymore|"
    r"tomorrow|at the moment|since yesterday|just|any more|back|(?:am|is|are) (?:so|too|not|going|in|on|"
    r"scared)|lately|"
    r"until|till|keep|keeps|soon|these days|wish|will|should|same)(?= )"
)
"""Words of the present: a sentence that has one is not taken for a memory."""
NOW = re.compile(
    r" (?:tonight|today|right now|now|this (?:morning|evening|afternoon|time|minute)|again|at the moment|"
    r"since yesterday|tomorrow)(?= )"
)
WELL = re.compile(
    r" (?:glad|grateful|thankful|thank (?:you|god)|since been|been well|is well|well since|none since|"
    r"nothing since|not since|"
    r"all good|better now|is better|be better|don better|(?:s|is|are|am) (?:fine|ok|okay|safe|grand|"
    r"alright|all right)|out of hospital|recovered|"
    r"happier|so happy|never been (?:so )?happy|happy to|home now|in recovery now|proud|saved (?:my|his|"
    r"her) life|worth it|"
    r"normal now|(?:years|yrs|months) (?:clean|sober|free)|no symptoms|not thinking of|no dark|safe now|"
    r"nearly used|"
    r"back at (?:work|college|school|uni)|laugh|doing (?:yoga|well|great|grand|brilliant)|kitten|married|"
    r"marry|grandchildren|new (?:flat|job|dog)|"
    r"quieter|since then|see me now|burned them|still sober|are still here|am still here|eating toast|"
    r"did it properly|last time was|"
    r"got (?:him|her|me|them) back|came (?:round|home)|pulled through|made it|reached her|reached him)(?= )"
)


def is_told(sentence: str) -> bool:
    """Whether a sentence tells of what is over."""
    return bool(OVER.search(sentence)) and not PRESENT.search(OVER.sub(" ", sentence))


def is_now(sentence: str) -> bool:
    """Whether a sentence says that it speaks of today."""
    return bool(NOW.search(sentence))


def is_over(line: str) -> bool:
    """Whether somebody tells of another time and of how well it is since, in the whole of a text."""
    return bool(OVER.search(line)) and bool(WELL.search(line))
