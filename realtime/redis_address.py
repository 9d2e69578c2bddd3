"""Where a Redis is, how it is spoken to, and what our keys and channels there are called."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from realtime.envelope import Topic

CONNECTIONS = 16
"""The most that one process opens, the line among them."""
PREFIX = "waypost"
PLAIN = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Address:
    """A Redis, and our part of it: `<prefix>:…` for keys, `<prefix>:<database>:…` for channels.

    Channels name the database because Redis shares them among all of its databases, and two communities may
    have one each.
    """

    url: str = field(repr=False)
    prefix: str = PREFIX
    database: int = 0

    @classmethod
    def read(cls, url: str) -> Self:
        """Read `redis://`, `rediss://` (TLS) or `unix://`, with `?db=`, `?prefix=` and redis-py's `?ssl_…=`.

        Raises ValueError, which never quotes the URL: it may carry a password.
        """
        try:
            parts = urlsplit(url)
            options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
            prefix = options.pop("prefix", PREFIX)
            rest = urlunsplit(parts._replace(query=urlencode(options)))
            address = cls(rest, prefix, int(parse_url(rest).get("db", 0)))
            address._pool(1.0).make_connection()  # type: ignore[no-untyped-call]
        except (ValueError, TypeError):
            raise ValueError(WRONG) from None
        known = all(name == "db" or name.startswith("ssl_") for name in options)
        placed = parts.scheme != "unix" or parts.path
        if not known or not placed or not PLAIN.fullmatch(prefix):
            raise ValueError(WRONG)
        return address

    def client(self, patience: float) -> Redis:
        """Return a client that tries everything once, and waits `patience` seconds for a connection.

        For answers it waits without end: whoever asks bounds that. Nothing is retried, since a PUBLISH or a
        spending that was retried might count twice.
        """
        return Redis.from_pool(self._pool(patience))

    def key(self, *parts: str) -> str:
        """Return the name of a key."""
        return ":".join((self.prefix, *parts))

    def channel(self, topic: Topic) -> str:
        """Return the name of the channel that carries a topic."""
        return f"{self.prefix}:{self.database}:{topic}"

    def topic(self, channel: bytes) -> Topic:
        """Return the topic that a channel carries."""
        return Topic(channel.decode().removeprefix(self.channel(Topic(""))))

    def _pool(self, patience: float) -> BlockingConnectionPool:
        over_tcp = {} if self.url.startswith("unix:") else {"socket_keepalive": True}
        return BlockingConnectionPool.from_url(
            self.url,
            max_connections=CONNECTIONS,
            timeout=patience,
            socket_connect_timeout=patience,
            # Whoever asks bounds the wait: redis-py's own bound on sending is `asyncio.wait_for`, which on
            # Python 3.11 can swallow a cancellation (python/cpython#86296).
            socket_timeout=None,
            # An empty tuple of errors: redis-py would otherwise reconnect behind our back, and say nothing.
            retry=Retry(NoBackoff(), 0, supported_errors=()),
            health_check_interval=0,  # the line has a heartbeat of its own, and idle connections are tried
            protocol=2,  # RESP2: no push messages among answers, and every Redis and Valkey speaks it
            client_name=PREFIX,
            **over_tcp,
        )


WRONG = (
    "BACKPLANE_URL must look like redis://user:password@host:6379/0, rediss://… or "
    "unix:///run/redis.sock?db=0. It takes prefix=… (small letters, digits, - and _) and, with rediss://, "
    "ssl_ca_certs=… and the like"
)
