"""What tests of the carrier may ask for."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.servers import Valkey, redis_url, running_valkey


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a real Redis or Valkey, started once."""
    with redis_url() as url:
        yield url


@pytest.fixture
def redis(redis_server: str) -> str:
    """The URL of a part of it that nobody else uses."""
    return f"{redis_server}?prefix=test-{uuid4().hex[:16]}"


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    """A real Valkey of the test's own, to kill and to freeze."""
    with running_valkey() as valkey:
        yield valkey
