"""Whose a detail is, by the grammar around it: the nearest word for a person before it, else after it."""

import re

RELATION = (
    r"(?:mum|mam|mom|mammy|mummy|ma|mother|dad|da|father|brother|bro|sister|sis|son|daughter|boy|girl|"
    r"lad|kids?|kid's|wife|husband|hubby|partner|ex|"
    r"boyfriend|girlfriend|bf|gf|fianc\u00e9e?|fiancee?|cousin|cuz|nephew|niece|auntie?|aunty|uncle|gran|"
    r"granny|grandma|grandad|granddad|nan|nana|"
    r"grand(?:son|daughter|father|mother|daddy)|friend|mate|pal|buddy|bestie|neighbou?r|boss|colleague|"
    r"cowork\w+|co-worker|roomm?ate|roomie|"
    r"housemate|flatmate|landlord|landlady|sponsor|sponsee|manager|teacher|step(?:dad|mum|mom|son|"
    r"daughter|father|mother|brother|sister)|"
    r"(?:mother|father|sister|brother|son|daughter)-in-law|missus|fella|fellas|baby daddy|baby mama|"
    r"dealer|chairperson|pastor|(?:counsell?or|therapist|key ?worker|doctor)'s(?! name)|in-laws)"
)
OTHER = re.compile(
    rf"\b(?:he|she|his|him|hers?|they|their|them|theirs|thier|he's|she's|they're|hes|shes|theyre|dem|"
    rf"tell am|himself|herself|"
    rf"(?:my|our|ma|me|the|this|that|some|his|her|your|ur|a|old|ex|big|wee) (?:[\w-]+ "
    rf"){{0,2}}?{RELATION}(?:'?s)?|(?:ex-)?{RELATION}(?:'?s)?|"
    rf"pastor|auntie|aunty|brother|sister|bro|landlord|man|woman|lady|guy|bloke|fella|lads?|our "
    rf"(?-i:[A-Z])\w+|"
    rf"chairperson|roomm?ate|dealer)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:^|[.!?,] |\b(?:big|wee|old|little|call|ring|try|text|message|ask|find|visit|contact|add) "
    r")(?P<who>[A-Z][a-z]{2,})(?='s | is | has | wants | needs | lives | works |, she|, he)"
)
ASKED = re.compile(
    r"\b(?i:call|ring|text|message|ask|find|visit|contact|try) (?!Me\b|Us\b|My\b|The\b|It\b)[A-Z][a-z]{2,}"
)
SELF = re.compile(
    r"\b(?:i|i'm|im|i've|ive|i'd|i'll|me|my|mine|myself|we|us|our|ours|meine?|mich|ich|mir|mon|moi|mi|"
    r"had me|ma|ppl know me)\b",
    re.IGNORECASE,
)
BORN_OF = re.compile(
    r"\b(?:mam|mum|mom|mammy|ma|mother|parents|they|she) (?:\w+ )?(?:had|bore|delivered|called|named|"
    r"gave birth to) me\b",
    re.IGNORECASE,
)
END = re.compile(r"(?<=[.!?])\s+|\n+")
NEAR = 200
WEAK = re.compile(
    r"they|them|their|theirs|dem|they're|theyre|the \w+|man|woman|lads?|guy|fella|bloke|lady", re.IGNORECASE
)
"""Words that may stand for anybody: after a detail they tell nothing of whose it is."""


def others(text: str, start: int, end: int) -> bool:
    """Return whether what stands from start up to end is somebody else's; in doubt it is the author's own.

    The nearest person before it in its sentence decides, then the first after it, then the sentences before.
    """
    before = END.split(text[max(0, start - NEAR) : start])
    after = END.split(text[end : end + NEAR])[0]
    if BORN_OF.search(after) or BORN_OF.search(before[-1]):
        return False
    for sentence, last in (
        (before[-1], True),
        (after, False),
        *((one, True) for one in reversed(before[:-1])),
    ):
        found = _nearest(sentence, last=last)
        if found is not None:
            return found
    return False


def _nearest(sentence: str, *, last: bool) -> bool | None:
    """Return whether the last (or first) person of a sentence is another; None where there is nobody."""
    strangers = [found for pattern in (OTHER, SUBJECT, ASKED) for found in pattern.finditer(sentence)]
    seen = [(found.start(), True) for found in strangers if last or not WEAK.fullmatch(found.group())]
    taken = [found.span() for found in strangers]
    for found in SELF.finditer(sentence):
        if not any(start <= found.start() < end for start, end in taken):
            seen.append((found.start(), False))
    if not seen:
        return None
    return max(seen)[1] if last else min(seen)[1]
