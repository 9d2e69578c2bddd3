"""Runs what a command asks for, and says in plain words what stands in its way."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from forum.doctor import settings_problems
from forum.errors import ForumError
from forum.logs import configure_logs
from forum.reactions import react
from forum.services import Services, open_services
from forum.serving import run
from forum.settings import Settings

LAST_ANSWER_SECONDS = 0.05


def with_services(use: Callable[[Services], Awaitable[None]]) -> None:
    """Open the services, use them, and close them; what cannot be opened is said in plain words."""
    with_settings(lambda settings: _opened(settings, use))


def with_settings(use: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    """Read the settings and run what uses them; the command ends with 1 and a sentence where it cannot."""
    try:
        settings = Settings()  # type: ignore[call-arg]
        configure_logs(settings.log_level)
        run(use(settings))
    except ValidationError as error:
        fail("\n".join(check.says for check in settings_problems(error)))
    except ForumError as error:
        fail(error.words.msgid % error.words.values)
    except SQLAlchemyError as error:
        fail(f"The database does not answer as it should ({type(error).__name__}). Run: waypost doctor")
    except (ValueError, OSError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def fail(words: str) -> NoReturn:
    """Say why, and end the command with 1."""
    typer.echo(words, err=True)
    raise typer.Exit(1)


async def _opened(settings: Settings, use: Callable[[Services], Awaitable[None]]) -> None:
    services = open_services(settings, react)
    try:
        await use(services)
    finally:
        await services.aclose()
        # The thread of a connection that failed, or was broken off, still answers to the loop.
        await asyncio.sleep(LAST_ANSWER_SECONDS)
