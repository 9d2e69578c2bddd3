"""How the address of a Redis is read, and that its password is never told."""

import pytest

from realtime.backplane import open_backplane
from realtime.envelope import Topic
from realtime.on_redis import OnRedis
from realtime.redis_address import Address


@pytest.mark.parametrize(
    ("url", "prefix", "database"),
    [
        ("redis://127.0.0.1", "waypost", 0),
        ("redis://:secret@redis.example.org:6380/3", "waypost", 3),
        ("rediss://user:secret@redis.example.org/2?ssl_ca_certs=/etc/ca.pem", "waypost", 2),
        ("unix:///run/redis.sock?db=4&prefix=quiet-room", "quiet-room", 4),
    ],
)
def test_an_address_tells_its_prefix_and_database(url: str, prefix: str, database: int) -> None:
    address = Address.read(url)

    assert (address.prefix, address.database) == (prefix, database)
    assert "secret" not in repr(address)


@pytest.mark.parametrize(
    "url",
    [
        "redis://:secret@host:port",
        "redis://:sec/ret@host",
        "redis://host:99999999/secret",
        "redis://host?secret",
        "redis://host?decode_responses=true&password=secret",
        "redis://host?socket_timeout=secret",
        "redis://host?ssl_ca_certs=secret",
        "redis://host?prefix=Secret",
        "redis://host?db=secret",
        "redis://[secret",
        "unix://?prefix=secret",
    ],
)
async def test_an_address_that_cannot_be_used_is_refused_in_plain_words_without_quoting_it(url: str) -> None:
    with pytest.raises(ValueError, match="BACKPLANE_URL must look like") as caught:
        Address.read(url)

    assert "secret" not in str(caught.value).lower()
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
async def test_each_scheme_opens_without_connecting(scheme: str) -> None:
    backplane = open_backplane(f"{scheme}://nowhere.invalid:1/0")

    assert isinstance(backplane, OnRedis)
    assert not backplane.condition.answers
    await backplane.aclose()


def test_channels_name_the_database_and_lead_back_to_their_topic() -> None:
    address = Address.read("redis://host/7")
    topic = Topic("place:0198a5e0-7c00-7000-8000-000000000001")

    assert address.channel(topic) == f"waypost:7:{topic}"
    assert address.topic(address.channel(topic).encode()) == topic
