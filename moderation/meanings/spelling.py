"""A typed word as it was meant: without shorthand, signs for letters and drawn-out letters."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

SHORTHAND: Mapping[str, str] = {
    "2": "to", "4": "for", "b4": "before", "2nite": "tonight", "2night": "tonight", "tonite": "tonight",
    "2day": "today", "2moro": "tomorrow", "tmrw": "tomorrow", "2mrw": "tomorrow", "tomoro": "tomorrow",
    "u": "you", "ur": "your", "yr": "your", "r": "are", "n": "and", "nd": "and", "w": "with", "wiv": "with",
    "wit": "with", "ya": "you", "yas": "you", "yous": "you", "youse": "you", "ye": "you", "yall": "you",
    "y": "why", "cos": "because", "coz": "because", "cuz": "because", "bc": "because", "sum1": "someone",
    "som1": "someone", "some1": "someone", "any1": "anyone", "ne1": "anyone", "every1": "everyone",
    "evry1": "everyone", "no1": "noone", "wot": "what", "wat": "what", "da": "the", "dat": "that",
    "dis": "this", "em": "them", "wen": "when", "hav": "have", "av": "have", "msg": "message",
    "mssg": "message", "mesage": "message", "ppl": "people", "pls": "please", "plz": "please", "gd": "good",
    "nite": "night", "fone": "phone", "tel": "phone", "dr": "doctor", "drs": "doctors", "doc": "doctor",
    "docs": "doctors", "lnk": "link", "lookin": "looking", "sellin": "selling", "buyin": "buying",
    "takin": "taking", "needin": "needing", "wud": "would", "cud": "could", "shud": "should",
    "rly": "really", "realy": "really", "jus": "just", "jst": "just", "tho": "though", "smthn": "something",
    "sumthin": "something", "sumfin": "something", "nuffin": "nothing", "nothin": "nothing", "il": "ill",
    "alright": "ok", "okay": "ok", "somethin": "something", "abt": "about",
}  # fmt: skip
FIGURES = (str.maketrans("013457@$!8", "oieastasib"), str.maketrans("013457@$!89", "oleastaslbg"))
STRETCHED = re.compile(r"(.)\1{2,}")
APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc\u2018\u00b4`")
LONG = 7
"""Letters from which a word that misses one letter, has one too many or a wrong one is still that word."""
LONGEST = 24


def folded(word: str) -> str:
    """Return the word without differences of case, width, marks and apostrophes."""
    if word.isascii():
        return word.lower().translate(APOSTROPHES)
    apart = unicodedata.normalize("NFKD", word).casefold().translate(APOSTROPHES)
    return "".join(character for character in apart if not unicodedata.combining(character))


def nearly(word: str) -> Iterator[str]:
    """Yield the word and all it can be with one letter less."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def neighbours(words: Iterable[str]) -> Mapping[str, str]:
    """Return what long words look like with a letter missing, and the word (Garbe's symmetric deletion)."""
    return {near: word for word in words if len(word) >= LONG for near in nearly(word)}


def meant(word: str, known: Collection[str], near: Mapping[str, str]) -> str:
    """Return the known word that a typed one stands for; the folded word itself if there is none."""
    plain = folded(word)
    plain = SHORTHAND.get(plain, plain)
    if plain in known or len(plain) > LONGEST:
        return plain
    for spelt in _spelt(plain):
        if spelt in known:
            return spelt
    if len(plain) > LONG and plain.isalpha():
        return next((near[spelt] for spelt in nearly(plain) if spelt in near), plain)
    return plain


def _spelt(plain: str) -> Iterator[str]:
    spellings = [plain]
    if not plain.isalpha() and any(map(str.isalpha, plain)):
        spellings = [plain.translate(table) for table in FIGURES]
        yield from spellings
    for spelling in spellings:
        if STRETCHED.search(spelling):
            yield STRETCHED.sub(r"\1\1", spelling)
            yield STRETCHED.sub(r"\1", spelling)
