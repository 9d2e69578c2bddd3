"""Claims about coming back: with the right words only, slowed down, and once a code."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from forum.accounts.sessions import Viewer, find_viewer
from forum.accounts.signing_in import (
    PER_ADDRESS,
    PER_BOTH,
    PER_HANDLE,
    Attempt,
    WrongCredentials,
    change_password,
    codes_left,
    recover,
    renew_codes,
    sign_in,
)
from forum.accounts.signing_up import Welcome, Wish, sign_up
from forum.errors import ForumError, Invalid, TooManyRequests
from forum.guidelines import VERSION
from forum.passwords import Passwords
from tests.builders import PASSWORD, Community

NEW = "six slow swans drifting"


async def newcomer(community: Community, handle: str = "Rowan") -> Welcome:
    return await sign_up(community.services, Wish(handle, PASSWORD, guidelines=VERSION))


def attempt(secret: str = PASSWORD, handle: str = "Rowan", address: str = "192.0.2.7") -> Attempt:
    return Attempt(handle, secret, address)


async def who(community: Community, token: str) -> Viewer | None:
    return await find_viewer(community.services, token)


@pytest.mark.parametrize("handle", ["Rowan", "rowan", " ROWAN", "Ro.wan", "Ｒｏｗａｎ"])
async def test_a_handle_lets_in_however_it_is_written(community: Community, handle: str) -> None:
    welcome = await newcomer(community)

    viewer = await who(community, await sign_in(community.services, attempt(handle=handle)))

    assert viewer is not None
    assert viewer.id == welcome.account.id


@pytest.mark.parametrize(
    ("handle", "secret"),
    [
        ("Rowan", "wrong words entirely"),
        ("Rowan", ""),
        ("Rowan", PASSWORD.upper()),
        ("Rowan", PASSWORD + " "),
        ("Nobody", PASSWORD),
        ("Nobody", "nobody's password"),
        ("", ""),
        ("\0", "x"),
        ("x" * 50_000, "x" * 50_000),
    ],
)
async def test_a_wrong_secret_and_an_unknown_handle_are_told_in_the_same_words(
    community: Community, handle: str, secret: str
) -> None:
    await newcomer(community)

    with pytest.raises(WrongCredentials) as refused:
        await sign_in(community.services, attempt(secret, handle))

    assert refused.value.words == WrongCredentials.words


async def refusals(community: Community, tries: list[Attempt]) -> list[type[ForumError]]:
    found: list[type[ForumError]] = []
    for one in tries:
        with pytest.raises(ForumError) as refused:
            await sign_in(community.services, one)
        found.append(type(refused.value))
    return found


async def test_guessing_at_one_handle_is_slowed_from_wherever_it_comes_and_whether_it_exists(
    community: Community,
) -> None:
    await newcomer(community)
    spellings = ["Rowan", "ROWAN", "r.o.w.a.n"]
    for handles in (spellings, ["Nobody", "NOBODY", "no-body"]):
        tries = [
            attempt("wrong", handles[number % 3], f"198.51.100.{number}")
            for number in range(PER_HANDLE.count + 1)
        ]

        found = await refusals(community, tries)

        assert found == [WrongCredentials] * PER_HANDLE.count + [TooManyRequests]
    with pytest.raises(TooManyRequests) as refused:
        await sign_in(community.services, attempt())
    assert 1 <= refused.value.retry_after <= PER_HANDLE.seconds + 1


async def test_guessing_from_one_address_does_not_keep_the_owner_of_the_handle_out(
    community: Community,
) -> None:
    await newcomer(community)
    tries = [attempt("wrong", address="198.51.100.9") for _ in range(PER_BOTH.count + 1)]

    found = await refusals(community, tries)

    assert found == [WrongCredentials] * PER_BOTH.count + [TooManyRequests]
    assert await sign_in(community.services, attempt())


async def test_guessing_at_many_handles_from_one_address_is_slowed_and_others_still_come_in(
    community: Community,
) -> None:
    await newcomer(community)
    tries = [attempt("wrong", f"Somebody{number}") for number in range(PER_ADDRESS.count + 1)]

    found = await refusals(community, tries)

    assert found == [WrongCredentials] * PER_ADDRESS.count + [TooManyRequests]
    assert await sign_in(community.services, attempt(address="203.0.113.1"))


async def test_codes_are_slowed_like_passwords_in_the_same_purse(community: Community) -> None:
    welcome = await newcomer(community)
    for _ in range(PER_BOTH.count):
        with pytest.raises(Invalid):
            await recover(community.services, attempt("wrong code"), NEW)

    with pytest.raises(TooManyRequests):
        await recover(community.services, attempt(welcome.codes[0]), NEW)
    with pytest.raises(TooManyRequests):
        await sign_in(community.services, attempt())


class Paused(Passwords):
    """Real passwords, stopped after the check and before the answer."""

    def __init__(self) -> None:
        super().__init__(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))
        self.checked, self.go_on = asyncio.Event(), asyncio.Event()

    async def match(self, password: str, stored: str | None) -> bool:
        fits = await super().match(password, stored)
        self.checked.set()
        await self.go_on.wait()
        return fits


async def test_a_password_that_is_changed_while_it_is_being_checked_opens_nothing(
    community: Community,
) -> None:
    welcome = await newcomer(community)
    slow = Paused()
    with_slow = replace(community.services, passwords=slow)

    entering = asyncio.create_task(sign_in(with_slow, attempt()))
    await slow.checked.wait()
    await recover(community.services, attempt(welcome.codes[0]), NEW)
    slow.go_on.set()

    with pytest.raises(WrongCredentials):
        await entering


async def test_a_code_opens_the_door_once_with_a_new_password_and_ends_every_session(
    community: Community,
) -> None:
    welcome = await newcomer(community)

    token = await recover(community.services, attempt(welcome.codes[3].lower().replace("-", " ")), NEW)

    viewer = await who(community, token)
    assert viewer is not None
    assert viewer.id == welcome.account.id
    assert await who(community, welcome.token) is None
    assert await codes_left(community.services, welcome.account.id) == 7
    assert await sign_in(community.services, attempt(NEW))
    with pytest.raises(WrongCredentials):
        await sign_in(community.services, attempt(PASSWORD))


async def test_a_code_that_was_used_is_used_up_and_the_other_seven_still_work(community: Community) -> None:
    welcome = await newcomer(community)
    await recover(community.services, attempt(welcome.codes[0]), NEW)

    with pytest.raises(Invalid) as refused:
        await recover(community.services, attempt(welcome.codes[0]), NEW)

    assert refused.value.fields.keys() == {"code"}
    for code in welcome.codes[1:]:
        community.clock.forward(minutes=11)
        assert await recover(community.services, attempt(code, address=code), NEW)
    assert await codes_left(community.services, welcome.account.id) == 0


async def test_a_code_used_twice_at_once_opens_the_door_once(community: Community) -> None:
    welcome = await newcomer(community)

    both = await asyncio.gather(
        *(recover(community.services, attempt(welcome.codes[0]), f"{NEW} {number}") for number in range(2)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in both) == ["Invalid", "str"]
    assert await codes_left(community.services, welcome.account.id) == 7
    winner = next(number for number, one in enumerate(both) if isinstance(one, str))
    assert await sign_in(community.services, attempt(f"{NEW} {winner}"))


async def test_a_code_is_not_used_up_by_a_password_that_cannot_be_set(community: Community) -> None:
    welcome = await newcomer(community)

    with pytest.raises(Invalid) as refused:
        await recover(community.services, attempt(welcome.codes[0]), "short")

    assert refused.value.fields.keys() == {"password"}
    assert await codes_left(community.services, welcome.account.id) == 8
    assert await who(community, welcome.token) is not None


async def test_somebody_elses_code_and_an_unknown_handle_are_told_in_the_same_words(
    community: Community,
) -> None:
    welcome = await newcomer(community)
    await newcomer(community, "Iris")

    said = []
    for handle in ("Iris", "Nobody"):
        with pytest.raises(Invalid) as refused:
            await recover(community.services, attempt(welcome.codes[0], handle), NEW)
        said.append(refused.value.fields)

    assert said[0] == said[1]
    assert await codes_left(community.services, welcome.account.id) == 8


async def session_id(community: Community, token: str) -> UUID:
    viewer = await who(community, token)
    assert viewer is not None
    return viewer.session_id


async def test_a_changed_password_keeps_this_session_and_ends_the_others(community: Community) -> None:
    welcome = await newcomer(community)
    phone = await sign_in(community.services, attempt())
    here = await session_id(community, welcome.token)

    await change_password(community.services, welcome.account.id, PASSWORD, NEW, here)

    assert await who(community, welcome.token) is not None
    assert await who(community, phone) is None
    assert await sign_in(community.services, attempt(NEW))


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW, "current"), (PASSWORD, "short", "password"), (PASSWORD, "rowan and rowan", "password")],
)
async def test_a_password_that_is_not_changed_changes_nothing(
    community: Community, current: str, new: str, field: str
) -> None:
    welcome = await newcomer(community)
    phone = await sign_in(community.services, attempt())
    here = await session_id(community, welcome.token)

    with pytest.raises(Invalid) as refused:
        await change_password(community.services, welcome.account.id, current, new, here)

    assert refused.value.fields.keys() == {field}
    assert await who(community, phone) is not None
    assert await sign_in(community.services, attempt())


async def test_new_codes_replace_the_old_ones(community: Community) -> None:
    welcome = await newcomer(community)

    codes = await renew_codes(community.services, welcome.account.id, PASSWORD)

    assert len(set(codes) | set(welcome.codes)) == 16
    assert await codes_left(community.services, welcome.account.id) == 8
    with pytest.raises(Invalid):
        await recover(community.services, attempt(welcome.codes[0]), NEW)
    assert await recover(community.services, attempt(codes[0]), NEW)


async def test_codes_are_not_renewed_without_the_password(community: Community) -> None:
    welcome = await newcomer(community)

    with pytest.raises(Invalid) as refused:
        await renew_codes(community.services, welcome.account.id, "wrong")

    assert refused.value.fields.keys() == {"current"}
    assert await recover(community.services, attempt(welcome.codes[0]), NEW)
