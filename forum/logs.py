"""Where log lines go: one JSON object a line on standard error, or readable text at a terminal."""

import logging
import sys

import structlog


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
    # uvicorn's own access and connection lines would carry addresses and paths with handles.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
