"""What the organisation can set, read from the environment or from a file named `.env`."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds templates/ and static/."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Settings(BaseSettings):
    """Every setting has a default that serves one small community on one machine.

    The README's table is held to these fields by `tests/test_readme.py`.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: str = Field("sqlite+aiosqlite:///waypost.db", validation_alias="DATABASE_URL")
    """Where everything is kept."""
    backplane_url: str = Field("memory://", validation_alias="BACKPLANE_URL")
    """What carries live messages, presence and rate limits: memory:// in one process, redis:// among many."""
    scorer_url: str = Field("onnx:", validation_alias="SCORER_URL")
    """What scores the toxicity of a message."""
    mail_url: str = Field("console://", validation_alias="MAIL_URL")
    """What carries letters: console:// (none go) or smtp://user:password@host:port."""
    mail_from: str = Field("", max_length=254, validation_alias="WAYPOST_MAIL_FROM")
    """The address that letters come from."""

    origin: str = Field("http://127.0.0.1:8000", validation_alias="WAYPOST_ORIGIN")
    """The address members type, with its scheme; https makes every cookie Secure."""
    host: str = Field("127.0.0.1", validation_alias="WAYPOST_HOST")
    """The address the server listens on."""
    port: int = Field(8000, ge=0, le=65535, validation_alias="WAYPOST_PORT")
    """The port the server listens on."""
    proxies: str = Field("127.0.0.1", validation_alias="WAYPOST_PROXIES")
    """Proxies whose X-Forwarded-For is believed, comma-separated."""

    name: str = Field("Waypost", min_length=1, max_length=60, validation_alias="WAYPOST_NAME")
    """What the community calls itself, in every header."""
    language: str = Field("en", validation_alias="WAYPOST_LANGUAGE")
    """The language of all copy; one file in forum/translations/ each."""
    time_zone: str = Field("UTC", validation_alias="WAYPOST_TIME_ZONE")
    """The zone that visitors see times in; members choose their own."""
    leave_url: str = Field("https://www.wikipedia.org/", validation_alias="WAYPOST_LEAVE_URL")
    """Where "Leave quickly" goes: somewhere unremarkable."""
    contact: str = Field("", max_length=300, validation_alias="WAYPOST_CONTACT")
    """How to reach the organisation itself, shown among the people one can reach."""

    word_list: Path | None = Field(None, validation_alias="WAYPOST_WORD_LIST")
    """A file of words that are held, one a line; a leading ! refuses."""
    screen_seconds: float = Field(2.0, gt=0, le=30, validation_alias="WAYPOST_SCREEN_SECONDS")
    """How long the scorer may take before a message is held instead."""
    session_days: int = Field(30, ge=1, le=400, validation_alias="WAYPOST_SESSION_DAYS")
    """How long a member stays signed in without coming back, in days."""
    refused_days: int = Field(183, ge=1, le=400, validation_alias="WAYPOST_REFUSED_DAYS")
    """How long the words of a refused message are kept, in days: by default, as long as one can appeal."""

    demo: bool = Field(True, validation_alias="WAYPOST_DEMO")
    """Whether the first run seeds a demo community."""
    log_level: str = Field("INFO", validation_alias="WAYPOST_LOG_LEVEL")
    """DEBUG, INFO, WARNING or ERROR."""

    @field_validator("origin")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or more:
            raise ValueError("must look like https://forum.example.org, without a path")
        # As browsers write it in Origin: small letters, and no port that the scheme implies (RFC 6454, 6.2).
        return f"{parts.scheme}://{parts.netloc.lower().removesuffix(DEFAULT_PORTS[parts.scheme])}"

    @field_validator("leave_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        if urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("must start with https:// or http://")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"{value!r} is not a time zone of the IANA database, such as Europe/Berlin"
            ) from None
        return value

    @property
    def secure(self) -> bool:
        """Whether cookies carry Secure and the __Host- prefix; only loopback may go without."""
        parts = urlsplit(self.origin)
        return parts.scheme == "https" or parts.hostname not in LOOPBACK
