"""How often something was done, kept in Redis: a moving window, by Redis's own clock."""

import hashlib
import secrets

from redis.asyncio import Redis

from realtime.allowance import SHORTEST_WAIT, Allowance
from realtime.redis_address import Address

SPEND = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local count, window = tonumber(ARGV[1]), ARGV[2] * 1000000
local first = tonumber(redis.call('LINDEX', KEYS[1], count - 1) or nil)
if first and first >= now - window then
  return math.min(window, first + window - now)
end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('LTRIM', KEYS[1], 0, count - 1)
redis.call('EXPIRE', KEYS[1], ARGV[2])
return -1
"""
"""Returns -1 when it was allowed, else the microseconds to wait; with the arithmetic of `Purse`."""


class SharedPurse:
    """The purse that all processes share; its verbs raise what redis-py raises.

    Keys are hashed with a salt that the first process leaves in Redis: no address and no name stands in them.
    Whoever reads all of Redis can still try addresses one by one, as long as a window lasts.
    """

    def __init__(self, client: Redis, address: Address) -> None:
        self._client = client
        self._address = address
        self._spend = client.register_script(SPEND)
        self._salt = b""

    async def open(self) -> None:
        """Agree on the salt; this writes, and so shows whether Redis takes writes."""
        key = self._address.key("salt")
        await self._client.set(key, secrets.token_bytes(16), nx=True)
        salt = await self._client.get(key) or b""
        self._salt = salt.encode() if isinstance(salt, str) else salt

    async def spend(self, key: str, allowance: Allowance) -> float:
        """Spend once: 0.0 when that was allowed, else the seconds to wait, and nothing was spent."""
        hashed = hashlib.sha256(self._salt + key.encode(errors="surrogatepass")).hexdigest()
        window = self._address.key("pace", hashed[:32], str(allowance.count), str(allowance.seconds))
        wait = await self._spend([window], [allowance.count, allowance.seconds])
        return 0.0 if wait < 0 else max(SHORTEST_WAIT, wait / 1_000_000)
