"""Where log lines go: one JSON object a line on standard error, or readable text at a terminal."""

import logging
import sys
import traceback
from pathlib import PurePath
from types import TracebackType

import structlog

DEEPEST = 6


def places(error: BaseException) -> list[str]:
    """Return where in the code it was raised, innermost last: nothing of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames]


class WithoutWords(logging.Formatter):
    """Writes an exception as its type and its places: its message may quote what people wrote."""

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return one line."""
        return "" if ei[1] is None else f"{ei[0].__name__} at {', '.join(places(ei[1]))}"


def configure_logs(level: str) -> None:
    """Set the level; ValueError in plain words for a name that is none."""
    known = logging.getLevelNamesMapping()
    if level.upper() not in known:
        raise ValueError(f"WAYPOST_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not {level!r}")
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(known[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(WithoutWords("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[others])
    # uvicorn's own access and connection lines would carry addresses and paths with handles.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
