"""Claims about stored passwords: each hash is its own, and nobody's password fits nothing."""

import asyncio
import threading
import unicodedata

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pwdlib.hashers.argon2 import Argon2Hasher

from forum.passwords import AT_ONCE, Passwords
from tests.builders import cheap_passwords

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(password=TYPED, other=TYPED)
@hypothesis_settings(max_examples=30)
async def test_only_the_same_password_fits(password: str, other: str) -> None:
    passwords = cheap_passwords()

    stored = await passwords.make(password)

    assert await passwords.match(password, stored)
    same = unicodedata.normalize("NFKC", password) == unicodedata.normalize("NFKC", other)
    assert await passwords.match(other, stored) is same


async def test_a_letter_fits_however_the_keyboard_composed_it() -> None:
    passwords = cheap_passwords()

    stored = await passwords.make("vier stille Füchse")

    assert await passwords.match("vier stille Fu\u0308chse", stored)


async def test_the_same_password_is_stored_differently_for_everybody() -> None:
    passwords = cheap_passwords()

    one, other = await passwords.make("four quiet herons"), await passwords.make("four quiet herons")

    assert one != other
    assert "heron" not in one


async def test_no_password_fits_where_there_is_no_account_not_even_the_stand_in() -> None:
    passwords = cheap_passwords()

    assert not await passwords.match("nobody's password", None)
    assert not await passwords.match("", None)


class Counting(Argon2Hasher):
    """A real hasher that notes how many hash at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.now = self.most = 0
        self._lock = threading.Lock()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        threading.Event().wait(0.01)
        hashed = super().hash(password, salt=salt)
        with self._lock:
            self.now -= 1
        return hashed


async def test_no_more_hash_at_once_than_the_machine_can_bear() -> None:
    hasher = Counting()
    passwords = Passwords(hasher)

    await asyncio.gather(*(passwords.make("four quiet herons") for _ in range(3 * AT_ONCE)))

    assert hasher.most == AT_ONCE


async def test_production_hashes_with_argon2id_at_the_strength_of_rfc_9106() -> None:
    stored = await Passwords().make("four quiet herons")

    kind, _, strength = stored.split("$")[1:4]
    given_strength = dict(part.split("=") for part in strength.split(","))
    assert kind == "argon2id"
    assert int(given_strength["m"]) >= 65_536
    assert int(given_strength["t"]) >= 3
