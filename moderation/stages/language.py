"""Offers kinder words where others are described by words that carry stigma."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import islice

from moderation.danger.sign import Index, Sign, signs
from moderation.danger.speech import STOP, Speech, heard
from moderation.danger.wordings import KIN
from moderation.draft import Draft
from moderation.signs import Strength
from moderation.verdict import Finding, Lane, Outcome, Span

TERMS = "stages/words_matter.toml"
OTHERS = frozenset(f"he she they him her his their them who people to with about for of by {KIN}".split())
"""Words after "I am" by which somebody else comes in: "I am married to", "I am proud of my son"."""
QUOTED = re.compile(r"(?<![^\W_])['‘\"“](?=\S)(?:[^'‘’\"“”\n]|(?<=\w)['’](?=\w)){1,200}['’\"”](?![^\W_])")
OWN = re.compile(
    r" (?:(?:i|we) (?:am|was|were|are|have been|had been|used to be|became)|(?:call|called|"
    r"calls) (?:myself|me)|"
    r"(?:speaking|talking) as|us|makes me|my name|grateful|proud)(?= )"
)
OWN_DEED = re.compile(
    r" (?:i|we)(?: [^ |]+)? $| (?:my|our|own)(?: (?:first|last|next|own|latest|old)| [^ |]+ed)? $"
)
AS_ONE = re.compile(r" as (?:a|an|the|one)(?: [^ |]+){0,2} $")
MEANT_OTHERWISE = re.compile(
    r" (?:(?:chocolate|telly|tv|sugar|adrenaline|football|book|books|gym|fitness|news|coffee|tea|shopping|"
    r"cake|biscuit|"
    r"crisp|shoe|work|phone|puzzle|bake|caffeine|gadget|plant|yoga|running|exercise|netflix|cheese|"
    r"crossword|bargain) "
    r"(?:addict|addicts|junkie|junkies|fiend|fiends|users?|habit)|drunk (?:on|with|text|texts|driver|"
    r"drivers|driving|tank|at|and|when|"
    r"before|again|every|last|in|people|man|men)|user (?:not|name|group|guide|friendly|manual|account|id)|"
    r"alcoholic (?:who still suffers|drink|drinks|"
    r"beverage|liver|hepatitis|neuropathy|ginger|content|strength)|(?:alcoholics|addicts|"
    r"anonymous) anonymous|children of alcoholics|"
    r"institute on (?:drug|alcohol) abuse|abuse and (?:mental|alcohol)|abuse of power|weak (?:coffee|tea|"
    r"spot|spots|signal|heart|legs|"
    r"knees|link|point|bladder|joke|wrist|squash))(?= )"
)
ABOUT_WORDS = re.compile(
    r" (?:word|words|wording|term|terms|label|labels|labelled|phrase|terminology|respectful|instead of|"
    r"in place of|prefer|prefers|"
    r"why do (?:people|we|they) say|language|headline|spelling)(?= )"
)
DENIED = re.compile(r" (?:not|never|nor|nobody|no one|hardly) (?:[^ |]+ )?(?:[^ |]+ )?$")
NEARBY = 200
"""Characters around a term that may excuse it, within its sentence."""
MOST = 50
"""Places of one form that we look at: enough to nudge by, however long a text is."""
ABOUT_WILL = "it is an illness"


def _terms() -> tuple[Sign, ...]:
    told = tomllib.loads(files("moderation").joinpath(TERMS).read_text("utf-8"))["term"]
    return tuple(
        sign
        for term in told
        for sign in signs(term["instead"], Strength.SURE, "\n".join(term["forms"]), term["about"])
    )


KNOWN = Index(_terms())


def stigma(draft: Draft) -> Finding | None:
    """Nudge where a draft describes others in terms that NIDA's "Words Matter" advises against.

    People may call themselves what they will; names of fellowships, quotations and other senses do not count.
    """
    if not draft.standing.nudges or draft.heard("stigma") is Strength.AGAINST:
        return None
    spans = found_in(draft.words)
    if not spans:
        return None
    count = "a term" if len(spans) == 1 else f"{len(spans)} terms"
    return Finding("language", Outcome.NUDGE, f"{count} that can carry stigma", Lane.CONDUCT, spans=spans)


def found_in(text: str) -> tuple[Span, ...]:
    """Return where others are described in a term that carries stigma, each with the kinder wording."""
    speech = heard(text)
    likely = KNOWN.likely(speech)
    if not likely:
        return ()
    quoted = [found.span() for found in QUOTED.finditer(text)]
    return _longest([span for sign in likely for span in _meant(speech, sign, quoted)])


def _meant(speech: Speech, sign: Sign, quoted: Sequence[tuple[int, int]]) -> Iterator[Span]:
    for found in islice(sign.pattern.finditer(speech.line), MOST):
        span = speech.span(found.start(), found.end(), sign.kind)
        if any(span.start < end and start < span.end for start, end in quoted):
            continue
        if not _excused(speech, sign, found):
            yield span


def _excused(speech: Speech, sign: Sign, found: re.Match[str]) -> bool:
    """Whether the term is one's own, is spoken about as a word, or means something else."""
    low = max(0, found.start() - NEARBY)
    begin = max(speech.line.rfind(STOP, low, found.start()) + 1, low)
    end = speech.line.find(STOP, found.end() - 1, found.end() + NEARBY)
    sentence = speech.line[begin : end if end >= 0 else found.end() + NEARBY]
    if ABOUT_WORDS.search(sentence) or any(
        _overlap(one, found, begin) for one in MEANT_OTHERWISE.finditer(sentence)
    ):
        return True
    said = found.group()
    before = speech.line[begin : found.start()]
    if sign.kind.startswith(ABOUT_WILL):
        return bool(DENIED.search(before)) or " is not " in said + before[-20:]
    return _is_own(before, said, sign.group)


def _is_own(before: str, said: str, about: str) -> bool:
    if about == "matter":
        return OTHERS.isdisjoint(said.split()) and bool(OWN_DEED.search(before))
    if AS_ONE.search(before):
        return True
    owned = [own.end() for own in OWN.finditer(before)]
    return bool(owned) and OTHERS.isdisjoint(before[owned[-1] :].split())


def _overlap(one: re.Match[str], found: re.Match[str], begin: int) -> bool:
    return one.start() + begin < found.end() and found.start() < one.end() + begin


def _longest(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans in order without those that lie within another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.what)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
