"""An evaluation as lines for a terminal: one block for each source, beside what a baseline reaches."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from moderation.toxicity.training.corpus import IDENTITY_BIAS
from moderation.toxicity.training.evaluation import Evaluation
from moderation.toxicity.training.figures import Figures, LabelFigures, Share

ALL = "all rows together"
CAUTIONS: Mapping[str, str] = MappingProxyType(
    {
        IDENTITY_BIAS: "(Templates that training saw with other identities: see harmless held only.)",
        ALL: "(Sources differ in what they call toxic: read them one by one.)",
    }
)
"""What to bear in mind before a figure impresses."""


def lines(measured: Evaluation, baseline: Evaluation | None = None) -> Iterator[str]:
    """Yield the lines, at most 80 columns wide; a dash stands where there is nothing to measure."""
    parts = " and ".join(part.value for part in measured.parts)
    yield f"{measured.scorer}, rows: {parts}"
    yield f"Held: by policy {measured.policy}, as for the audience {measured.audience}."
    yield "AUC: 0.5 is a coin's, 1 is without error."
    yield "AP: guessing reaches the share of positives."
    if baseline is not None:
        yield f"In brackets: {baseline.scorer}."
    for source, figures in measured.sources.items():
        yield from ("", *_block(source, figures, baseline.sources[source] if baseline else None))
    if measured.kinds:
        yield from ("", *_kinds(measured, baseline))
    if len(measured.sources) > 1:
        yield from ("", *_block(ALL, measured.together, baseline.together if baseline else None))


def _block(name: str, figures: Figures, baseline: Figures | None) -> Iterator[str]:
    toxic = figures.labels.get("toxicity")
    prevalence = f", {_percent(toxic.positives)} toxic" if toxic else ""
    yield f"{name}: {figures.rows:,} {'row' if figures.rows == 1 else 'rows'}{prevalence}"
    if name in CAUTIONS:
        yield f"  {CAUTIONS[name]}"
    yield _columns("", "positives", "AUC", "AP")
    for label, one in figures.labels.items():
        positives = f"{one.positives.count:,} of {one.positives.of:,}"
        yield _line(label, positives, one, baseline.labels[label] if baseline else None)
    if len(figures.labels) > 1:
        yield _line("mean", "", _mean(figures), _mean(baseline) if baseline else None)
    yield from _held("harmless", figures.harmless_held, baseline.harmless_held if baseline else None)
    yield from _held("harmful", figures.harmful_held, baseline.harmful_held if baseline else None)


def _line(name: str, positives: str, ours: LabelFigures, theirs: LabelFigures | None) -> str:
    area, precision = _figure(ours.auc), _figure(ours.precision)
    if theirs is not None:
        area, precision = f"{area} ({_figure(theirs.auc)})", f"{precision} ({_figure(theirs.precision)})"
    return _columns(name, positives, area, precision)


def _mean(figures: Figures) -> LabelFigures:
    return LabelFigures(Share(0, 0), figures.mean_auc, figures.mean_precision)


def _held(name: str, share: Share, baseline: Share | None) -> Iterator[str]:
    if share.of:
        yield f"  {name} held: {_held_share(share, baseline)}"


def _kinds(measured: Evaluation, baseline: Evaluation | None) -> Iterator[str]:
    yield "our own messages by kind: held"
    for name in ("harmless", "harmful"):
        for kind, figures in measured.kinds.items():
            share = _of(figures, name)
            if share.of:
                beside = _of(baseline.kinds[kind], name) if baseline else None
                yield f"  {name:<9} {kind or 'of no kind':<17} {_held_share(share, beside)}"


def _of(figures: Figures, name: str) -> Share:
    return figures.harmful_held if name == "harmful" else figures.harmless_held


def _held_share(share: Share, baseline: Share | None) -> str:
    compared = f" ({_percent(baseline)})" if baseline is not None else ""
    return f"{_percent(share):>7}{compared} = {share.count:,} of {share.of:,}"


def _columns(name: str, positives: str, area: str, precision: str) -> str:
    return f"  {name:<16}{positives:>22}{area:>17}{precision:>17}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _percent(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.1%}"
