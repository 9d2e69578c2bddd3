"""The command that moves a database: a bar while it works, and words at its end."""

from collections.abc import Mapping

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import SQLAlchemyError

from forum.moving.alone import CannotMove
from forum.moving.moving import Move, Stage, move
from forum.moving.sums import Sum


async def move_showing(wanted: Move) -> None:
    """Move, showing how far it is where somebody looks, and say what was moved; CannotMove says why not."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {stage: bar.add_task(stage.value, start=False, total=None) for stage in Stage}

        def show(stage: Stage, done: int, total: int) -> None:
            bar.start_task(tasks[stage])
            bar.update(tasks[stage], completed=done, total=total)

        try:
            moved = await move(wanted, show)
        except SQLAlchemyError as error:
            raise CannotMove(
                f"A database stopped answering ({type(error).__name__}). Nothing is lost: see to it, and run "
                "the same command again. It goes on where it was."
            ) from None
    typer.echo("\n".join(summary(moved)))


def summary(moved: Mapping[str, Sum]) -> list[str]:
    """Return what to print of a move: each table with its count and the start of its sum."""
    told = [f"{name:<20} {one.rows:>10,}  {one.total:064x}"[:48] for name, one in moved.items()]
    rows = sum(one.rows for one in moved.values())
    return [
        *told,
        f"Moved {rows:,} rows of {len(moved)} tables; counts and checksums are the same in both.",
        "Set DATABASE_URL to the new database, run `waypost doctor` and `waypost audit verify`, and start.",
        "The old database is as it was. Erase it once you are sure: what members take back stays in it.",
    ]
