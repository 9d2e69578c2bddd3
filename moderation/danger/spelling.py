"""Words as they are typed on a phone, and what they stand for."""

import re
from functools import lru_cache

SHORT = {
    "im": "i am", "ive": "i have", "id": "i would", "dont": "do not", "cant": "can not", "cannot": "can not",
    "wont": "will not", "didnt": "did not", "isnt": "is not", "wasnt": "was not", "werent": "were not",
    "hes": "he 's", "shes": "she 's", "its": "it 's", "theyre": "they are", "thats": "that 's",
    "theres": "there 's", "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not",
    "havent": "have not", "hasnt": "has not", "hadnt": "had not", "arent": "are not", "doesnt": "does not",
    "aint": "is not", "youre": "you are", "theyve": "they have", "weve": "we have", "youd": "you would",
    "theyd": "they would", "itll": "it will", "theyll": "they will", "wanna": "want to", "gonna": "going to",
    "gunna": "going to", "gona": "going to", "wan": "want to", "gotta": "have to", "tryna": "trying to",
    "u": "you", "ur": "your", "r": "are", "b": "be", "n": "and", "nd": "and", "ya": "you", "dnt": "do not",
    "tonite": "tonight", "2nite": "tonight", "2night": "tonight", "tonihgt": "tonight", "nite": "night",
    "2moro": "tomorrow", "tomoro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "2day": "today",
    "evry": "every", "evry1": "everyone", "every1": "everyone", "no1": "nobody", "sum1": "someone",
    "som1": "someone",
    "agen": "again", "agian": "again", "b4": "before", "cuz": "because", "cos": "because", "coz": "because",
    "bc": "because", "luv": "love", "sory": "sorry", "plz": "please", "wud": "would", "cud": "could",
    "shud": "should", "hav": "have", "wen": "when", "evrything": "everything", "alot": "a lot",
    "wana": "want to",
    "mi": "i", "ah": "i", "dem": "they", "tek": "take", "cyaan": "can not", "inna": "in", "wid": "with",
    "una": "you", "dey": "is here", "brething": "breathing", "haert": "heart", "hart": "heart",
    "everyones": "everyone 's", "lifes": "lives", "kms": "kill myself", "ctb": "kill myself",
    "unalive": "kill", "kys": "kill yourself", "urself": "yourself", "yourselfs": "yourself",
    "myslef": "myself", "mysef": "myself",
    "meself": "myself", "masel": "myself", "himslef": "himself", "od": "overdose", "ods": "overdoses",
    "oding": "overdosing",
    "od'd": "overdosed", "oded": "overdosed", "narcan": "naloxone", "sh": "selfharm",
    "bleds": "bleeds", "scrach": "scratch", "chocked": "choked", "chokd": "choked", "strangeld": "strangled",
    "thru": "through", "alr": "already", "bf": "boyfriend", "gf": "girlfriend",
    "yday": "yesterday", "sweatin": "sweating", "shakin": "shaking", "seein": "seeing", "hearin": "hearing",
    "cuttin": "cutting", "hurtin": "hurting", "hittin": "hitting", "throwin": "throwing", "livin": "living",
}  # fmt: skip
ENDINGS = {
    "n't": " not",
    "'m": " am",
    "'re": " are",
    "'ve": " have",
    "'ll": " will",
    "'d": " would",
    "'s": " 's",
}
IRREGULAR = {"can't": "can not", "won't": "will not", "ain't": "is not", "shan't": "will not"}
KEYWORDS = [
    "suicide",
    "suicidal",
    "overdose",
    "overdosed",
    "overdosing",
    "breathing",
    "breathe",
    "unconscious",
    "unresponsive",
    "seizure",
    "seizures",
    "withdrawal",
    "withdrawals",
    "hallucinating",
    "hallucinations",
    "swallowed",
    "naloxone",
    "vomiting",
    "scratching",
    "bleeding",
    "cutting",
    "strangled",
    "tablets",
    "burden",
    "goodbye",
    "forgive",
    "kill",
    "killing",
    "myself",
    "stabbed",
    "raped",
    "punched",
    "bruises",
    "trembling",
    "pulse",
]
FIGURES = str.maketrans("0134578$@!*|", "oieastbsai?i")
LETTERS_ONLY = re.compile(r"[a-z]+")
DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
LONG_ENOUGH = 6
REAL = frozenset(
    [
        "burdens",
        "goodbyes",
        "killings",
        "breather",
        "breathes",
        "overdoses",
        "killin",
        "skilling",
        "bleedings",
    ]
)


@lru_cache(maxsize=4096)
def spelt(word: str) -> str:
    """Return what a folded word stands for, often itself: contractions in full, slips of the thumb mended."""
    found = SHORT.get(word) or IRREGULAR.get(word)
    if found:
        return found
    for ending, full in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return spelt(word[: -len(ending)]) + full
    if LETTERS_ONLY.fullmatch(word):
        return _mended(DRAWN_OUT.sub(_once, word))
    return _unfigured(word)


def _once(run: re.Match[str]) -> str:
    return run.group(1)


def _mended(word: str) -> str:
    if word in SHORT:
        return SHORT[word]
    return _SLIPS.get(word, word)


def _unfigured(word: str) -> str:
    """Return the word with letters for figures, if a word that matters comes of it."""
    plain = word.translate(FIGURES)
    if "?" in plain:
        return next((one for one in _STARRED if _fits(plain, one)), word)
    return plain if plain in _KNOWN else _SLIPS.get(plain, word)


def _fits(starred: str, word: str) -> bool:
    return len(starred) == len(word) and all(a in ("?", b) for a, b in zip(starred, word, strict=True))


def _slips(word: str) -> set[str]:
    """Return the word with one letter left out, or two exchanged: never its first letter."""
    short = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
    return {one for one in short | turned if len(one) >= LONG_ENOUGH - 1} - REAL


_SLIPS = {slip: word for word in KEYWORDS if len(word) >= LONG_ENOUGH for slip in _slips(word)}
for _word in KEYWORDS:
    _SLIPS.pop(_word, None)
_STARRED = (*KEYWORDS, "cut", "gun", "die", "dead", "hang", "rape", "pills", "beat", "knife", "harm", "blood")
_KNOWN = frozenset({*_STARRED, "died", "end", "life", "self", "hurt", "noose", "rope", "heroin"})
