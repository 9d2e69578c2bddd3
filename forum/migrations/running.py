"""Runs the migrations, and tells which one a database is at."""

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

import forum
from forum.engines import UNHURRIED, WRITES

FOLDER = Path(__file__).parent


def tables() -> MetaData:
    """Return the metadata of every table: each feature keeps its own in a module named `tables`."""
    for module in pkgutil.walk_packages(forum.__path__, "forum."):
        if module.name.endswith(".tables"):
            importlib.import_module(module.name)
    return SQLModel.metadata


def config() -> Config:
    """Return alembic's configuration, made here so that no file repeats what is known."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def latest() -> str | None:
    """Return the newest migration there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


async def current(engine: AsyncEngine) -> str | None:
    """Return the migration that the database is at, None for an empty one."""
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database up to date, all in one transaction; a second process at it waits for the first."""
    async with engine.execution_options(**{WRITES: True, UNHURRIED: True}).begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    wanted = config()
    wanted.attributes["connection"] = connection
    command.upgrade(wanted, "head")
