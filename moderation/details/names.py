"""Full names that say who somebody is: the author's own, and somebody else's with what they went through."""

import re
from collections.abc import Iterator
from itertools import islice

from moderation.details.detail import Detail, What
from moderation.details.owners import others
from moderation.details.people import CAP, TOLD_OF, full_names

WORD = r"[^\W\d_][\w'-]{1,24}"
TOLD_NAME = re.compile(
    rf"\b(?:(?:my|me) )?(?:(?:real|full|legal|actual|proper|birth|given|whole) name(?:'s| is|:)|name'?s? "
    rf"in full(?:'s| is|:)|"
    rf"name on (?:my|the) (?:passport|birth cert\w*|chart|form|wristband)(?:'s| is))[ :]{{0,2}}(?:is "
    rf")?(?P<name>{WORD}(?: {WORD}){{1,2}}?)"
    rf"(?= (?:from|in|of|and|but|here|if|so|i|im|i'm|not|because|cos|tired|age|aged|who)\b|[,.!?;:\n(-]|$)",
    re.IGNORECASE,
)
SURNAME = re.compile(
    rf"\b(?i:surname|family name|last name|maiden name|second name)(?i:'s| is|:| was)? ?:? "
    rf"?(?P<name>{CAP})(?![\w])"
)
FIRST_NAME = re.compile(
    rf"\b(?i:first name(?:'s| is|:)?|(?:mum|mam|mom|parents|ma|they) (?:called|named|christened) me|"
    rf"christened)[ :]{{1,2}}(?P<name>{CAP})"
)
OWN_BEFORE = re.compile(
    r"(?:\b(?:i'm|im|i am|this is|it's|its|it's me|its me|myself|my name(?:'s| is)?|name(?:'s| is)|name:|"
    r"known? (?:to \w+ )?(?:me )?as|called|call me|"
    r"sign(?:ed|ing)?(?: this| it)?(?: as)?|i'm called|je m'appelle|ich bin|ich hei(?:ss|\u00df)e|soy|me "
    r"llamo|under|yours|regards|sincerely|"
    r"(?:hi|hello|hey)(?: all| everyone| everybody| folks| there)?[,.!]? ?(?:i'm|its|it's|this is)?|i, |"
    r"the name is|"
    r"real name|fb me|facebook me|on facebook|fb|facebook|linkedin|christened|baptised|"
    r"born)[ ,:-]{0,3}(?:really |actually |just )?\n?)$",
    re.IGNORECASE,
)
OWN_AFTER = re.compile(
    r"^ ?(?:here\b|this side\b|speaking\b|reporting\b|is my (?:real |full )?name|'s my name|that's me|"
    r"that'?s my name)|^, [^.!?]{0,60}\. [^.!?]{0,24}(?:sober|clean|dry) since",
    re.IGNORECASE,
)
SIGNS_IT = re.compile(
    r"(?:there's|that's|so here's|sign(?:ed)? (?:it|my name|this)|put) (?:my (?:own |real |full )?name)|"
    r"ashamed to (?:sign|say|put)|not hiding",
    re.I,
)
HEALTH = re.compile(
    r"\b(?:rehab|detox\w*|relaps\w*|sober|sobriety|drunk|drink\w*|drank|booze\w*|clean|using|used|heroin|"
    r"coke|cocaine|crack|meth|ketamine|ket|"
    r"pills|pokies|gambl\w*|overdos\w*|od'?d|methadone|subutex|suboxone|buprenorphine|naltrexone|"
    r"antabuse|tramadol|opioids?|opiates?|fentanyl|"
    r"oxy\w*|benzos?|valium|xanax|alcohol\w*|addict\w*|recover\w*|aa|na|ca|smart|meetings?|sponsor\w*|"
    r"sponsee|step (?:four|five|4|5)|steps|"
    r"treatment|residential|ward|hiv|hep(?:atitis)?(?: ?c)?|antidepress\w*|meds|medicat\w*|bipolar|"
    r"schizo\w*|psycho\w*|depress\w*|suicid\w*|self[ -]?harm\w*|lithium|"
    r"section(?:ed)?|miscarr\w*|abortion|pregnan\w*|cancer|anorex\w*|bulimi\w*|ptsd|adhd|borderline|"
    r"diagnos\w*|hospital|a&e|er|icu|"
    r"script|prescri\w*|dose|mg|smok\w*|weed|spice|crystal|injecting|needles?|hooked|habit|wagon|shakes|"
    r"withdraw\w*|"
    r"prison|jail|inside|probation|arrest\w*|pissed (?:hot|dirty)|tested|dirty|positive|abus\w*|affair|"
    r"therapy|counsell\w*|psych\w*|"
    r"halfway house|sober living|kidney|liver|cirrhosis|seizures?|fits|vodka|gin|whisky|whiskey|rum|wine|"
    r"beer|cider|months|chip|group|that thing)\b",
    re.IGNORECASE,
)
THEIRS = re.compile(r"\b(?:her|his|their|hers|she|he|they)\b[^.!?]{0,25}$", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:my|our|his|her) (?:[\w-]+ ){0,2}[\w-]+,? (?:mr\.? |mrs\.? |ms\.? |miss )?$", re.IGNORECASE
)
CALLED_SO = re.compile(r"\bme(?: as)?\W*$", re.IGNORECASE)
STRONG_TIE = re.compile(
    r"\b(?:my|our|his|her|ma|me) (?:\w+ ){0,2}?(?:mum|mam|mom|mother|dad|father|brother|sister|bro|sis|"
    r"son|daughter|boy|girl|lad|wife|husband|hubby|"
    r"partner|ex|boyfriend|girlfriend|bf|gf|fianc\w+|cousin|nephew|niece|aunt\w*|uncle|gran\w*|nan\w*|"
    r"grand\w+|friend|mate|pal|"
    r"neighbou?r|boss|counsell?or|therapist|keyworker|doctor|colleague|coworker|co-worker|roomm?ate|"
    r"roomie|housemate|flatmate|landlord|landlady|sponsor|sponsee|church|choir|"
    r"manager|teacher|classmate|ex-\w+|step\w+|in-law|sister-in-law|brother-in-law|group|meeting|house|"
    r"ward|street|team)\b|"
    r"\b(?:sponsee|sponsor|roommate|next door|across the road|down the road|upstairs|from (?:the|my|our|"
    r"this) \w*|does anyone know|do (?:you|u) know|anybody know|"
    r"anyone know|did (?:you|u|ya|ye) hear|have you heard|heard about|heard that|met|seen|saw|with me|"
    r"worked with|grew up|at school|used to|at work|"
    r"in (?:detox|rehab|treatment|residential|hospital|prison|group|my group|our group|my meeting) with|"
    r"brother|sister|mum|mam|dad|mother|father|"
    r"auntie|uncle|pastor|pray|prayer|prayers|praying|not naming names|told me|step five|worried about|"
    r"turned up|came to|comes to|goes to|is back|"
    r"is in|has been|hasn't|been seen|at our|at my|lives|ran into|bumped into|old (?:mate|friend|pal)|"
    r"chairs|chaired|shared)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:by|reading|watch(?:ing|ed)?|listen(?:ing|ed)? to|read|quote from|likes?|loves?|hates?|as)\W{0,2}$",
    re.I,
)
NEAR, TIED = 160, 90
MOST = 40
"""Names looked at in one text."""


def names(text: str) -> Iterator[Detail]:
    """Yield full names: the author's own, and others' with health, recovery or the like beside them.

    A name alone tells nothing here, and neither does a public person's.
    """
    for pattern in (TOLD_NAME, SURNAME, FIRST_NAME):
        for found in pattern.finditer(text):
            if pattern is not FIRST_NAME or SURNAME.search(text):
                yield Detail(*found.span("name"), What.NAME, others(text, *found.span("name")))
    for found in islice(full_names(text), MOST):
        before, after = (
            text[max(0, found.start() - NEAR) : found.start()],
            text[found.end() : found.end() + NEAR],
        )
        if _own(before, after):
            yield Detail(*found.span(), What.NAME)
        elif _exposed(before, after):
            yield Detail(*found.span(), What.NAME, others=True)


def _own(before: str, after: str) -> bool:
    if OWN_AFTER.search(after):
        return True
    if not before.strip() and SIGNS_IT.search(after):
        return True
    if THEIRS.search(before) and not CALLED_SO.search(before):
        return False
    return OWN_BEFORE.search(before) is not None and not re.match(r"(?:'s\b|'s? )", after)


def _exposed(before: str, after: str) -> bool:
    around = f"{before} {after}"
    if PUBLISHED.search(before) or (
        TOLD_OF.search(before[-60:] + " " + after[:60]) and not STRONG_TIE.search(before[-40:])
    ):
        return False
    if THEIRS.search(before) or BESIDE.search(before):
        return HEALTH.search(around) is not None
    tied = STRONG_TIE.search(before[-TIED:]) or STRONG_TIE.search(after[:TIED])
    return HEALTH.search(around) is not None and tied is not None
