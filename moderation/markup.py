"""The one place where a member's text becomes HTML, and the only maker of CleanHtml."""

import re
import threading
from collections.abc import Iterator, MutableMapping
from functools import partial
from html import escape, unescape
from typing import Any
from urllib.parse import quote

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.token import Token

from moderation.tidying import tidy

__all__ = ["CleanHtml", "render", "stored", "tidy"]

TAGS = frozenset({"p", "br", "strong", "em", "s", "blockquote", "ul", "ol", "li", "code", "pre", "a"})
REL = "nofollow noopener noreferrer ugc"
# Off: what loads from elsewhere (images), shouts (headings, rules), hides (references, entities, raw HTML),
# or surprises (a paragraph that turns into code because it is indented).
OFF = ["image", "heading", "lheading", "hr", "reference", "entity", "html_block", "html_inline", "code"]

Attributes = MutableMapping[tuple[str | None, str], str]

LONGEST_TEXT = 10_000
"""Characters laid out at most: as many as the longest kind of text may have."""
LONGEST_URL = 2_000
MOST_SIGNS = 1_000
"""Markup signs and line ends that we lay out: more than people write; a text with more stays as typed."""
SIGNS = '[]*_`~>&<"\n'
DEEPEST = 20
"""Levels of quotes, lists and emphasis that we lay out; a list takes two."""

URL = re.compile(r"""https?://[^\s<>"`{}|\\^]*[^\s<>"`{}|\\^.,;:!?'*_~\]]""", re.IGNORECASE)
# A host is plain ASCII, ends in a letter-led label, and carries no name or password: nothing that can pose as
# another place (no `bank.example@evil.example`, no look-alike letters, no bare numbers).
OUTSIDE = re.compile(
    r"https?://(?!(?:[a-z0-9_-]+\.)*xn--)(?:[a-z0-9_][a-z0-9_-]{0,62}\.){0,10}[a-z][a-z0-9-]{0,62}"
    r"(?::[0-9]{1,4})?(?:[/?#][^\s\\\x00-\x20\x7f-\x9f]*)?",
    re.IGNORECASE,
)
SURROGATES = re.compile("[\ud800-\udfff]")
# Lists here count from one (`start` is no allowed attribute), so that "12. I did it" stays a sentence.
LATER_NUMBER = re.compile(r"(?!0*1[.)])[0-9]{1,9}[.)]")


class CleanHtml(str):
    """HTML that only this module makes: allow-listed tags, outside links, nothing active."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: templates need not escape it again."""
        return self


def render(text: str) -> CleanHtml:
    """Return the text as a few safe elements: CommonMark, with bare http and https addresses as links.

    Every text renders: it is tidied first and cut at the longest kind's length, and one too intricate
    to lay out in bounded time is shown as typed, in `pre`.
    """
    readable = SURROGATES.sub("\ufffd", tidy(text))[:LONGEST_TEXT]
    html = _laid_out(readable)
    return CleanHtml(_as_typed(readable) if html is None else _OF_THIS_THREAD.cleaner.clean(html))


def stored(html: str) -> CleanHtml:
    """Return HTML that render() made earlier, as it comes back from the database."""
    return CleanHtml(html)


def leads_outside(url: str) -> bool:
    """Say whether a link may carry this address: absolute, http or https, no tricks.

    Relative and protocol-relative addresses are no links to outside. Browsers drop tabs, newlines and
    leading controls from an address (WHATWG URL), so none may be there to be dropped.
    """
    return len(url) <= LONGEST_URL and OUTSIDE.fullmatch(url) is not None


def _laid_out(text: str) -> str | None:
    """Return the HTML of the text's Markdown, or None if it is too intricate for people and machines."""
    if sum(map(text.count, SIGNS)) > MOST_SIGNS:
        return None
    tokens = _MARKDOWN.parse(text)
    if max(map(_depth, tokens), default=0) > DEEPEST:
        return None
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _as_typed(text: str) -> str:
    return f"<pre>{escape(text, quote=False)}</pre>"


def _depth(token: Token) -> int:
    return token.level + max((child.level for child in token.children or ()), default=0)


def _ordered_from_one(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Open a numbered list only at one; inside a list, a later number may still end the item before it."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if LATER_NUMBER.match(line) and not (silent and state.listIndent >= 0):
        return False
    return list_block(state, start, end, silent)


class _Markdown(MarkdownIt):
    """CommonMark as members use it; what leads nowhere outside stays as they typed it."""

    def __init__(self) -> None:
        # The parser drops what lies deeper than maxNesting, so it must lie beyond DEEPEST.
        super().__init__("commonmark", {"html": False, "breaks": True, "maxNesting": DEEPEST + 10})
        self.disable(OFF).enable("strikethrough")
        self.block.ruler.at("list", _ordered_from_one, {"alt": ["paragraph", "reference", "blockquote"]})

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it calls it so
        return quote(url, safe="/:?#[]@!$&'()*+,;=%~") if len(url) <= LONGEST_URL else url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return leads_outside(url)


_MARKDOWN = _Markdown()
# The parser sorts its rules at the first text; two threads at once would find them half sorted.
_MARKDOWN.parse("> *a*")


def _allowed(tag: str, name: str, value: str) -> bool:
    """Let through a link's address, with its entities read the way a browser reads them."""
    return tag == "a" and name == "href" and leads_outside(value) and leads_outside(unescape(value))


class _Links(LinkifyFilter):
    """Makes bare addresses links, and seals every link."""

    def apply_callbacks(self, attrs: Attributes, is_new: bool) -> Attributes | None:
        """Give a link its rel; without a good address, it becomes text again."""
        if not leads_outside(attrs.get((None, "href"), "")):
            return None
        attrs[None, "rel"] = REL
        return attrs

    def strip_non_url_bits(self, fragment: str) -> tuple[str, str, str]:
        """Leave the bracket that a sentence closes, and keep the one that the address opened."""
        excess = fragment.count(")") - fragment.count("(")
        kept = fragment
        while excess > 0 and kept.endswith(")"):
            kept, excess = kept[:-1].rstrip(".,;:!?"), excess - 1
        return kept, "", fragment[len(kept) :]

    def extract_entities(self, token: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Leave text as it is: the sanitizer has read the entities, and a second would find others."""
        yield token


class _OwnCleaner(threading.local):
    """A cleaner for each thread: bleach's are not safe to share, and take a while to make."""

    def __init__(self) -> None:
        links = partial(_Links, skip_tags={"pre", "code"}, url_re=URL)
        self.cleaner = Cleaner(TAGS, _allowed, protocols={"http", "https"}, filters=[links])


_OF_THIS_THREAD = _OwnCleaner()
