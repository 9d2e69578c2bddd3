"""Postal addresses: a number with a street or a building, post boxes, postcodes, and what follows them."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What
from moderation.details.numerals import has_figures
from moderation.details.streets import FAMOUS, NO_NAMES, OTHER_TYPES, SURE_TYPES

CAP = r"[^\W\d_a-z\u00df-\u00ff](?:[^\W\d_]|['-]){0,24}(?!\w)"
NUMBER = r"(?:[A-Z]-?)?\d{1,5}(?: ?[A-Za-z])?(?:[-/]\d{1,4}[A-Za-z]?)?"
UNIT = (
    r"(?:(?:flat|apt|apartment|unit|lot|plot|room|rm|suite|ste|no|number|block|house|door no|flat no|"
    r"plot no|h ?\.? ?no|house no|"
    r"site|bay|caravan|trailer|shop|villa|#)\.? ?#?\.? ?\d{1,5} "
    r"?[A-Za-z]?(?![\w])(?:[-/]\d{1,4}[A-Za-z]?)?,? {0,2})"
)
NAME = r"(?!\d)[\w'-]{1,24}\.?"
SURE = "|".join(sorted(SURE_TYPES))
OTHER = "|".join(word.capitalize() for word in sorted(OTHER_TYPES))
OTHER_LOWER = "|".join(sorted(OTHER_TYPES))
POSTCODE = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[ACDEFHKNPRTVWXY]\d[\dW] ?[A-Z\d]{4}"
    r"|[A-Z]{2} \d{5}(?:-\d{4})?|(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT) \d{4}|\d{5,6}|\d{4} ?[A-Z]{2})(?![\w])"
)
FLOOR = (
    r"(?i:(?:top|ground|first|second|third|fourth|fifth|upper|lower|middle|back|\d{1,2}(?:st|nd|rd|"
    r"th))[ -](?:floor|left|"
    r"right|flat|bell|door|landing)|(?:flat|apt|apartment|unit|suite|ste|room|floor)\.? "
    r"?\d{0,4}[A-Za-z]?)(?!\w)"
)
PLACE_NAME = (
    rf"(?:off |near |behind |opp(?:osite)? )?{CAP}(?:[ -](?:{CAP}|upon|on|by|de|la|le|del|di|am)){{0,4}}"
)
TAIL = (
    rf"(?:(?:[ ,]{{1,2}}|,? ?\n {{0,4}},? ?)(?:{FLOOR})|(?:, {{0,2}}|,? ?\n {{0,4}},? ?){PLACE_NAME}(?: "
    rf"(?:{POSTCODE}|\d{{4}}(?!\w)))?"
    rf"|, \d{{1,3}} ?[A-Za-z\u00ba\u00aa]?(?!\w)|(?:,? {{0,2}}|,? ?\n {{0,4}},? ?){POSTCODE}(?: "
    rf"{CAP}(?![\w.]))?){{0,6}}"
)
STREET = re.compile(
    rf"(?<![\w.$\u00a3/:])(?:{UNIT}{{1,2}}(?:(?:on|in|at|off) )?(?:{NUMBER},? {{1,2}})?|(?:(?:flat|apt|"
    rf"unit) [A-Z],? )?{NUMBER},? {{1,2}})(?P<name>(?:{NAME} {{1,2}}){{1,4}}?)"
    rf"(?P<type>(?i:{SURE})|{OTHER}|(?:{OTHER_LOWER}))(?![\w'])\.?",
    re.IGNORECASE,
)
EUROPEAN = re.compile(
    rf"(?<![\w.])(?:\d{{3,5}} )?(?<!\w)(?:[A-Z\u00c0-\u00de]?\w{{1,24}}(?:stra(?:ss|\u00df)e|str\.|weg|"
    rf"gasse|allee|platz|ring|damm|ufer|straat|laan|plein|gracht|kade|"
    rf"dijk|gatan|v\u00e4gen|gade|vej|veien|katu|tie)|(?i:rue|avenue|chemin|impasse|all\u00e9e|calle|c/|"
    rf"via|viale|piazza|rua|avenida|av\.|plaza|ul\.|"
    rf"ulica|ulitsa|strada|carrer|travessa|corso|largo|paseo|carretera|\u00fat|utca|tinau) ?(?:(?:de|du|"
    rf"des|da|do|di|del|della|dos|la|le|les|el|d'|l') ?){{0,3}}"
    rf"{CAP}(?: {CAP}){{0,3}}),? (?:n\.?\u00ba? ?)?\d{{1,4}} ?[a-z]?(?!\w)"
    rf"|(?<!\w)(?i:calle|carrera|cra|cll)\.? \d{{1,3}}[A-Za-z]? ?(?:#|n[o\u00ba]\.?) ?\d{{1,3}}[A-Z]? ?- "
    rf"?\d{{1,3}}"
    rf"|(?<![\w.])\d{{1,4}}(?: ?bis| ?ter)?,? (?i:rue|avenue|av\.|boulevard|bd|chemin|place|impasse|"
    rf"all\u00e9e|quai|cours|route)"
    rf" (?:(?:de|du|des|la|le|les|d'|l') ?){{0,3}}{CAP}(?:[ -]{CAP}){{0,3}}"
)
BOX = re.compile(
    r"(?<!\w)(?:p\.? ?o\.?|post(?: office)?|psc|locked|gpo|rr \d{1,3},?|rural route "
    r"\d{1,3},?)[ -]?(?:box|bag|private bag|\d{1,5},? box)[ #:]{0,2}(?:no\.? ?)?\d{1,6}",
    re.IGNORECASE,
)
HOUSE_NO = re.compile(
    r"(?<!\w)(?:h\.? ?no|door no|plot no|flat no|d\.? ?no)\.? ?\d[\w/-]{0,12}"
    r"|(?<!\w)(?:house|building|bldg|plot|villa|block) (?:no\.? ?)?\d{1,4}[a-z]?,? (?:road|street|block|"
    r"lane|sector|phase|lot) \d{1,4}",
    re.IGNORECASE,
)
MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
FLAT = re.compile(
    r"(?<!\w)(?:(?i:flat|apt|apartment|lot|plot) \d{1,4}[A-Za-z]?(?=, {0,2}[A-Z])"
    r"|(?i:room|bed) \d{1,4}[A-Za-z]?(?=, {0,2}[A-Z][^,.!?\n]{1,30} (?i:hostel|house|lodge|hotel|court|"
    r"tower|flats|b&b)\b))"
)
BETWEEN_NUMBERS = re.compile(
    rf"(?<![\w.:/])\d{{1,5}} (?!{MONTH})(?:[^\W\d_A-Z\u00c0-\u00de][\w'-]{{1,12}} )?{CAP}(?: "
    rf"[\w'-]{{2,24}}){{0,3}} \d{{1,4}}[a-zA-Z]?(?=,|\n| (?i:suite|apt|flat)|\.?$)"
)
TOLD = re.compile(
    r"\b(?:(?:my|his|her|their|our|the|new|home|postal|mailing|billing|shipping|street|current) "
    r")?(?<!mail )(?<!web )(?<!ip )"
    r"address(?: is|'s|:| was| is now|,|=)[: \n]{1,6}(?:the corner of "
    r")?(?P<place>(?=[^.!?@]{0,40}\d)(?:[^\s@.!?]{1,24}[ ,]{1,2}){1,5}[^\s@.!?,]{1,24})",
    re.IGNORECASE,
)
LIVING = re.compile(
    rf"(?<!\w)(?i:lives?|living|staying|stays?|moved|house|flat|place|bedsit|renting|rents|home|squat|"
    rf"hostel|caravan|round)(?i:'s| is| \w{{1,12}}){{0,2}} "
    rf"(?i:on|at|off|in|along|up|down|to) (?i:the corner of )?(?P<place>(?:{CAP}(?: {CAP}){{0,3}}, "
    rf"{{0,2}})?{CAP}(?: {CAP}){{0,2}} (?i:{SURE})(?!\w))"
)
CODE = re.compile(
    r"(?<![\w£$.-])(?:(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKSTUW]|"
    r"[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2}"
    r"|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d|[ACDEFHKNPRTVWXY]\d[\dW] "
    r"[0-9ACDEFHKNPRTVWXY]{4})(?!\w)"
)
CODE_CUE = re.compile(
    r"\b(?:post ?code|zip(?: ?code)?|eir ?code|plz|pin ?code)\W{1,3}(?:is |of "
    r")?((?=[\w -]{0,7}\d)[A-Z\d]{2,5}(?:[ -][A-Z\d]{2,4})?)(?!\w)",
    re.IGNORECASE,
)
TAILED = re.compile(TAIL)
HOME = re.compile(
    r"\b(?:live|lives|living|my|our|his|her|their|home|stay|staying|house|flat|place|visit|post|send)\b",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"\b(?:hall|church|chapel|library|centre|center|clinic|hospital|cafe|caf\u00e9|museum|meeting house|"
    r"meeting|group|gym|"
    r"surgery|pharmacy|school|office|mosque|temple|synagogue)\W{0,3}(?:(?:is|at|on|,|in|held|"
    r"the)\W{0,2}){0,3}$",
    re.IGNORECASE,
)
CUE = re.compile(
    r"\b(?:live|lives|living|address|stay|stays|staying|renting|rents|moved|moving|i'm at|im at|come to|"
    r"post|send|house|home|door|place|round|flat|hiding|dealing|knock|visit|door is|meet)\b",
    re.I,
)
NEAR = 70


def addresses(text: str) -> Iterator[Detail]:
    """Yield addresses with the town and postcode after them; a venue's address, or a famous one, is none."""
    for found in LIVING.finditer(text):
        yield _with_tail(text, *found.span("place"))
    if has_figures(text):
        yield from _numbered(text)


def _numbered(text: str) -> Iterator[Detail]:
    for found in STREET.finditer(text):
        if _is_address(found, text[max(0, found.start() - NEAR) : found.start()]):
            yield _with_tail(text, found.start(), found.end())
    for pattern in (EUROPEAN, BOX, HOUSE_NO, FLAT, BETWEEN_NUMBERS):
        for found in pattern.finditer(text):
            yield _with_tail(text, found.start(), found.end())
    for found in TOLD.finditer(text):
        yield _with_tail(text, *found.span("place"))
    for found in CODE.finditer(text):
        yield Detail(*found.span(), What.POSTCODE)
    for found in CODE_CUE.finditer(text):
        yield Detail(*found.span(1), What.POSTCODE)


def _with_tail(text: str, start: int, end: int) -> Detail:
    tail = TAILED.match(text, end)
    return Detail(start, tail.end() if tail else end, What.ADDRESS)


def _is_address(found: re.Match[str], before: str) -> bool:
    words = found["name"].split()
    if " ".join(found.group().lower().split()) in FAMOUS or any(word.lower() in NO_NAMES for word in words):
        return False
    if VENUE.search(before) and not HOME.search(before):
        return False
    capital = words[-1][0].isupper() or words[-1][0].isdigit()
    if found["type"].lower() in SURE_TYPES:
        return (
            capital
            or found["type"].lower() not in ("drive", "close", "vale", "trail", "circle")
            or bool(CUE.search(before))
        )
    return (capital and found["type"][0].isupper()) or bool(
        CUE.search(before) and (capital or found["type"] in ("st", "court", "place", "house"))
    )
