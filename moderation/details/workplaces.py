"""Workplaces by name: a job or a word for working, and after it a named firm, school, depot or office."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What
from moderation.details.numerals import has_figures
from moderation.details.people import CAP
from moderation.details.vocabulary import vocabulary

WORKING = (
    r"(?:work|works|worked|working|job|jobs|employed|drive|drives|driving|shelves|stack shelves|teach|"
    r"teaches|teaching|taught|cook|cooks|cooking|clean|cleans|"
    r"cleaning|nurse|nurses|nursing|manage|manages|managing|manager|mechanic|cop|officer|copper|teacher|"
    r"head|headteacher|principal|"
    r"driver|engineer|porter|chef|barber|barista|waitress|waiter|receptionist|reception|cashier|clerk|"
    r"accountant|solicitor|lawyer|"
    r"dentist|hygienist|pharmacist|electrician|plumber|welder|foreman|supervisor|director|partner|"
    r"assistant|technician|developer|"
    r"programmer|analyst|librarian|caretaker|janitor|security|guard|bouncer|sit|sits|shift|shifts|nights|"
    r"days|deli|tills?|counter|desk|bar|"
    r"kitchen|warehouse|floor|front of house|lecturer|professor|intern|apprentice|temp|carer|midwife|"
    r"paramedic|firefighter|pilot|vet|"
    r"farmhand|labourer|laborer|joiner|roofer|lecture|lectures|preach|preaches|pastor|vicar|priest|"
    r"employer|boss|company|firm|office|ta|"
    r"coach|coaches|stylist|hairdresser|salon|butcher|baker|fitter|packer|picker|postman|rep|sales|hr|it)"
)
PLACE_KIND = (
    r"(?:school|primary|secondary|academy|college|university|hospital|infirmary|surgery|clinic|bank|"
    r"branch|caf[e\u00e9]|restaurant|bar|pub|hotel|depot|"
    r"garage|salon|bakery|nursery|library|precinct|station|fire station|church|parish|council|firm|"
    r"solicitors|coaches|motors|care home|"
    r"home|centre|center|warehouse|factory|mill|yard|store|shop|supermarket|pharmacy|office|infosoft|"
    r"logistics|dental|brewery|farm|gym)"
)
INNER = r"(?: (?:and|&|of|the|on|in|de|la|le|upon|out|for|Naomh)(?= ))"
LONG = (
    rf"(?:the )?(?:\d{{1,3}}(?:st|nd|rd|th) )?{CAP}(?:'s)?(?:(?:{INNER}){{0,2}} {{1,2}}(?:{CAP}|"
    rf"{PLACE_KIND}|&)(?:'s)?){{0,5}}(?: {PLACE_KIND})?"
)
DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Christmas|Easter|I\b"
NOT_BETWEEN = (
    "you|were|was|i|we|they|he|she|know|knew|that|and|but|to|tell|said|says|because|cos|so|if|when|thank|"
    "thanks"
)
WHERE = (
    rf"(?:,? (?:on|in|out of|by|near|off|down|up) (?:the )?(?!{DAYS}){CAP}(?: {CAP}){{0,2}}"
    rf"|, (?:depot|floor|branch|unit|store|shop|site|\d{{1,3}}(?:st|nd|rd|th) floor|depot \d{{1,3}})(?: "
    rf"\d{{1,3}})?|, {CAP}(?: {CAP}){{0,2}}){{0,3}}"
)
EMPLOYER = re.compile(
    rf"\b(?i:my|his|her|their) (?i:employer|workplace|work|job|company|firm)(?i:'s| is|:) "
    rf"(?P<place>{LONG}{WHERE})"
    rf"|\b(?i:i'm|im|i am|he's|hes|she's|shes|is|was) (?i:an?|the) "
    rf"(?!(?i:regular|member|patient|guest|volunteer|newcomer|speaker)\b)[\w-]{{3,20}} (?i:at|for|with) "
    rf"(?P<post>{LONG}{WHERE})"
)
AT = re.compile(
    rf"\b(?i:{WORKING})(?: (?!(?i:{NOT_BETWEEN})\b)[\w'-]{{1,14}}){{0,4}}? (?i:at|for|of|with) "
    rf"(?P<place>{LONG}{WHERE})"
)
PRECINCT = re.compile(
    rf"(?P<place>(?<!\w)\d{{1,3}}(?:st|nd|rd|th) (?i:precinct|district|battalion)(?:{WHERE}))"
)
JOB = re.compile(
    rf"\b(?i:the|a|our|my) (?i:dentist|vet|pharmacist|manager|head|vicar|priest|caretaker|principal|"
    rf"solicitor|hairdresser|owner|librarian) (?i:on|at|in|of) (?P<place>(?i:the corner of )?{LONG}{WHERE})"
)
EVERYBODY = vocabulary(
    "nhs hse tesco asda aldi lidl sainsbury's morrisons amazon walmart target costco uber deliveroo "
    "mcdonald's mcdonalds starbucks costa greggs ikea google apple microsoft facebook royal mail ups "
    "fedex dhl walgreens cvs boots argos wetherspoons spoons kfc subway b&q dunelm primark home depot "
    "lowe's kroger aa na ca ga smart al-anon waypost salvation army samaritans turning point shelter "
    "oxfam st john ambulance red cross red cross. bbc us usa uk london dublin glasgow edinburgh leeds "
    "manchester"
)
"""Employers of many thousands, helpers, and cities: such a name finds nobody."""
NO_PLACE = vocabulary(
    "i i'm im he she they we you it monday tuesday wednesday thursday friday saturday sunday "
    "christmas easter january february march april may june july august september october november "
    "december god jesus mum dad mom the my am pm new"
)
NEVER = "|".join(sorted(word.capitalize() for word in NO_PLACE))
NAMED = re.compile(
    rf" (?i:at|for|of|with|on|in) (?:(?i:the) (?i:corner of )?)?(?:the )?(?:\d{{1,3}}(?:st|nd|rd|th) )?"
    rf"(?!(?:{NEVER})(?![\w'&-])){CAP}"
)
"""What is in every place at which somebody is told to work; most texts have none."""
WORD = re.compile(r"[^\W_][\w'&-]*")


def workplaces(text: str) -> Iterator[Detail]:
    """Yield named workplaces of few people; a trade, a town or an employer of thousands is none."""
    for pattern in _likely(text):
        for found in pattern.finditer(text):
            group = found.lastgroup or "place"
            if narrow(found[group]):
                yield Detail(*found.span(group), What.WORKPLACE)


def _likely(text: str) -> Iterator[re.Pattern[str]]:
    yield EMPLOYER
    if NAMED.search(text):
        yield AT
        yield JOB
    if has_figures(text):
        yield PRECINCT


def narrow(place: str) -> bool:
    """Return whether a named place is one of few people, and no day, person or employer of thousands."""
    words = [word.lower() for word in WORD.findall(place)]
    if place.isupper():
        return False
    told = [
        word for word in words if word not in ("the", "on", "in", "of", "and", "at", "out", "a", "by", "near")
    ]
    if not told or told[0] in NO_PLACE:
        return False
    return len(told) > 1 and not all(word in EVERYBODY for word in told[:2])
