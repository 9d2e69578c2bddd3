"""Payment cards and bank accounts, checked by their check digits where nothing else tells them."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from moderation.details.detail import Detail, What
from moderation.details.vocabulary import vocabulary

CARD = re.compile(r"(?<![\w.#/-])\d(?:[ \-./]{0,3}\d){11,18}(?![\w])")
GROUPED = re.compile(r"[2-6]\d{3}([ \-.])\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ \-.])\d{6}\2\d{5}")
SCHEMES = re.compile(r"[3-6]\d{15}|2[2-7]\d{14}|3[47]\d{13}")
"""First digits of the great card schemes, by ISO/IEC 7812: 3 to 6, and 22 to 27."""
LENGTHS = range(12, 20)
"""Digits of a card number by ISO/IEC 7812-1; a credit card's are 13 and more."""
CUE = re.compile(
    r"\b(?:card|cards|visa|master ?card|debit|credit|amex|cc|maestro|monzo|revolut card|karte)\b", re.I
)
NO_CARD = re.compile(
    r"\b(?:tracking|order|isbn|parcel|serial|barcode|invoice|imei|ref|reference)\b[^.!?]{0,16}$", re.I
)
EXTRAS = re.compile(
    r"\b(?:exp(?:iry|ires|iration)?|valid (?:to|thru|until)|cvv2?|cvc2?|security "
    r"code)\b[: .]{0,3}(?:date|is)?[: ]{0,2}"
    r"(\d{2} ?[/-] ?\d{2,4}|\d{3,4})(?!\d)",
    re.IGNORECASE,
)
NEAR = 60

IBAN = re.compile(r"(?<![\w])[A-Za-z] ?[A-Za-z][ -]?\d\d(?:[ ,-]{0,2}[A-Za-z0-9]){11,30}", re.ASCII)
LETTERS_OF_IBAN = re.compile(r"[ ,-]+")
BANK_DIGITS = 8
SHORTEST_IBAN, LONGEST_IBAN = 15, 34
"""Norway's is the shortest, and 34 the most that ISO 13616 allows."""
COUNTRIES = vocabulary(
    "AD AE AL AT AZ BA BE BG BH BR CH CR CY CZ DE DK DO EE ES FI FO FR GB GE GI GL GR GT HR HU IE IL "
    "IQ IS IT JO KW KZ LB LI LT LU LV MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO RS SA SC SE SI SK "
    "SM ST TL TN TR UA VA VG XK"
)
ACCOUNT = re.compile(
    r"\b(?:sort code|account (?:number|no|num)|acc(?:t|ount)?(?: no| number| num)?|a/c(?: no)?|"
    r"routing(?: number)?|bsb)\b"
    r"\W{0,3}(?:is|was)?[: #]{0,3}(\d(?:[ -]?\d){5,16})(?!\w)",
    re.IGNORECASE,
)


def payments(text: str) -> Iterator[Detail]:
    """Yield card numbers with what is printed beside them, and bank accounts."""
    for found in CARD.finditer(text):
        if _is_card(found.group(), text[max(0, found.start() - NEAR) : found.start()]):
            yield Detail(found.start(), found.end(), What.CARD)
    if CUE.search(text) or CARD.search(text):
        for found in EXTRAS.finditer(text):
            yield Detail(found.start(1), found.end(1), What.CARD)
    for found in IBAN.finditer(text):
        end = _length(found.group())
        if end:
            yield Detail(found.start(), found.start() + end, What.ACCOUNT)
    for found in ACCOUNT.finditer(text):
        yield Detail(found.start(1), found.end(1), What.ACCOUNT)


def _is_card(run: str, before: str) -> bool:
    digits = re.sub(r"\D", "", run)
    if NO_CARD.search(before) or len(digits) not in LENGTHS or len(set(digits)) == 1:
        return False
    if CUE.search(before) or GROUPED.fullmatch(run):
        return True
    return bool(SCHEMES.fullmatch(digits)) and (luhn.is_valid(digits) or len(digits) > len("346912345678901"))


def _length(run: str) -> int:
    """Return how many characters of a run are an IBAN: a valid one, else what looks like one."""
    pieces = [found.end() for found in re.finditer(r"[A-Za-z0-9]+", run)]
    for end in reversed(pieces):
        if iban.is_valid(LETTERS_OF_IBAN.sub("", run[:end])):
            return end
    return next((end for end in reversed(pieces) if _looks_like_one(run[:end])), 0)


def _looks_like_one(part: str) -> bool:
    plain = LETTERS_OF_IBAN.sub("", part)
    digits = sum(sign.isdigit() for sign in plain[4:])
    words = [word for word in re.findall(r"[A-Za-z]+", part)[1:] if word.islower() or len(word) > len("ABCD")]
    return (
        SHORTEST_IBAN <= len(plain) <= LONGEST_IBAN
        and plain[:2].upper() in COUNTRIES
        and digits >= BANK_DIGITS
        and (plain[:2].isupper() and not words)
    )
