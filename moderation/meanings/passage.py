"""A text as words with their meanings: where each word and each class of words stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from moderation.meanings.spelling import meant
from moderation.meanings.vocabulary import Vocabulary, vocabulary

APART = 10
"""Empty places between two sentences: more than any gap in a pattern, so that none reaches across."""
LINKS = "com|net|org|info|biz|io|gg|gov|edu|xyz|me|uk|ie|de|eu|tv|shop|app|site|online|store|ly|example"
LINKED = re.compile(
    r"(?P<link>https?://\S{1,300}|(?<![\w@./-])www\.\S{1,300}"
    rf"|(?<![\w@./-])[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,3}}\.(?:{LINKS})(?![\w@-])(?:/\S{{0,300}})?)|"
)
TOKEN = re.compile(
    r"(?P<number>\d{1,12}(?:[.,:]\d{1,6}){0,3}(?!\w))"
    r"|(?P<word>[^\W_](?:[\w'\u2019@$!]{0,40}[^\W_])?)"
    r"|(?P<sign>[£$€%@]|[^\w\s]{0,3}[?][^\w\s]{0,3}|[.!…]+|\n+|(?<=\s)-+(?=\s)|[,:;()–—+=<>*•\"“”])"
)
CLAUSES = frozenset(
    ("and", "then", "so", "just", "now", "but", "or", "please", "simply", "instead", "honestly", "nah", "aye")
)
SIGNS = {"£": "@money", "$": "@money", "€": "@money", "%": "@percent"}
SPOKEN = {"2": "to", "4": "for"}
LETTER = re.compile(r" [^\W\d_]")
AMOUNT = re.compile(r"(\d{1,6})(x|mg|mgs|ml|mls|g|gs|k|hr|hrs|am|pm|p|th|st|nd|rd)")
LINK_TOKEN = re.compile(LINKED.pattern + TOKEN.pattern)
DOTTED = re.compile(r"\w\.\w|://")
QUOTED = re.compile(r"[\"“][^\"“”\n]{2,400}[\"”]|(?<!\w)['‘][^'‘’\n]{3,200}['’](?!\w)")
CALLED = re.compile(r"\d[\d ()-]{7,16}\d")


@dataclass(slots=True)
class Passage:
    """The text's words at their places, one bit each."""

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    size: int = 0
    _places: dict[str, list[int]] = field(default_factory=dict)
    _sentences: list[int] = field(default_factory=lambda: [0])
    _masks: dict[str, int] = field(default_factory=dict)
    _made: Vocabulary = field(default_factory=vocabulary)

    def mask(self, name: str) -> int:
        """Return the places of a word, of an `@class`, or of all sentences with such a `%class`."""
        known = self._masks.get(name)
        if known is None:
            known = self._masks[name] = self._mask(name)
        return known

    def _mask(self, name: str) -> int:
        if name.startswith("%"):
            return self._whole_sentences(self.mask(f"@{name[1:]}"))
        made = self._made.made.get(name[1:]) if name.startswith("@") else None
        if made is None:
            return _bits(self._places.get(name, ()), self.size)
        places = 0
        for pattern in made:
            places |= pattern.ends(self)
        return places

    def _whole_sentences(self, places: int) -> int:
        """Return the sentences that have one of these places."""
        if not places:
            return 0
        flags = format(places, "b").zfill(self.size)[::-1]
        bounds = zip(self._sentences, [*self._sentences[1:], self.size], strict=True)
        return int("".join(("1" if "1" in flags[a:b] else "0") * (b - a) for a, b in bounds)[::-1] or "0", 2)

    def names(self) -> Iterator[str]:
        """Yield all words and classes that it has, but for those that a pattern makes."""
        return iter(self._places)

    def note(self, names: Iterable[str], span: tuple[int, int]) -> None:
        """Write down the next word, by its names."""
        for name in names:
            self._places.setdefault(name, []).append(self.size)
        self.spans[self.size] = span
        self.size += 1

    def mark(self, name: str, places: Iterable[int]) -> None:
        """Write down a class that these places have."""
        self._places.setdefault(name, []).extend(places)

    def end_sentence(self, asked: bool) -> None:
        """Close the sentence, which may be a question, and leave room after it."""
        first = self._sentences[-1]
        if self.size == first:
            return
        if asked:
            self.mark("@question", range(first, self.size))
        self.size += APART
        self._sentences.append(self.size)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters from one word to another."""
        return self.spans[start][0], self.spans[end][1]


@lru_cache(maxsize=2)
def passage(text: str) -> Passage:
    """Return the passage of a text; the last one is kept, as one stage after another reads it."""
    return _Reader(text, vocabulary()).read()


class _Reader:
    def __init__(self, text: str, known: Vocabulary) -> None:
        self._text, self._known = text, known
        self._passage = Passage()
        self._opening = True
        self._words: list[tuple[str, int]] = []

    def read(self) -> Passage:
        for found in (LINK_TOKEN if DOTTED.search(self._text) else TOKEN).finditer(self._text):
            kind = found.lastgroup
            if kind == "sign":
                self._sign(found.group(), found.span())
            else:
                self._word(kind or "", found)
        self._close(asked=False)
        self._quotations()
        return self._passage

    def _word(self, kind: str, found: re.Match[str]) -> None:
        if kind == "word":
            word = found.group()
            amount = AMOUNT.fullmatch(word.lower())
            names = ["@number", f"@{amount[2]}"] if amount else self._meanings(word)
        else:
            word = found.group()
            spoken = word in SPOKEN and LETTER.match(self._text, found.end())
            names = [SPOKEN[word] if spoken else word, f"@{kind}", *self._known.words.get(word, ())]
        if self._opening:
            names.append("@opening")
        self._opening = False
        self._words.append((names[0], self._passage.size))
        self._passage.note([*names, "*"], found.span())
        if names[0] in CLAUSES:
            self._opening = True

    def _meanings(self, word: str) -> list[str]:
        plain = meant(word, self._known.known, self._known.near)
        return [plain, *self._known.words.get(plain, ())]

    def _sign(self, sign: str, span: tuple[int, int]) -> None:
        if "?" in sign:
            self._close(asked=True)
        elif sign[0] in ".!…\n":
            self._close(asked=False)
        elif sign in "£$€%@+=<>":
            self._passage.note((sign, SIGNS.get(sign, "@sign")), span)
        else:
            self._opening = True

    def _close(self, asked: bool) -> None:
        self._phrases()
        self._passage.end_sentence(asked)
        self._words, self._opening = [], True

    def _phrases(self) -> None:
        plain = [word for word, _ in self._words]
        for at, word in enumerate(plain):
            for phrase, names in self._known.phrases.get(word, ()):
                if tuple(plain[at : at + len(phrase)]) == phrase:
                    places = [place for _, place in self._words[at : at + len(phrase)]]
                    for name in names:
                        self._passage.mark(name, places)

    def _quotations(self) -> None:
        quoted = [found.span() for found in QUOTED.finditer(self._text)]
        called = [found.span() for found in CALLED.finditer(self._text)]
        for name, spans in (("@quoted", quoted), ("@phone", called)):
            if spans:
                self._passage.mark(name, _inside(self._passage.spans, spans))


def _inside(words: dict[int, tuple[int, int]], spans: list[tuple[int, int]]) -> Iterator[int]:
    """Yield the places of words inside these spans; both are in order."""
    left = iter(spans)
    start, end = next(left)
    for place, (first, last) in words.items():
        while first >= end:
            start, end = next(left, (1 << 60, 1 << 61))
        if start <= first and last <= end:
            yield place


def _bits(places: Iterable[int], size: int) -> int:
    flags = bytearray(size // 8 + 1)
    for place in places:
        flags[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(flags, "little")
