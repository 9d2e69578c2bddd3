"""Our websockets before an examiner: the Autobahn cases (RFC 6455), as the package kosoku runs them."""

import asyncio

from kosoku import FailureError, run_fuzzingclient

from realtime.protocol import FRAGMENTS
from tests.realtime.crowd import crowd_server

COMPRESSION = ["12.*", "13.*"]
"""We offer none, so nothing of it could fail."""
OF_THE_LIBRARY = {"7.1.5"}
"""A close between two pieces of a message: uvicorn's protocol alone answers it no better."""
OF_OURS = {f"9.{group}.{number}" for group in (3, 4) for number in (1, 2, 3, 4)}
"""4 MiB in pieces of 64 bytes to 4 KiB: more than FRAGMENTS of them are refused, on purpose."""
SECONDS = 300.0


async def failed(*how: str, cases: list[str] | None = None) -> set[str]:
    """Return the cases that a server in a process of its own does not pass.

    They are examined once more, one by one: the examiner's clock also runs while a machine is busy.
    """
    with crowd_server(*how, module="echo_server") as port:
        async with asyncio.timeout(SECONDS):
            first = await examined(f"ws://127.0.0.1:{port}", cases, 2)
            return await examined(f"ws://127.0.0.1:{port}", sorted(first), 1) if first else first


async def examined(url: str, cases: list[str] | None, at_once: int) -> set[str]:
    """Return those that were not passed."""
    try:
        await run_fuzzingclient(url, cases=cases, exclude_cases=COMPRESSION, concurrency=at_once)
    except FailureError as error:
        return {result.case_id for result in error.results if not result.passed}
    return set()


async def test_every_case_is_passed_but_for_what_the_library_fails_and_what_we_refuse() -> None:
    assert await failed() == OF_THE_LIBRARY | OF_OURS
    assert FRAGMENTS * 4096 < 4 * 2**20


async def test_what_is_the_librarys_fails_without_us_too() -> None:
    assert await failed("--theirs", cases=sorted(OF_THE_LIBRARY | OF_OURS)) == OF_THE_LIBRARY
