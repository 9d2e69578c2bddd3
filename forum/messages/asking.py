"""When an author is asked about their own words, and what follows from what they choose."""

from dataclasses import replace

from forum.messages.submission import Asked, Choice, cares
from moderation.draft import Draft
from moderation.masking import masked
from moderation.pipeline import Pipeline
from moderation.verdict import Finding, Lane, Outcome, Span, Verdict

ASKED_FOR = Finding("asked-for", Outcome.HOLD, "the author asked for a person to read it first", Lane.CONDUCT)


async def as_chosen(pipeline: Pipeline, draft: Draft, verdict: Verdict, choice: Choice) -> Verdict | Asked:
    """Return the verdict to act upon, or the question that stands between.

    A choice only answers the question it was asked: personal details are never sent as they are, and what
    is left after masking is judged like any other text. Where somebody may be in danger nothing waits for an
    answer: kinder words are not suggested, and details are held for a moderator, who is told at once.
    """
    if choice is Choice.ASK:
        return replace(verdict, outcome=Outcome.HOLD, findings=(*verdict.findings, ASKED_FOR))
    words = replace(draft, text=verdict.text, title=verdict.title).words
    asked = Asked(verdict.findings, words, _masked(words, verdict))
    if choice is Choice.MASKED and asked.masked:
        return _held_if_asking(await pipeline.screen(draft.with_words(asked.masked)))
    if cares(verdict.findings):
        return _held_if_asking(verdict)
    if choice is Choice.AS_IT_IS and not _has_details(verdict):
        return verdict
    return asked


def has_question(verdict: Verdict) -> bool:
    """Whether the author is asked; about details, over a hold as well: a release would publish them."""
    return verdict.outcome.asks or (verdict.outcome is Outcome.HOLD and _has_details(verdict))


def _has_details(verdict: Verdict) -> bool:
    return any(found.outcome is Outcome.MASK for found in verdict.findings)


def _held_if_asking(verdict: Verdict) -> Verdict:
    return replace(verdict, outcome=Outcome.HOLD) if verdict.outcome is Outcome.MASK else verdict


def _masked(words: str, verdict: Verdict) -> str:
    spans = [span for found in verdict.findings if found.outcome is Outcome.MASK for span in found.spans]
    return masked(words, spans) if spans else ""


def quoted(words: str, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """Return what stands at the spans, each once, in order; nothing where the words are gone."""
    said = (words[span.start : span.end] for span in sorted(spans))
    return tuple(dict.fromkeys(filter(None, said)))
