"""`waypost judge …`: to measure how messages are judged, and to see why one is judged as it is."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import structlog
import typer

from moderation.evaluation.corpus import Part, only, our_cases, read_cases
from moderation.policy import PolicyFile
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.toxicity.training.commands import DEFAULT_SCORER

T = TypeVar("T")

judge = typer.Typer(
    help="Measure how messages are judged, and see why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Url = Annotated[str, typer.Option("--scorer", help="Which scorer, as in SCORER_URL.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@judge.command()
def evaluate(
    corpus: Annotated[
        Path | None,
        typer.Option(help="A JSONL file with text, want and kind; without it, our own messages."),
    ] = None,
    part: Annotated[Part | None, typer.Option(help="Only the cases of this part.")] = None,
    scorer: Url = DEFAULT_SCORER,
    as_json: AsJson = False,
) -> None:
    """Screen messages as members' are screened, and tell what is caught, what is not, and whom it wrongs."""
    with _plainly():
        from moderation.evaluation.figures import evaluation  # noqa: PLC0415 - only where it is asked for
        from moderation.evaluation.judging import judge as screen  # noqa: PLC0415
        from moderation.evaluation.report import lines  # noqa: PLC0415

        cases = only(read_cases(corpus) if corpus else our_cases(), part)
        opened = open_scorer(scorer)
        judged = asyncio.run(_closing(opened, lambda: screen(opened, cases, quiet=as_json)))
        told = evaluation(opened.name, PolicyFile.load().version, judged)
        typer.echo(json.dumps(told.as_json(), indent=2) if as_json else "\n".join(lines(told)))


@judge.command()
def explain(
    text: Annotated[str, typer.Argument(help="The message.")],
    scorer: Url = DEFAULT_SCORER,
    as_json: AsJson = False,
) -> None:
    """Tell what each stage says of a message, what the model hears in it, and what comes of that."""
    with _plainly():
        from moderation.evaluation.explaining import explain as follow  # noqa: PLC0415 - as above
        from moderation.evaluation.explaining import lines  # noqa: PLC0415

        opened = open_scorer(scorer)
        told = asyncio.run(_closing(opened, lambda: follow(opened, text)))
        typer.echo(json.dumps(told.as_json(), indent=2) if as_json else "\n".join(lines(told)))


async def _closing(scorer: Scorer, use: Callable[[], Awaitable[T]]) -> T:
    try:
        return await use()
    finally:
        await scorer.aclose()


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words what cannot be done, and end with 1; what is logged goes to the error stream."""
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=sys.stderr))
    try:
        yield
    except ModuleNotFoundError as error:
        words = f"This needs {error.name}: install Waypost with its extra, pip install 'waypost[detoxify]'"
    except (ValueError, OSError) as error:
        words = str(error)
    except KeyboardInterrupt:
        words = "Stopped."
    else:
        return
    finally:
        structlog.configure(**before)
    typer.echo(words, err=True)
    raise typer.Exit(1)
