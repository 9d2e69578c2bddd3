"""Claims about opening the house: chosen by URL, refused in plain words, closed again."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from forum.language import N_
from forum.reach.lines import public_numbers
from forum.reactions import react
from forum.services import open_services, read_policy
from tests.builders import settings


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"database_url": "nonsense"}, "DATABASE_URL"),
        ({"backplane_url": "pigeon://"}, "pigeon"),
        ({"scorer_url": "oracle://"}, "oracle"),
        ({"scorer_url": "nonsense"}, "nonsense"),
        ({"scorer_url": "onnx:///nowhere"}, "nowhere"),
        ({"scorer_url": "detoxify:///nowhere"}, "nowhere"),
        ({"language": "tlh"}, "tlh"),
    ],
)
def test_what_cannot_be_opened_is_said_by_name(values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        open_services(settings(**values), react)


def test_a_word_list_is_read_once_at_opening(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# ours\npills\n!dealer\n", encoding="utf-8")

    policy = read_policy(settings(word_list=file))

    assert (policy.held_words, policy.refused_words) == (("pills",), ("dealer",))


def test_anybody_may_give_the_numbers_of_hotlines_and_of_the_community() -> None:
    plain = read_policy(settings())
    ours = read_policy(
        settings(contact="Call the house: +1 555 010 0123, or write to house@example.org in 2026")
    )

    assert (plain.held_words, plain.refused_words, plain.numbers) == ((), (), public_numbers())
    assert ours.numbers - plain.numbers == {"15550100123"}


def test_a_word_list_that_is_missing_or_wrong_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"

    with pytest.raises(OSError, match=r"words\.txt"):
        read_policy(settings(word_list=file))
    file.write_text("pills\n!\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_policy(settings(word_list=file))
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="utf-8"):
        read_policy(settings(word_list=file))


async def test_what_was_opened_works_and_can_be_closed_twice(tmp_path: Path) -> None:
    services = open_services(settings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"), react)
    async with services.database.reading() as session:
        answer = (await (await session.connection()).execute(text("SELECT 1"))).scalar_one()

    await services.aclose()
    await services.aclose()

    assert answer == 1
    assert services.clock().utcoffset() is not None
    assert services.renderer.say(N_("There is nothing here")) == "There is nothing here"
