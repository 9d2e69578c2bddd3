"""Claims about moving: everything arrives as it was, once, whatever happens on the way."""

import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from forum.accounts.sessions import find_viewer
from forum.audit.chain import Fault
from forum.audit.verifying import verify
from forum.moving.alone import CannotMove
from forum.moving.moving import Move, Stage, move
from tests.builders import Community, community_at, opened_community, published
from tests.demonstrated import Demo
from tests.forked import forked
from tests.forum.moving.killed import move_killed
from tests.forum.moving.rows import AWKWARD, Awkward, awkward, done, everything, put
from tests.postgres import Server, Template

FEW = 40
SOON, MIDWAY, LATE = 8, 80, 116
"""After so many words of a move by so few rows at once: while reading, writing, comparing."""
NOT_TEXT = "UPDATE message SET text = CAST(x'736c6f77006c79ff' AS TEXT) WHERE text LIKE '%bus%'"


class BrokenOff(Exception):
    """Stands for a crash: what is not committed is lost, as it would be then."""


def silent(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""


def sqlite_at(path: Path | str) -> str:
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def demo_copied(demo: Demo) -> Iterator[str]:
    """A copy of the demo community of one's own."""
    with TemporaryDirectory() as folder:
        yield sqlite_at(shutil.copy(demo.path, Path(folder) / "demo.db"))


async def is_broken_off(source: str, target: str, after: int) -> bool:
    """Move, and stop after so many words; return whether that was before its end."""
    left = after

    def tell(_stage: Stage, _done: int, _total: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise BrokenOff

    try:
        await move(Move(source, target, at_once=FEW), tell)
    except BrokenOff:
        return True
    return False


async def faults_of_the_log(community: Community) -> list[Fault]:
    faults = list[Fault]()
    read = await verify(community.services.database, faults.append)
    assert read.entries > 0
    return faults


async def test_a_community_arrives_as_it_was_and_comes_back_the_same(
    demo: Demo, postgresql: Server, tmp_path: Path
) -> None:
    back = sqlite_at(tmp_path / "back.db")
    told = list[tuple[Stage, int, int]]()
    with demo_copied(demo) as source, postgresql.database() as target:
        sums = await move(Move(source, target), lambda *one: told.append(one))
        before, there = await everything(source), await everything(target)
        assert await move(Move(target, back), silent) == sums
        async with community_at(target) as community:
            assert await faults_of_the_log(community) == []

    assert before == there == await everything(back)
    counted = {name: len(rows) for name, rows in before.items()}
    assert {name: one.rows for name, one in sums.items()} == counted
    rows = sum(counted.values())
    assert [one for one in dict.fromkeys(told) if one[1] == rows] == [(one, rows, rows) for one in Stage]


async def test_members_stay_signed_in_and_a_place_counts_on(
    prepared_database: Path, postgresql: Server, tmp_path: Path
) -> None:
    async with opened_community(prepared_database, tmp_path) as community:
        member = await community.member()
        room = await community.room()
        said = published(await community.say(member, room.id))
        source = community.services.database.url
        clock = community.clock
        await community.services.database.aclose()
        with postgresql.database() as target:
            await move(Move(source, target), silent)
            async with community_at(target) as moved:
                moved.clock.now = clock()
                viewer = await find_viewer(moved.services, member.token)
                again = published(await moved.say(member, room.id, "And the tea was warm."))

    assert viewer is not None
    assert viewer.id == member.id
    assert again.seq == said.seq + 1


@settings(max_examples=3, phases=[Phase.generate])
@given(breaks=st.lists(st.integers(1, LATE), min_size=1, max_size=2))
async def test_a_move_that_was_broken_off_anywhere_goes_on_where_it_was(
    demo: Demo, prepared_postgresql: Template, breaks: list[int]
) -> None:
    with demo_copied(demo) as source, prepared_postgresql.copied() as target:
        for after in breaks:
            if not await is_broken_off(source, target, after):
                break  # one that goes on has less to tell
        else:
            await move(Move(source, target, at_once=FEW + 2), silent)
        assert await everything(target) == await everything(source)
        with pytest.raises(CannotMove, match="TO is not empty: account has rows"):
            await move(Move(source, target), silent)


@pytest.mark.parametrize(("to", "after"), [("postgresql", MIDWAY), ("sqlite", MIDWAY + 10)])
async def test_a_move_that_is_killed_goes_on_where_it_was(
    demo: Demo, postgresql: Server, tmp_path: Path, to: str, after: int
) -> None:
    with demo_copied(demo) as source, postgresql.database() as server:
        target = server if to == "postgresql" else sqlite_at(tmp_path / "to.db")
        end = forked(move_killed, source, target, after)
        midway = await everything(target)
        await move(Move(source, target), silent)

        assert end == -signal.SIGKILL
        assert any(midway.values())
        assert midway != await everything(source) == await everything(target)


async def test_an_unfinished_move_of_what_has_changed_since_is_begun_anew_on_demand(
    demo: Demo, prepared_postgresql: Template
) -> None:
    with demo_copied(demo) as source, prepared_postgresql.copied() as target:
        assert await is_broken_off(source, target, MIDWAY)
        await done(source, "UPDATE place SET last_seq = last_seq + 1")
        with pytest.raises(CannotMove, match="not as it was when that began"):
            await move(Move(source, target), silent)
        await move(Move(source, target, anew=True), silent)

        assert await everything(target) == await everything(source)
        with pytest.raises(CannotMove, match="TO is not empty"):
            await move(Move(source, target, anew=True), silent)


async def test_what_somebody_else_wrote_meanwhile_is_found_in_the_end(
    demo: Demo, prepared_postgresql: Template
) -> None:
    with demo_copied(demo) as source, prepared_postgresql.copied() as target:
        assert await is_broken_off(source, target, LATE)
        await done(target, "UPDATE account SET handle = 'Somebody' WHERE handle = 'SlowTuesday'")

        with pytest.raises(CannotMove, match="What arrived is not what was sent, in: account"):
            await move(Move(source, target), silent)


@settings(max_examples=3, phases=[Phase.generate])
@given(rows=AWKWARD)
async def test_awkward_values_arrive_as_they_were_and_come_back(
    prepared_database: Path, prepared_postgresql: Template, rows: list[Awkward]
) -> None:
    with TemporaryDirectory() as folder, prepared_postgresql.copied() as there:
        here, back = (sqlite_at(shutil.copy(prepared_database, f"{folder}/{name}.db")) for name in "ab")
        await put(here, awkward(rows))
        before = await everything(here)

        sums = await move(Move(here, there), silent)
        assert await move(Move(there, back), silent) == sums
        assert before == await everything(there) == await everything(back)
        assert sums["message"].rows == len(rows)


async def test_text_that_postgresql_cannot_keep_is_named_by_its_row_and_replaced_on_demand(
    demo: Demo, prepared_postgresql: Template
) -> None:
    with demo_copied(demo) as source, prepared_postgresql.copied() as target:
        await done(source, NOT_TEXT)
        with pytest.raises(CannotMove) as caught:
            await move(Move(source, target), silent)
        before = await everything(target)
        await move(Move(source, target, mends=True), silent)
        texts = {value for row in (await everything(target))["message"] for value in row}

    assert re.search(r"^  message [0-9a-f-]{36}: text holds a NUL$", str(caught.value), re.MULTILINE)
    assert "--mend-text" in str(caught.value)
    assert "slow" not in str(caught.value)
    assert not any(before.values())
    assert "slow\ufffdly\ufffd" in texts
