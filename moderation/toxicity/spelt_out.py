"""Words of which each letter stands alone: s-t-u-p-i-d, k.y.s, F U C K."""

import re
from functools import cache

from moderation.toxicity.stems import holds_stem, stems, undisguised_stems, words

SIGN = r"[^\W_]|[@$!*]"
PARTED = r" ?[-._*~/|,+=•·] ?| "
END = r"(?![^\W_])(?!(?!\1)[-._*~•·@$!][^\W_])"
"""Where a single letter ends: not at the next letter of its word, nor at a sign within its word."""
RUN = re.compile(rf"(?<![^\W_])(?<![^\W_]\S)(?:{SIGN})({PARTED})(?:{SIGN}){END}(?:\1(?:{SIGN}){END})+")
"""Three or more single letters, or signs for letters, with the same between each two."""
LIST_SIGNS = frozenset("/|,+=")
"""What also stands between the items of a list."""
MANY = 4
"""Single letters that make a word of no list."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
COMMON = (
    "adhd aka asap bbc cbt cia diy dob dui dwi faq fbi gmt gps hiv iop iou irl lgbt lgbtq mat nhs nyc oap "
    "otc pdf phd post ptsd rip rsvp sos tba tbc thc usa ussr vip wip"
)
ABBREVIATIONS = frozenset(COMMON.split())
PETTY = (
    "a am an and are as be but do for get go have he her him i in is it just like me my no not of off on or "
    "people r she should so such that the they this to u up ur was we what will with you your yourself youre"
)
"""Small words that a run of single letters is cut at beside the listed stems."""


def joined(text: str) -> str:
    """Return the small-lettered text with words put together whose letters stand alone.

    Four letters or more make a word, or three with dots between that are no common abbreviation, or any
    that spell a listed stem. The letters of the alphabet in order, and initials without a vowel, do not.
    """
    return RUN.sub(_joined, text)


def _joined(run: re.Match[str]) -> str:
    said, parting = run.group(), run.group(1).strip()
    spelt = undisguised_stems(said[:: 1 + len(run.group(1))])
    if not spelt.isascii() or not spelt.isalpha():
        return said
    heard = _heard(spelt)
    if heard is None and parting not in LIST_SIGNS and _is_word(spelt, parting):
        return spelt
    return said if heard is None else heard


def _heard(spelt: str) -> str | None:
    """Return the words that the letters spell, if they are known ones or have a listed stem among them."""
    found = _known().findall(spelt)
    if "".join(found) == spelt and not set(words()).isdisjoint(found):
        return " ".join(found)
    return _stem().sub(r" \g<0>", spelt).strip() if holds_stem(spelt) else None


def _is_word(spelt: str, parting: str) -> bool:
    if spelt in ABBREVIATIONS or spelt in ALPHABET or not set("aeiouy") & set(spelt) or len(set(spelt)) == 1:
        return False
    return len(spelt) >= (MANY - 1 if parting == "." else MANY)


@cache
def _known() -> re.Pattern[str]:
    return re.compile("|".join(sorted({*words(), *PETTY.split()}, key=len, reverse=True)))


@cache
def _stem() -> re.Pattern[str]:
    return re.compile("|".join(sorted((stem for stem in stems() if stem[0] != "="), key=len, reverse=True)))
