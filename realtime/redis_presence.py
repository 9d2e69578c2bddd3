"""Who is where, kept in Redis with an end by Redis's own clock."""

import json
from collections.abc import Iterable
from uuid import UUID

from redis.asyncio import Redis

from realtime.envelope import Topic
from realtime.presence import Presence
from realtime.redis_address import Address

NAME_CHARACTERS = 200
"""A longer name is not shown: what lies in Redis is bounded."""

SWEEP = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))) do
  redis.call('ZREM', KEYS[1], gone)
  redis.call('HDEL', KEYS[2], gone)
end
"""
"""Begins every script. KEYS: when each connection ends (a sorted set, microseconds), who it is (a hash)."""

ARRIVE = (
    SWEEP
    + """
local name, told, stay = ARGV[1], ARGV[2], tonumber(ARGV[3])
local known = redis.call('HGET', KEYS[2], name)
local order = known and string.match(known, '^%d+') or string.format('%.0f', redis.call('INCR', KEYS[3]))
redis.call('HSET', KEYS[2], name, order .. ' ' .. told)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + stay), name)
for place = 1, 2 do
  local left = math.ceil(stay / 1000)
  if redis.call('PTTL', KEYS[place]) < left then redis.call('PEXPIRE', KEYS[place], left) end
end
"""
)
DEPART = SWEEP + "redis.call('ZREM', KEYS[1], ARGV[1]) redis.call('HDEL', KEYS[2], ARGV[1])"
PRESENT = SWEEP + "return redis.call('HVALS', KEYS[2])"


class SharedRoll:
    """The roll that all processes share; its verbs raise what redis-py raises.

    The order of arrival is a counter of Redis. Both keys of a topic end with its last presence.
    """

    def __init__(self, client: Redis, address: Address) -> None:
        self._address = address
        self._arrive = client.register_script(ARRIVE)
        self._depart = client.register_script(DEPART)
        self._present = client.register_script(PRESENT)

    async def arrive(self, topic: Topic, presence: Presence, seconds: float) -> None:
        """Note a presence for so many seconds; who is already present keeps their place in the order."""
        stay = max(1, round(seconds * 1_000_000))
        keys = [*self._keys(topic), self._address.key("arrivals")]
        await self._arrive(keys, [presence.connection, written(presence), stay])

    async def depart(self, topic: Topic, connection: str) -> None:
        """Strike a connection from a topic; unknown ones are no matter."""
        await self._depart(self._keys(topic), [connection])

    async def present(self, topic: Topic) -> tuple[Presence, ...]:
        """Return the unexpired, first come first."""
        return in_order(await self._present(self._keys(topic)))

    def _keys(self, topic: Topic) -> list[str]:
        return [self._address.key("until", topic), self._address.key("here", topic)]


def written(presence: Presence) -> str:
    """Return a presence as it lies in Redis."""
    shown = presence.name if presence.name is not None and len(presence.name) <= NAME_CHARACTERS else None
    return json.dumps([presence.connection, str(presence.member), shown, presence.facilitator])


def in_order(values: Iterable[bytes]) -> tuple[Presence, ...]:
    """Read presences, each behind its number in the order of arrival; what cannot be read is passed over."""
    numbered = dict(known for value in values if (known := _read(value)))
    return tuple(numbered[order] for order in sorted(numbered))


def _read(value: bytes) -> tuple[int, Presence] | None:
    """Return None for what another version of this program may have written."""
    order, _, told = value.partition(b" ")
    try:
        connection, member, name, facilitator = json.loads(told)
        return int(order), Presence(connection, UUID(member), name, facilitator)
    except (ValueError, TypeError, AttributeError):
        return None
