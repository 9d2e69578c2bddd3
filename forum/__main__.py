"""The `waypost` command."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy.exc import SQLAlchemyError

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.audit.commands import audit_commands
from forum.backtesting import Trial, backtest, read_draft
from forum.comparing import lines
from forum.demo.first_run import print_credentials, seed_if_wanted
from forum.demo.seeding import is_empty, seed
from forum.doctor import examine, settings_problems
from forum.errors import ForumError
from forum.housekeeping import JOBS
from forum.jobs import work
from forum.logs import configure_logs
from forum.migrations.running import migrate
from forum.policies.keeping import refresh
from forum.reactions import react
from forum.services import Services, open_services
from forum.serving import run, serve
from forum.settings import Settings
from moderation.evaluation.commands import AsJson, judge
from moderation.toxicity.training.commands import model

LAST_ANSWER_SECONDS = 0.05

cli = typer.Typer(
    help="Waypost: a moderated, real-time support forum.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(judge, name="judge")
cli.add_typer(model, name="model")


def main() -> None:
    """Entry of the installed command."""
    cli()


@cli.command("serve")
def serve_all() -> None:
    """Migrate, seed a demo the first time, serve, and do the clock's work: all a small server needs."""

    async def everything(services: Services) -> None:
        await migrate(services.database.engine)
        await seed_if_wanted(services)
        await serve(services, with_work=True, started=lambda: _welcome(services.settings))

    _with_services(everything)


@cli.command()
def web() -> None:
    """Serve only; run `migrate` before, and `work` beside it."""
    _with_services(
        lambda services: serve(services, with_work=False, started=lambda: _welcome(services.settings))
    )


@cli.command("work")
def do_work() -> None:
    """Do what the clock asks for, such as erasing what is kept no longer."""
    _with_services(lambda services: work(services, JOBS))


@cli.command("migrate")
def do_migrate() -> None:
    """Bring the database's tables up to date."""

    async def bring_up_to_date(services: Services) -> None:
        await migrate(services.database.engine)
        typer.echo("The database is up to date.")

    _with_services(bring_up_to_date)


@cli.command()
def demo() -> None:
    """Seed a demo community into an empty database."""

    async def fill(services: Services) -> None:
        await migrate(services.database.engine)
        if not await is_empty(services):
            _fail("There are members already: a demo is only seeded into an empty database.")
        await seed(services, print_credentials)

    _with_services(fill)


@cli.command("appoint")
def do_appoint(
    handle: Annotated[str, typer.Argument(help="The member's handle.")],
    role: Annotated[Role, typer.Argument(help="What they may do from now on.")],
) -> None:
    """Give a member a role; the first administrator is appointed here."""

    async def give(services: Services) -> None:
        account = await appoint(services, handle, role)
        typer.echo(f"{account.handle} is now: {role.value}.")

    _with_services(give)


@cli.command()
def doctor() -> None:
    """Check settings, database, migrations, scorer and clock, and say what to do."""

    async def look(services: Services) -> None:
        checks = await examine(services)
        for check in checks:
            typer.echo(f"{'ok ' if check.well else 'NO '} {check.name}: {check.says}")
        if not all(check.well for check in checks):
            raise typer.Exit(1)

    _with_services(look)


@judge.command("backtest")
def do_backtest(
    policy: Annotated[Path, typer.Option(help="A draft of policy.toml.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How far back.")] = 30,
    ids: Annotated[bool, typer.Option("--ids", help="Name the messages, by id.")] = False,
    as_json: AsJson = False,
) -> None:
    """Judge the messages that are kept by a draft of the policy, and count what it would change."""
    console = Console(stderr=True)

    async def compare(services: Services) -> None:
        trial = Trial(read_draft(policy), days, ids)
        await refresh(services)
        with Progress(console=console, transient=True, disable=as_json or not console.is_terminal) as bar:
            task = bar.add_task("messages")
            told = await backtest(
                services, trial, lambda done, total: bar.update(task, completed=done, total=total)
            )
        typer.echo(json.dumps(told.as_json(), indent=2) if as_json else "\n".join(lines(told)))

    _with_services(compare)


def _welcome(settings: Settings) -> None:
    typer.echo(f"Waypost is open at {settings.origin}")


def _with_services(use: Callable[[Services], Awaitable[None]]) -> None:
    """Open the services, use them, and close them; what cannot be opened is said in plain words."""
    try:
        settings = Settings()  # type: ignore[call-arg]
        configure_logs(settings.log_level)
        run(_opened(settings, use))
    except ValidationError as error:
        _fail("\n".join(check.says for check in settings_problems(error)))
    except ForumError as error:
        _fail(error.words.msgid % error.words.values)
    except SQLAlchemyError as error:
        _fail(f"The database does not answer as it should ({type(error).__name__}). Run: waypost doctor")
    except (ValueError, OSError) as error:
        _fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


async def _opened(settings: Settings, use: Callable[[Services], Awaitable[None]]) -> None:
    services = open_services(settings, react)
    try:
        await use(services)
    finally:
        await services.aclose()
        # The thread of a connection that failed, or was broken off, still answers to the loop.
        await asyncio.sleep(LAST_ANSWER_SECONDS)


def _fail(words: str) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(1)


cli.add_typer(audit_commands(_with_services), name="audit", no_args_is_help=True)


if __name__ == "__main__":
    main()
