"""Hashes passwords with Argon2id, in threads, a few at a time."""

import asyncio
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE = 2
"""Each hash takes 64 MiB (RFC 9106, second recommendation), and some 190 ms on two slow cores."""

T = TypeVar("T")


class Passwords:
    """Makes and checks hashes; a wrong handle takes as long as a wrong password."""

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        self._hash = PasswordHash((hasher or Argon2Hasher(),))
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobody: str | None = None

    async def make(self, password: str) -> str:
        """Return the hash to store, with its salt and parameters in it."""
        return await self._in_thread(lambda: self._hash.hash(_as_meant(password)))

    async def match(self, password: str, stored: str | None) -> bool:
        """Return whether the password fits; `stored` None spends the same time and says no."""
        if stored is None:
            self._nobody = self._nobody or await self.make("nobody's password")
        candidate = stored or self._nobody or ""
        fits = await self._in_thread(lambda: self._hash.verify(_as_meant(password), candidate))
        return fits and stored is not None

    async def _in_thread(self, work: Callable[[], T]) -> T:
        async with self._turn:
            return await asyncio.to_thread(work)


def _as_meant(password: str) -> str:
    # Keyboards send one letter in several ways (NIST SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFKC", password)
