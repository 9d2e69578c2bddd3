"""E-mail addresses, as they are written and as they are told: "jamie dot rivers at example dot com"."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What
from moderation.details.vocabulary import vocabulary

PART = r"[^\W_][\w+-]{0,40}"
DOT = (
    r"(?:\.| \. |[ ]?[(\[{<] ?(?:dot|punkt|\.) ?[)\]}>] ?| (?:dot|punkt|d0t) |,? ?(?:full stop|period),? "
    r"?| ?[\u2022\u00b7] ?)"
)
JOINT = r" ?(?:underscore|under score|dash|hyphen|plus) ?"
SURE_AT = (
    r"(?:@ {0,2}| {1,2}@ {1,2}| ?[(\[{<] ?(?:at|@|a|a t) ?[)\]}>] ?| "
    r"?[\u2709\U0001f4e7\U0001f4e8\U0001f4e9]+ ?| (?:at sign|(?-i:AT)) )"
)
SAID_AT = r" at "
ENDING = (
    r"(?:com|org|net|edu|gov|info|co|uk|ie|us|ca|au|nz|in|de|at|ch|fr|es|it|nl|be|se|dk|no|fi|pl|pt|cz|hu|gr|"
    r"ru|za|ng|ke|jm|gh|io|me|app|dev|eu|email|mail|live|biz|online|xyz|test|example|invalid|[a-z]{2})"
)
PROVIDER = r"(?:g ?mail|hot ?mail|outlook|yahoo|icloud|proton ?mail|proton|gmx|aol|ymail|googlemail)"
HOST = rf"{PART}(?:\.[\w-]{{1,40}}){{0,3}}\.[^\W\d_][\w-]{{1,23}}"
TOLD_HOST = rf"{PART}(?:{DOT}[\w-]{{1,40}}){{0,3}}{DOT}{ENDING}(?![\w@])"

SURE_PROVIDER = re.compile(r" (?:g ?mail|hot ?mail|icloud|googlemail|proton ?mail)$", re.IGNORECASE)
ADDRESS = re.compile(
    rf"(?<![\w+]){PART}(?:(?:{DOT}|{JOINT})[\w+-]{{1,40}}){{0,4}}{SURE_AT}(?:{TOLD_HOST}|{HOST}|"
    rf"{PROVIDER}(?!\w))",
    re.IGNORECASE,
)
TOLD = re.compile(
    rf"(?<![\w+]){PART}(?:(?:{DOT}|{JOINT})[\w+-]{{1,40}}){{0,4}}{SAID_AT}(?:{TOLD_HOST}|{PROVIDER}(?!\w))",
    re.IGNORECASE,
)
TOLD_TAIL = re.compile(rf"(?<![\w.@]){PART},? (?:full stop|dot|period),? {ENDING}(?!\w)", re.IGNORECASE)
CUE = re.compile(
    r"\b(?:e-?mail|gmail|hotmail|mail|write|reach|inbox|address)\b|@|a with a tail|a-with-a-tail|at sign",
    re.I,
)
SAID_DOT = re.compile(r"\b(?:dot|punkt|full stop|period)\b|[\u2022\u00b7]", re.IGNORECASE)
SIGNS_OF_TELLING = re.compile(r"@|\u2709|[\U0001f4e7-\U0001f4e9]|\bat\b|[(\[{<]a", re.IGNORECASE)

ROLES = vocabulary(
    "info help helpline support contact hello enquiries inquiries admin office team press mail "
    "webmaster moderators mods abuse privacy noreply no-reply donations volunteers volunteering"
)
"""Names of mailboxes that belong to an office rather than to a person; RFC 2142 lists such names."""
PUBLIC = frozenset({"jo@samaritans.org", "jo@samaritans.ie", "pat@samaritanshope.org", "fionn@turn2me.ie"})
"""The Samaritans read jo@ together: https://www.samaritans.org/how-we-can-help/contact-samaritan/email/"""
NO_MAILBOX = vocabulary(
    "look looking is was were be buy bought order ordered it them that this here there online shop up "
    "found available work works working worked me us him her you see read more over one some stuff "
    "things free out and or now sale prices deals book books chat site page link event meeting login"
)
"""What stands before "at" when it is no mailbox: look at, available at."""


def emails(text: str) -> Iterator[Detail]:
    """Yield e-mail addresses, but those of offices and helplines."""
    if SIGNS_OF_TELLING.search(text):
        for found in ADDRESS.finditer(text):
            if not _public(found.group()):
                yield Detail(found.start(), found.end(), What.EMAIL)
        for found in TOLD.finditer(text):
            mailbox = re.split(r" at ", found.group(), maxsplit=1, flags=re.IGNORECASE)[0]
            told = SAID_DOT.search(found.group()) or CUE.search(
                text[max(0, found.start() - 30) : found.start()]
            )
            if mailbox.lower() not in NO_MAILBOX and (told or SURE_PROVIDER.search(found.group())):
                yield Detail(found.start(), found.end(), What.EMAIL)
    if CUE.search(text):
        for found in TOLD_TAIL.finditer(text):
            yield Detail(found.start(), found.end(), What.EMAIL)


def _public(address: str) -> bool:
    plain = address.lower().replace(" ", "")
    return plain in PUBLIC or plain.split("@")[0] in ROLES
