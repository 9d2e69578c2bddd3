"""Exact places on the map: degrees, grid references, plus codes, three words, and map links."""

import re
from collections.abc import Iterator

from moderation.details.detail import Detail, What

DEGREE = "[\u00b0\u00ba]"
PLACE = re.compile(
    rf"(?<![\w.])[-+]?\d{{1,3}}\.\d{{3,15}}(?: ?{DEGREE})?(?: ?[NSns]\b)?[ ,;/]{{1,3}}"
    rf"[-+]?\d{{1,3}}\.\d{{3,15}}(?: ?{DEGREE})?(?: ?[EWew]\b)?"
    rf"|(?<![\w.])\d{{1,3}} ?{DEGREE} ?\d{{1,2}} ?['\u2032] ?(?:\d{{1,2}}(?:\.\d{{1,8}})? ?(?:''|"
    rf"[\"\u2033]) ?)?[NS][ ,;]{{0,3}}"
    rf"\d{{1,3}} ?{DEGREE} ?\d{{1,2}} ?['\u2032] ?(?:\d{{1,2}}(?:\.\d{{1,8}})? ?(?:''|[\"\u2033]) ?)?[EWO]"
    r"|(?<!\w)[HJNOST][A-HJ-Z] ?\d{3} ?\d{3}(?!\w)"
    r"|(?<!\w)[HJNOST][A-HJ-Z] ?\d{4} ?\d{4}(?!\w)"
    r"|(?<!\w)[HJNOST][A-HJ-Z] ?\d{5} ?\d{5}(?!\w)"
    r"|(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"
    r"|///\s?[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}"
    r"|(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.\w{2,3}|"
    r"(?:www\.)?google\.\w{2,3}/maps|w3w\.co)/\S{1,200}"
)
"""Degrees; Ordnance Survey references of 100 m and finer; plus codes; what3words; map links."""
NEEDED = re.compile(r"[\d+/]")
"""One of these is in every exact place; most texts have none, and are not looked through at length."""
THREE_WORDS = re.compile(
    r"\b(?:what ?3 ?words|what three words|w3w)\b\W{0,4}(?:is |are "
    r")?([a-z]{3,20}[. ,]{1,2}[a-z]{3,20}[. ,]{1,2}[a-z]{3,20})",
    re.I,
)


def coordinates(text: str) -> Iterator[Detail]:
    """Yield exact places."""
    if NEEDED.search(text):
        for found in PLACE.finditer(text):
            yield Detail(*found.span(), What.PLACE)
    for found in THREE_WORDS.finditer(text):
        yield Detail(*found.span(1), What.PLACE)
