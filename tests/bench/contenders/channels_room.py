"""Django Channels with Redis, served by Daphne: a group, to which every consumer belongs."""

import os
import sys

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings

settings.configure(
    SECRET_KEY="measured",
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]], "capacity": 100_000},
        }
    },
)
django.setup()


class Member(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One member of the room."""

    async def connect(self) -> None:
        """Join the group."""
        await self.accept()
        await get_channel_layer().group_add("room", self.channel_name)

    async def receive(self, text_data: str = "", bytes_data: bytes | None = None) -> None:
        """Tell everybody."""
        await get_channel_layer().group_send("room", {"type": "told", "words": text_data})

    async def told(self, event: dict[str, str]) -> None:
        """Hear what somebody said."""
        await self.send(text_data=event["words"])


if __name__ == "__main__":
    port = sys.argv[1]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    application = ProtocolTypeRouter({"websocket": Member.as_asgi()})
    Server(application, endpoints=build_endpoint_description_strings(host="127.0.0.1", port=int(port))).run()
