"""The `waypost` command."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from forum.accounts.appointing import appoint
from forum.accounts.roles import Role
from forum.audit.commands import audit_commands
from forum.backtesting import Trial, backtest, read_draft
from forum.comparing import lines
from forum.demo.first_run import print_credentials, seed_if_wanted
from forum.demo.seeding import is_empty, seed
from forum.doctor import examine
from forum.housekeeping import JOBS
from forum.jobs import work
from forum.migrations.running import migrate
from forum.moving.commands import move_showing
from forum.moving.moving import Move
from forum.plainly import fail, with_services, with_settings
from forum.policies.keeping import refresh
from forum.services import Services
from forum.serving import serve
from forum.settings import Settings
from moderation.evaluation.commands import AsJson, judge
from moderation.toxicity.training.commands import model

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

    with_services(everything)


@cli.command()
def web() -> None:
    """Serve only; run `migrate` before, and `work` beside it."""
    with_services(
        lambda services: serve(services, with_work=False, started=lambda: _welcome(services.settings))
    )


@cli.command("work")
def do_work() -> None:
    """Do what the clock asks for, such as erasing what is kept no longer."""
    with_services(lambda services: work(services, JOBS))


@cli.command("migrate")
def do_migrate() -> None:
    """Bring the database's tables up to date."""

    async def bring_up_to_date(services: Services) -> None:
        await migrate(services.database.engine)
        typer.echo("The database is up to date.")

    with_services(bring_up_to_date)


@cli.command("move-database")
def do_move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The database that is, as DATABASE_URL.")],
    target: Annotated[str, typer.Argument(metavar="[TO]", help="The new one; else DATABASE_URL.")] = "",
    mend_text: Annotated[bool, typer.Option("--mend-text", help="Replace what TO cannot keep.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Throw an unfinished move away.")] = False,
) -> None:
    """Put all that one database keeps into an empty one, and compare; run it again if it was broken off."""
    with_settings(
        lambda settings: move_showing(Move(source, target or settings.database_url, mend_text, anew))
    )


@cli.command()
def demo() -> None:
    """Seed a demo community into an empty database."""

    async def fill(services: Services) -> None:
        await migrate(services.database.engine)
        if not await is_empty(services):
            fail("There are members already: a demo is only seeded into an empty database.")
        await seed(services, print_credentials)

    with_services(fill)


@cli.command("appoint")
def do_appoint(
    handle: Annotated[str, typer.Argument(help="The member's handle.")],
    role: Annotated[Role, typer.Argument(help="What they may do from now on.")],
) -> None:
    """Give a member a role; the first administrator is appointed here."""

    async def give(services: Services) -> None:
        account = await appoint(services, handle, role)
        typer.echo(f"{account.handle} is now: {role.value}.")

    with_services(give)


@cli.command()
def doctor() -> None:
    """Check settings, database, migrations, scorer, mail and clock, and say what to do."""

    async def look(services: Services) -> None:
        checks = await examine(services)
        for check in checks:
            typer.echo(f"{'ok ' if check.well else 'NO '} {check.name}: {check.says}")
        if not all(check.well for check in checks):
            raise typer.Exit(1)

    with_services(look)


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

    with_services(compare)


def _welcome(settings: Settings) -> None:
    typer.echo(f"Waypost is open at {settings.origin}")


cli.add_typer(audit_commands(with_services), name="audit", no_args_is_help=True)


if __name__ == "__main__":
    main()
