"""An evaluation as lines for a terminal: what matters most, one block for each stage, and what was missed."""

from collections.abc import Iterator

from rich.cells import set_cell_size

from moderation.evaluation.figures import Evaluation, Figures, StageFigures
from moderation.evaluation.judging import Judged
from moderation.evaluation.rate import Rate
from moderation.evaluation.wrapping import visible, wrapped

NAME = 28
"""Columns for a kind's name; a longer one is cut."""


def lines(measured: Evaluation) -> Iterator[str]:
    """Yield the lines, at most 80 columns wide; a dash stands where there is nothing to measure."""
    parts = " and ".join(part.value for part in measured.parts) or "of no part"
    yield from wrapped(f"{measured.scorer}, policy {measured.policy}, {measured.cases:,} messages: {parts}")
    yield "In brackets: 95 % confidence (Wilson)."
    if measured.faults:
        yield f"SOMETHING OF OURS FAILED in {measured.faults:,}: each counts as missed."
    yield from ("", *_safety(measured))
    for stage, figures in measured.stages.items():
        yield from ("", *_block(stage or "of no stage", figures))
    yield from ("", "all stages", *_told(measured.together))
    yield from ("", *_missed(measured))


def _safety(measured: Evaluation) -> Iterator[str]:
    told = measured.safety
    yield _line("details never shown", told.details_hidden)
    yield _line("care raised", told.care_recall)
    yield _line("harmless raised as care", told.harmless_as_care)
    yield _line("harmless masked", told.harmless_masked)
    yield _line("harmless held", told.harmless_held)


def _block(name: str, stage: StageFigures) -> Iterator[str]:
    yield from wrapped(name)
    yield from _told(stage.together)
    if any(one.recall.of for one in stage.kinds.values()):
        yield "  recall of"
        yield from (_line(f"  {kind}", one.recall) for kind, one in stage.kinds.items() if one.recall.of)
    if any(one.false_holds.of for one in stage.kinds.values()):
        yield "  falsely held of"
        yield from (
            _line(f"  {kind}", one.false_holds) for kind, one in stage.kinds.items() if one.false_holds.of
        )


def _told(figures: Figures) -> Iterator[str]:
    yield _line("recall", figures.recall)
    yield _line("precision", figures.precision)
    yield _line("falsely held", figures.false_holds)


def _line(name: str, rate: Rate) -> str:
    start = f"  {set_cell_size(visible(name), NAME)}"
    if rate.value is None or rate.interval is None:
        return f"{start}      -"
    low, high = rate.interval
    return f"{start}{rate.value:>7.1%} ({low:.1%} to {high:.1%}) {rate.count:,} of {rate.of:,}"


def _missed(measured: Evaluation) -> Iterator[str]:
    yield f"missed: {len(measured.missed):,} of {measured.cases:,}"
    for one in measured.missed:
        yield from ("", *_miss(one))


def _miss(missed: Judged) -> Iterator[str]:
    case, rules = missed.case, ", ".join(missed.rules) or "no rule"
    where = f"{case.stage}, {case.kind}" if case.stage else case.kind
    yield from wrapped(f"want {case.want}, got {missed.answer} ({where}; {rules})", "  ")
    yield from wrapped(case.text, "    ")
