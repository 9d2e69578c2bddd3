"""How fast the model that ships scores, beside the upstream library with the same weights: `make bench`."""

import asyncio
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Annotated

import typer

from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.toxicity.model import Model
from moderation.toxicity.scorer import open_scorer
from tests.bench.processes import PROCESSES, resident, seconds_to_load
from tests.bench.timing import Times, on_one_core, timed

TOKENS_20 = "I meant to call you back last night, but my phone died on the way home."
"""18 word pieces, and the two that mark beginning and end."""
WORDS_30 = (
    "Day nine for me. Slept badly again, the kids were up at five, but I went to the meeting, stayed for "
    "coffee afterwards and came home feeling a bit lighter.",
    "My sister rang last night and for once we did not argue. She asked how the week had been, I told her "
    "honestly, and then we both cried a little.",
    "Has anybody here managed a wedding without drinking? Mine is in June, half of the family still drinks, "
    "and I would like two or three plans before I walk in there.",
    "The doctor wants to talk about my dose on Thursday. I am nervous, because last time I felt judged, so I "
    "am writing my questions down and taking a friend along.",
    "Thank you all for yesterday evening. I was close to going out, I read what you wrote twice, made a pot "
    "of tea, and went to bed instead of to the shop.",
    "Six months on Sunday, and nobody at work knows. I bought myself a small cake, lit one candle in the "
    "kitchen, and the dog was the only guest, but he was pleased.",
)
"""Of about 30 words each; more of them than a stage remembers."""
MODEL, UPSTREAM, PIPELINE = "one 20-token message", "upstream", "screening 30 words"
AT_MOST = 1 / 3
"""Of upstream's time, what a message may take."""


def main(
    scorer: Annotated[str, typer.Option(help="onnx: or onnx:///folder")] = "onnx:",
    checkpoint: Annotated[Path | None, typer.Option(help="The same weights as a checkpoint folder.")] = None,
    runs: Annotated[int, typer.Option(min=200, help="Runs that each median is taken of.")] = 400,
) -> None:
    """Print a line for each measurement, and one for each that could not be made."""
    core = "on one core" if on_one_core() else "on all cores: this system cannot keep a process on one"
    typer.echo(f"{scorer}, {core}; p50 (and p99) of {runs} runs, taking turns, after a warm-up")
    with asyncio.Runner() as runner:
        _speed(scorer, checkpoint, runs, runner)
    _say(
        "loading and first answer", f"{seconds_to_load(scorer):.2f} s", f"p50 of {PROCESSES} fresh processes"
    )
    memory = resident(scorer)
    if memory is None:
        typer.echo("Left out: resident memory, as this system has no /proc.")
    else:
        note = f"{memory.started} MiB when it first answered; {memory.held} of 2 messages held"
        _say("a site's memory", f"{memory.after} MiB", note)


def _speed(url: str, checkpoint: Path | None, runs: int, runner: asyncio.Runner) -> None:
    model, upstream = _opened(url), _upstream(checkpoint)
    scorer = open_scorer(url)
    pipeline = Pipeline(scorer, deadline=30)
    doings: dict[str, Callable[[], object]] = {MODEL: lambda: model.predict([TOKENS_20])}
    if upstream is not None:
        doings[UPSTREAM] = lambda: upstream.predict([TOKENS_20])
    texts = cycle(WORDS_30)
    loop = runner.get_loop()  # Runner.run itself takes a twentieth of the time, for signals that no site has
    doings[PIPELINE] = lambda: loop.run_until_complete(pipeline.screen(Draft(next(texts))))
    times = timed(doings, runs)
    whole = times[PIPELINE]
    _say(MODEL, f"{times[MODEL].p50:.1f} ms", _beside(times))
    _say(
        PIPELINE, f"{whole.p50:.1f} ms", f"{whole.p50 / times[MODEL].p50:.2f} of that; p99 {whole.p99:.1f} ms"
    )
    runner.run(scorer.aclose())


def _opened(url: str) -> Model:
    from moderation.toxicity.on_onnxruntime import open_onnx  # noqa: PLC0415 - only once we are on one core

    return open_onnx(url)


def _upstream(checkpoint: Path | None) -> Model | None:
    if checkpoint is None:
        typer.echo("Left out: upstream. Give --checkpoint DIR, the same weights as a checkpoint folder.")
        return None
    from moderation.toxicity.on_detoxify import open_detoxify  # noqa: PLC0415 - torch counts cores as it loads

    try:
        return open_detoxify(f"detoxify://{checkpoint.resolve()}")
    except ValueError as error:
        typer.echo(f"Left out: upstream. {error}")
        return None


def _beside(times: dict[str, Times]) -> str:
    if UPSTREAM not in times:
        return ""
    ratio = times[MODEL].p50 / times[UPSTREAM].p50
    judged = "as wanted" if ratio <= AT_MOST else f"more than {AT_MOST:.2f}"
    return f"{ratio:.2f} of upstream's {times[UPSTREAM].p50:.1f} ms ({judged})"


def _say(*columns: str) -> None:
    name, figure, note = columns
    typer.echo(f"{name:<26}{figure:>10}   {note}".rstrip())


if __name__ == "__main__":
    typer.run(main)
