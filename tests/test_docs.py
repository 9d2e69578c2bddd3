"""The documents' promises: the client of one is run, and the steps of another followed, word by word."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from forum.middleware import BODY_BYTES
from realtime import frames
from realtime.commands import FRAME_BYTES, READERS
from tests.builders import HOLDS, Community, serving
from tests.following import blocks, copied, follow

DOCS = Path(__file__).parent.parent / "docs"
DOCUMENT = (DOCS / "live-protocol.md").read_text()
PATIENCE_SECONDS = 20


def client() -> str:
    """Return the client's source, as the document gives it."""
    found = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found is not None
    return found[1]


async def test_the_client_of_the_document_talks_with_a_real_server(community: Community) -> None:
    rowan, juniper = await community.member("Rowan"), await community.member("Juniper")
    room = await community.room()
    await community.say(juniper, room.id, "Good evening.")
    async with serving(community.services) as address:
        environment = {
            **os.environ,
            "LIVE_URL": f"ws://{address}/live",
            "COOKIE": f"waypost-session={rowan.token}",
            "ROOM": str(room.id),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", client(), "Hello.", HOLDS),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
        )
        said: list[str] = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not {"1", "2", "published", "held"} <= {line.split()[0] for line in said}:
                assert process.stdout is not None
                said.append((await process.stdout.readline()).decode().strip())
        process.kill()
        await process.wait()

    assert "1 Good evening." in said
    assert "2 Hello." in said
    assert not any(HOLDS in line for line in said)


def test_the_client_is_about_thirty_lines() -> None:
    lines = [line for line in client().splitlines() if line.strip()]

    assert len(lines) <= 35


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_client_frame_is_described(kind: str) -> None:
    assert f"\n| `{kind}` |" in DOCUMENT


def test_every_close_code_is_described() -> None:
    known = {name: value for name, value in vars(frames).items() if name.isupper() and name != "VERSION"}
    codes = {value for value in known.values() if isinstance(value, int)}

    assert {code for code in codes if f"| {code} |" not in DOCUMENT} == set()


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{FRAME_BYTES // 1024} KiB" in DOCUMENT
    assert BODY_BYTES >= FRAME_BYTES


async def test_whoever_follows_the_document_has_written_a_stage(tmp_path: Path) -> None:
    steps = list(blocks((DOCS / "writing-a-stage.md").read_text("utf-8")))
    house = copied(tmp_path)

    await follow(steps, house)

    assert {"python", "diff", "json", "sh", "text"} == {step.kind for step in steps}
    assert (house / "moderation/stages/capitals.py").exists()


async def test_a_document_that_has_gone_stale_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("one\ntwo\n")
    stale = [
        "`list.txt`:\n\n```diff\n one\n+one and a half\n three\n```",
        "`list.txt`:\n\n```python\nagain\n```",
        "```sh\nfalse\n```",
        "```sh\necho two; echo one\n```\n\n```text\none\ntwo\n```",
    ]

    for document in stale:
        with pytest.raises(AssertionError):
            await follow(blocks(document), tmp_path)
