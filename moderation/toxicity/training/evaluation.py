"""How good a scorer is: what it tells apart, and whom it would have held, source by source."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from moderation.toxicity.answer import only_scores
from moderation.toxicity.labels import ALL_LABELS
from moderation.toxicity.scorer import Scorer
from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.corpus import RECOVERY, CorpusError, Part, Row, own_rows, read_rows
from moderation.toxicity.training.figures import Figures, LabelFigures, Share, average_precision, roc_auc

TOGETHER = 64
"""Texts that a scorer is given at once."""

CHARACTERS = 20_000
"""Characters that it is given at once, unless one text is longer: fewer than a BatchingScorer lets wait."""

Scores = Mapping[str, float]


class NoFigures(ValueError):
    """A scorer that did not answer, so that nothing can be said of it; quotes no text of anybody's."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a scorer: for each source, for each kind of our own messages, and for all rows together.

    `policy` and `audience` say by which thresholds a text counts as held, `parts` which rows were measured.
    All together is a poor summary: sources differ in what they call toxic, and in how much of it they have.
    """

    scorer: str
    policy: str
    audience: str
    parts: tuple[Part, ...]
    sources: Mapping[str, Figures]
    kinds: Mapping[str, Figures]
    together: Figures

    def as_json(self) -> dict[str, object]:
        """Return plain values that `json.dumps` takes; None where there is no figure."""
        return {
            "scorer": self.scorer,
            "policy": self.policy,
            "audience": self.audience,
            "parts": [part.value for part in self.parts],
            "sources": {name: one.as_json() for name, one in self.sources.items()},
            "kinds": {name: one.as_json() for name, one in self.kinds.items()},
            "all": self.together.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """A row, what the scorer said of it, and whether it would wait for a person."""

    row: Row
    scores: Scores
    held: bool


def gathered(paths: Sequence[Path], part: Part | None, *, with_ours: bool) -> list[Row]:
    """Return the rows of the files, and ours if wanted, of one part or (None) of both; each row once.

    Raise CorpusError for a file that cannot be read, and if no row remains.
    """
    rows = [row for path in paths for row in read_rows(path)]
    rows += own_rows() if with_ours else ()
    chosen = list(dict.fromkeys(row for row in rows if part in (None, row.part)))
    if not chosen:
        wanted = f"{part} rows" if part else "rows"
        raise CorpusError(f"There are no {wanted} to measure with: give more rows, or both parts.")
    return chosen


async def evaluate(
    scorer: Scorer, rows: Sequence[Row], policy: Thresholds, audience: str = "members", *, quiet: bool = False
) -> Evaluation:
    """Score the rows as members' texts are scored, and return the figures; raise NoFigures if that fails.

    Unless quiet, a bar on the error stream tells how far it is, where that is a terminal.
    """
    answers = await _answers(scorer, list(dict.fromkeys(row.text for row in rows)), quiet)
    scored = [
        Scored(row, scores, policy.judge(scores, scorer.name, audience) is not None)
        for row in rows
        for scores in (answers[row.text],)
    ]
    return Evaluation(
        scorer.name,
        policy.version,
        audience,
        tuple(sorted({row.part for row in rows})),
        _grouped(scored, lambda row: row.source),
        _grouped([one for one in scored if one.row.source == RECOVERY], lambda row: row.kind),
        _figures(scored),
    )


async def _answers(scorer: Scorer, texts: Sequence[str], quiet: bool) -> dict[str, Scores]:
    console = Console(stderr=True)
    answers: dict[str, Scores] = {}
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task(escape(scorer.name), total=len(texts))
        for chunk in _chunks(texts):
            answers.update(zip(chunk, await _asked(scorer, chunk), strict=True))
            progress.update(task, completed=len(answers))
    return answers


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for text in texts:
        if chunk and (len(chunk) == TOGETHER or sum(map(len, chunk)) + len(text) > CHARACTERS):
            yield chunk
            chunk = []
        chunk.append(text)
    if chunk:
        yield chunk


async def _asked(scorer: Scorer, texts: Sequence[str]) -> list[Scores]:
    try:
        answers = await scorer.score(texts)
        if len(answers) != len(texts):
            raise ValueError("there is not one answer for each text")
        return [only_scores([answer], scorer.labels) for answer in answers]
    except Exception as error:  # noqa: BLE001 - whatever it is, it may quote a text
        words = f"The scorer {scorer.name} failed ({type(error).__name__}), so there are no figures."
        raise NoFigures(words) from None


def _grouped(scored: Sequence[Scored], name: Callable[[Row], str]) -> dict[str, Figures]:
    groups: dict[str, list[Scored]] = {}
    for one in sorted(scored, key=lambda one: name(one.row)):
        groups.setdefault(name(one.row), []).append(one)
    return {group: _figures(members) for group, members in groups.items()}


def _figures(scored: Sequence[Scored]) -> Figures:
    def share_held(toxicity: float) -> Share:
        held = [one.held for one in scored if one.row.labels[ALL_LABELS.index("toxicity")] == toxicity]
        return Share(sum(held), len(held))

    labels = {label: _label_figures(scored, label) for label in ALL_LABELS}
    known = {label: figures for label, figures in labels.items() if figures.positives.of}
    return Figures(len(scored), known, share_held(0.0), share_held(1.0))


def _label_figures(scored: Sequence[Scored], label: str) -> LabelFigures:
    place = ALL_LABELS.index(label)
    known = [(truth, one.scores) for one in scored if (truth := one.row.labels[place]) is not None]
    positives = Share(sum(truth == 1 for truth, _ in known), len(known))
    if not all(label in scores for _, scores in known):
        return LabelFigures(positives, None, None)
    truths, given = [truth for truth, _ in known], [scores[label] for _, scores in known]
    return LabelFigures(positives, roc_auc(truths, given), average_precision(truths, given))
