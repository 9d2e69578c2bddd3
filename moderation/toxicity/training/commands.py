"""`waypost model …`: to train, measure, export and fetch a model, and to ask which is in use."""

import asyncio
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from moderation.toxicity.labels import LABELS, OWN_LABELS
from moderation.toxicity.model import ModelError
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.toxicity.thresholds import Thresholds
from moderation.toxicity.training.corpus import CorpusError, Part, Row, concern_rows

if TYPE_CHECKING:
    from moderation.toxicity.training.evaluation import Evaluation

NAME = "waypost-1"
PARITY_TEXTS = 1_000
DEFAULT_SCORER = "onnx:"
RATE = 5e-5

model = typer.Typer(
    help="Train, measure, export and fetch toxicity models.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    list[Path],
    typer.Option(help="A csv or csv.gz with the columns text, the six labels and source; may be repeated."),
]
Url = Annotated[str, typer.Option("--scorer", help="Which scorer, as in SCORER_URL.")]


@model.command()
def train(  # noqa: PLR0913, PLR0917 - one for each thing that can be said on the command line
    out: Annotated[
        Path, typer.Argument(help="The folder for the checkpoint, and for the run while it lasts.")
    ],
    data: Data,
    start: Annotated[
        Path | None, typer.Option(help="A checkpoint folder to go on from, instead of the bare encoder.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, max=20)] = 1,
    others: Annotated[
        float, typer.Option(min=0, max=1, help="How much of other people's rows; less adapts to ours.")
    ] = 1.0,
    frozen: Annotated[
        int | None,
        typer.Option(min=0, help="Leave the embeddings and so many of the lowest layers as they are."),
    ] = None,
    rate: Annotated[float, typer.Option(min=1e-7, max=1e-2, help="The highest rate of the encoder.")] = RATE,
    seed: Annotated[int, typer.Option(min=0)] = 7,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many batches, to try it out.")
    ] = None,
) -> None:
    """Train a checkpoint in Detoxify's format; called again after a break, it goes on where it stood."""
    with _plainly():
        from moderation.toxicity.training.fitting import Recipe  # noqa: PLC0415 - needs the training extra
        from moderation.toxicity.training.making import make_checkpoint  # noqa: PLC0415

        recipe = Recipe(
            seed=seed,
            epochs=epochs,
            others=others,
            steps=steps,
            frozen=frozen,
            encoder_rate=rate,
        )
        sha256 = make_checkpoint(data, out, recipe, start)
        typer.echo(f"{out} is a checkpoint now: detoxify://{out.resolve()}?sha256={sha256}")


@model.command()
def blend(
    out: Annotated[Path, typer.Argument(help="The folder for the checkpoint.")],
    checkpoints: Annotated[
        list[Path], typer.Argument(help="Two checkpoints or more; one twice counts twice.")
    ],
    heads: Annotated[bool, typer.Option("--heads", help="Fit the heads of our own labels anew.")] = False,
) -> None:
    """Write the mean of several checkpoints that grew from the same encoder."""
    with _plainly():
        from moderation.toxicity.training.blending import blend as mean  # noqa: PLC0415 - needs the training extra
        from moderation.toxicity.training.heading import fit_heads  # noqa: PLC0415

        sha256 = mean(checkpoints, out)
        if heads:
            sha256 = fit_heads(out, out, [row for row in concern_rows() if row.part is Part.TRAINING])
        typer.echo(f"{out} is a checkpoint now: detoxify://{out.resolve()}?sha256={sha256}")


@model.command()
def narrow(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint folder to go on from.")],
    out: Annotated[Path, typer.Argument(help="The folder for the narrower checkpoint.")],
    data: Data,
    width: Annotated[int, typer.Option(min=1, help="How many inner units each layer keeps.")],
) -> None:
    """Leave out the inner units that matter least: a smaller, faster model, to be trained on afterwards."""
    with _plainly():
        from moderation.toxicity.training.making import training_rows  # noqa: PLC0415 - needs the training extra
        from moderation.toxicity.training.narrowing import narrow as write  # noqa: PLC0415

        sha256 = write(checkpoint, out, width, training_rows(data))
        typer.echo(f"{out} is a checkpoint now: detoxify://{out.resolve()}?sha256={sha256}")


@model.command()
def wording(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint folder, which gets the wording.")],
    data: Data,
    ours: Annotated[
        float, typer.Option(min=0, max=1, help="How much of what is said of our own labels is the wording's.")
    ] = 0.33,
    theirs: Annotated[float, typer.Option(min=0, max=1, help="The same, of the six labels of 2018.")] = 0.25,
) -> None:
    """Fit what the words alone say, and write it beside a checkpoint; `export` takes it along."""
    with _plainly():
        from moderation.toxicity.training.making import training_rows  # noqa: PLC0415 - needs the training extra
        from moderation.toxicity.training.wording import fit, write_wording  # noqa: PLC0415

        shares = dict.fromkeys(LABELS, theirs) | dict.fromkeys(OWN_LABELS, ours)
        sha256 = write_wording(fit(training_rows(data), shares), checkpoint)
        typer.echo(f"{checkpoint} has a wording now, SHA-256 {sha256}")


@model.command()
def evaluate(
    data: Data,
    scorer: Url = DEFAULT_SCORER,
    part: Annotated[
        Part | None, typer.Option(help="Only this part of the files; training never saw held-out.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Train a TF-IDF baseline on this file, and measure it beside.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure a scorer on labelled texts, source by source, and on the held-out part of our own messages."""
    with _plainly():
        from moderation.toxicity.training.evaluation import gathered  # noqa: PLC0415 - numpy
        from moderation.toxicity.training.report import lines  # noqa: PLC0415

        rows = gathered(data, part, with_ours=False)
        rows += gathered([], Part.HELD_OUT, with_ours=True)
        ours = asyncio.run(_measured(open_scorer(scorer), rows, quiet=as_json))
        theirs = asyncio.run(_measured(_baseline(baseline), rows, quiet=as_json)) if baseline else None
        if as_json:
            told = ours.as_json() | ({"baseline": theirs.as_json()} if theirs else {})
            typer.echo(json.dumps(told, indent=2))
        else:
            typer.echo("\n".join(lines(ours, theirs)))


@model.command()
def export(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint folder in Detoxify's format.")],
    out: Annotated[Path, typer.Argument(help="The folder for the exported model.")],
    data: Annotated[
        Path | None, typer.Option(help="Texts to compare on; without it, our own messages.")
    ] = None,
    name: Annotated[str, typer.Option(help="The family and number that findings will name.")] = NAME,
    full: Annotated[bool, typer.Option("--full-precision", help="Do not quantise to int8.")] = False,
) -> None:
    """Export any checkpoint for onnxruntime, in int8, and tell how far its scores are from the original's."""
    with _plainly():
        from moderation.toxicity.training.corpus import read_rows, recovery_rows  # noqa: PLC0415
        from moderation.toxicity.training.export import Export  # noqa: PLC0415
        from moderation.toxicity.training.export import export as write  # noqa: PLC0415

        rows = read_rows(data) if data else recovery_rows()
        texts = [row.text for row in rows[:PARITY_TEXTS]]
        report = write(Export(checkpoint, name, int8=not full), out, texts)
        typer.echo(report.as_json())


@model.command()
def unpack(
    exported: Annotated[Path, typer.Argument(help="An exported model's folder.")],
    out: Annotated[Path, typer.Argument(help="The folder for the checkpoint.")],
) -> None:
    """Write an exported model's weights as a checkpoint again, for the upstream library to run."""
    with _plainly():
        from moderation.toxicity.training.unpacking import unpack as write  # noqa: PLC0415

        sha256 = write(exported, out)
        typer.echo(f"{out} is a checkpoint now: detoxify://{out.resolve()}?sha256={sha256}")


@model.command()
def fetch(
    name: Annotated[str, typer.Argument(help="The published model's name, such as unbiased.")],
    out: Annotated[Path, typer.Argument(help="The folder for the checkpoint.")],
) -> None:
    """Download one of the models that the upstream library publishes, and check it."""
    with _plainly():
        from moderation.toxicity.training.fetching import fetch as download  # noqa: PLC0415

        sha256 = download(name, out)
        typer.echo(f"{out} is a checkpoint now: detoxify://{out.resolve()}?sha256={sha256}")


@model.command()
def info(
    scorer: Annotated[str | None, typer.Argument(help="Which scorer, as in SCORER_URL.")] = None,
) -> None:
    """Tell which model a setting opens, its labels, and from which scores its findings hold."""
    with _plainly():
        url = scorer or os.environ.get("SCORER_URL") or DEFAULT_SCORER
        opened = open_scorer(url)
        policy = Thresholds.load()
        told: dict[str, Any] = {
            "scorer": url,
            "model": opened.name,
            "labels": list(opened.labels),
            "policy": policy.version,
            "held from": {
                audience: dict(policy.of(opened.name, audience)) for audience in policy.audiences(opened.name)
            },
        }
        asyncio.run(opened.aclose())
        typer.echo(json.dumps(told, indent=2))


async def _measured(scorer: Scorer, rows: Sequence[Row], *, quiet: bool) -> "Evaluation":
    from moderation.toxicity.training.evaluation import evaluate as measure  # noqa: PLC0415

    try:
        return await measure(scorer, rows, Thresholds.load(), quiet=quiet)
    finally:
        await scorer.aclose()


def _baseline(data: Path) -> Scorer:
    from moderation.toxicity.training.baseline import Baseline  # noqa: PLC0415 - needs the training extra
    from moderation.toxicity.training.making import training_rows  # noqa: PLC0415

    return Baseline(training_rows([data]))


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words what cannot be done, and end with 1."""
    try:
        yield
    except ModuleNotFoundError as error:
        words = f"This needs {error.name}: install Waypost with its extra, pip install 'waypost[training]'"
    except (ModelError, CorpusError, ValueError, OSError) as error:
        words = str(error)
    except KeyboardInterrupt:
        words = "Stopped. The same command goes on from the last saved step."
    else:
        return
    typer.echo(words, err=True)
    raise typer.Exit(1)
