"""The demo community: seeded once, looked at by many tests, and copied by whoever changes something."""

import asyncio
import contextlib
import fcntl
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from forum.demo.first_run import seed_if_wanted
from forum.demo.seeding import Credentials
from moderation.draft import Draft
from moderation.pipeline import Pipeline
from moderation.toxicity.scorer import Scorer, open_scorer
from moderation.verdict import Verdict
from tests.builders import opened_community


class Watched(Pipeline):
    """The pipeline, keeping what it is asked."""

    def __init__(self, scorer: Scorer) -> None:
        super().__init__(scorer)
        self.texts: list[str] = []

    async def screen(self, draft: Draft) -> Verdict:
        self.texts.append(draft.text)
        return await super().screen(draft)


@dataclass(frozen=True, slots=True)
class Demo:
    """What a first run left behind: its database, the texts it had judged, and what it said."""

    path: Path
    judged: list[str]
    said: str

    @property
    def credentials(self) -> list[Credentials]:
        """Whom one can sign in as."""
        return list(credentials_in(self.said))


def credentials_in(said: str) -> Iterator[Credentials]:
    """Yield whom one can sign in as, from what a first run said: a line each, set in by two spaces."""
    for line in said.splitlines():
        if line.startswith("  "):
            yield Credentials(*line.split())


def demonstrated_once(prepared: Path, folder: Path, now: datetime | None = None) -> Demo:
    """Return the demo of this folder, seeded by whoever asks first: several processes may, at once.

    It begins at the moment that all tests begin at, or else now: who looks by another clock sees today.
    """
    name = "demo" if now is None else "demo-now"
    kept = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = asyncio.run(demonstrated(prepared, folder, now))
            kept.write_text(json.dumps([str(made.path), made.judged, made.said]), "utf-8")
    path, judged, said = json.loads(kept.read_text("utf-8"))
    return Demo(Path(path), judged, said)


async def demonstrated(prepared: Path, folder: Path, now: datetime | None) -> Demo:
    """Seed the demo as a first run does, judged by the model that ships; only the hashes are cheap."""
    said = io.StringIO()
    async with opened_community(prepared, folder, demo=True) as community:
        community.clock.now = now or community.clock.now
        scorer = open_scorer("onnx:")
        watched = Watched(scorer)
        with contextlib.redirect_stdout(said):
            await seed_if_wanted(replace(community.services, pipeline=watched))
        await scorer.aclose()
        path = Path(community.services.database.url.partition("///")[2])
    return Demo(path, watched.texts, said.getvalue())
