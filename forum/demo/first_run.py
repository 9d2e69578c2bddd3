"""The first run: an empty server seeds itself a demo, and says once whom one can sign in as."""

import typer

from forum.demo.seeding import Credentials, is_empty, seed
from forum.services import Services


async def seed_if_wanted(services: Services) -> None:
    """Seed the demo into an empty database, unless the settings say to start empty."""
    if not services.settings.demo or not await is_empty(services):
        return
    typer.echo("The first run: seeding a demo community. WAYPOST_DEMO=0 starts empty.")
    await seed(services, print_credentials)


def print_credentials(made: list[Credentials]) -> None:
    """Print whom one can sign in as; the passwords are kept nowhere else."""
    typer.echo("\nSign in as (these passwords are made now and shown only this once):")
    for one in made:
        typer.echo(f"  {one.role:<18} {one.handle:<14} {one.password}")
    typer.echo("")
