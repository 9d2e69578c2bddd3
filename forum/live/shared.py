"""What all live connections of a process share, so that one connection more costs little."""

from dataclasses import dataclass
from typing import Any, Self, cast

from starlette.requests import HTTPConnection

from forum.live.comers import Comers
from forum.live.feeds import Feeds
from forum.live.recall import Recall
from forum.live.rota import Rota
from forum.rooms.attendance import RENEW_SECONDS
from forum.services import Services

WATCH_SECONDS = 60.0
"""How often a connection is asked who it is: a session runs out silently, and a role may change elsewhere."""

CATCH_UP_SECONDS = 3.0
"""After a break, members are told anew what is theirs alone, spread over so long."""


@dataclass(frozen=True, slots=True)
class Live:
    """One of these a process."""

    feeds: Feeds
    recall: Recall
    comers: Comers
    watch: Rota
    presence: Rota
    catching_up: Rota
    """For those who may have missed what is told to them alone; whoever has caught up leaves it."""

    @classmethod
    def on(cls, services: Services) -> Self:
        """Return what connections on these services share; it rests while there are none."""
        return cls(
            Feeds(services),
            Recall(services),
            Comers(services),
            Rota("watch", WATCH_SECONDS),
            Rota("presence", RENEW_SECONDS),
            Rota("catching-up", CATCH_UP_SECONDS),
        )


def live_of(connection: HTTPConnection[Any]) -> Live:
    """Return what `app.py` handed in."""
    return cast(Live, connection.state.live)
