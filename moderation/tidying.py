"""Text as it may be stored: composed, without invisible controls, with joiners where a script needs them."""

import re
import unicodedata
from itertools import groupby, islice

# Line ends of Unicode (UAX #14) become the one that Markdown knows.
LINE_END = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# C0 and C1 controls, soft hyphen, zero-width and bidi controls, Hangul fillers, annotation and musical marks.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a]"
)
# Tag characters spell the flags of England, Scotland and Wales after a black flag, and serve nothing else.
TAGS = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f)|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
JOINERS = re.compile("[\u180e\u200c\u200d]+")
ZWJ = "\u200d"
EMOJI_STYLE = "\ufe0f"

# Blocks whose spelling uses joiners: Arabic to Myanmar, Khmer, Mongolian, younger Brahmic and Arabic blocks.
JOINING = (
    (0x0600, 0x109F),
    (0x1780, 0x18AF),
    (0x1900, 0x1CFF),
    (0xA800, 0xABFF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10A00, 0x11FFF),
    (0x1E900, 0x1E95F),
)
EMOJI = ((0x2190, 0x2BFF), (0x1F000, 0x1FAFF))
MOST_MARKS = 30
"""Combining marks kept on one letter: the limit of the Stream-Safe Text Format, UAX #15."""


def tidy(text: str) -> str:
    """Return the text in NFC, trimmed, without controls (but newline and tab) or invisible characters.

    Zero-width joiners stay inside emoji and beside the scripts that spell with them. Tidying twice changes
    nothing, and no text raises; lone surrogates stay, for the shape stage to refuse.
    """
    if text.isascii():
        return INVISIBLE.sub("", LINE_END.sub("\n", text)).strip()
    text = INVISIBLE.sub("", LINE_END.sub("\n", text))
    text = TAGS.sub(r"\1", text)
    text = unicodedata.normalize("NFC", _calm(text))
    text = JOINERS.sub(_joiner, text)
    return _calm(unicodedata.normalize("NFC", _calm(text))).strip()


def _calm(text: str) -> str:
    """Drop combining marks past the limit: they smear over other lines, and NFC sorts them slowly."""
    if len(text) <= MOST_MARKS:
        return text
    runs = groupby(text, key=_is_mark)
    return "".join("".join(islice(run, MOST_MARKS) if marks else run) for marks, run in runs)


def _is_mark(character: str) -> bool:
    return character >= "\u0300" and unicodedata.category(character)[0] == "M"


def _joiner(run: re.Match[str]) -> str:
    """Return the one joiner to keep of a run, or nothing."""
    before = run.string[max(0, run.start() - 2) : run.start()]
    after = run.string[run.end() : run.end() + 1]
    if _within(before[-1:], JOINING) or _within(after, JOINING):
        return run.group()[0]
    joined = before[0] if before.endswith(EMOJI_STYLE) and len(before) > 1 else before[-1:]
    return ZWJ if ZWJ in run.group() and _within(joined, EMOJI) and _within(after, EMOJI) else ""


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return bool(character) and any(low <= ord(character) <= high for low, high in ranges)
