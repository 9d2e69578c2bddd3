"""Two moderators, an author and a reporter at once: no decision is ever lost, repeated or contradicted."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from forum.accounts.roles import Role
from forum.audit.chain import Fault
from forum.audit.tables import AuditEntry
from forum.audit.verifying import verify
from forum.errors import ForumError
from forum.messages.publishing import submit
from forum.messages.restoring import waits
from forum.messages.submission import Edit, Submission
from forum.messages.tables import Message, State
from forum.messages.withdrawing import withdraw
from forum.review.decisions import Decision
from forum.review.matters import latest_item
from forum.review.outcomes import OPEN_STILL
from forum.review.reporting import report
from forum.review.ruling import rule
from forum.review.tables import Report, ReviewItem, Ruling
from forum.review.undoing import Reversal, reverse, undo
from forum.spaces.tables import Place
from tests.builders import HOLDS, Community, Member, Prepared, opened_community, published
from tests.forum.talk import heard, hold_one, rows_of

DECIDING = ("release", "refuse", "ask-change", "keep", "take-down", "escalate")
MODERATING = st.sampled_from([*DECIDING, *DECIDING, "undo", "undo", "reverse"])
WRITING = st.sampled_from(["withdraw", "edit", "edit-held", "resend"])
WHICH, PATIENCE = st.integers(0, 3), st.integers(0, 6)
STANDS = {
    "released": {State.PUBLISHED, State.WITHDRAWN},
    "kept": {State.PUBLISHED, State.WITHDRAWN},
    "edit-released": {State.APPLIED},
    "refused": {State.REFUSED, State.WITHDRAWN},
    "edit-refused": {State.REFUSED, State.WITHDRAWN},
    "asked-to-change": {State.REFUSED, State.REMOVED, State.WITHDRAWN},
    "taken-down": {State.REMOVED},
}
"""Where a message may stand while this is the last decision about it that stands."""


def acts(what: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    """What somebody does, to which message, and how long they think between looking and doing."""
    return st.lists(st.tuples(what, WHICH, PATIENCE), max_size=5)


@dataclass
class Evening:
    """A room with what waits in it, and what came of every decision."""

    community: Community
    room: UUID
    author: Member
    messages: list[UUID]
    ruled: list[UUID] = field(default_factory=list)
    undone: list[UUID] = field(default_factory=list)

    async def act(self, who: Member, act: tuple[str, int, int]) -> None:
        """Look, think, and do it; that somebody was faster is an answer like any other."""
        what, which, patience = act
        message_id = self.messages[which % len(self.messages)]
        async with self.community.services.database.reading() as session:
            item = await latest_item(session, message_id)
            message = await session.get_one(Message, message_id)
            rulings = select(Ruling.id).where(Ruling.message_id == message_id).order_by(col(Ruling.id).desc())
            last = (await session.exec(rulings)).first()
        for _ in range(patience):
            await asyncio.sleep(0)
        try:
            await self._do(who, what, message, item, last)
        except ForumError:
            return

    async def _do(
        self, who: Member, what: str, message: Message, item: ReviewItem | None, last: UUID | None
    ) -> None:
        services = self.community.services
        match what:
            case "withdraw":
                await withdraw(services, who.id, message.id)
            case "edit" | "edit-held":
                number = message.version
                text = f"Calmer words, take {number}." if what == "edit" else f"{HOLDS} Take {number}."
                edit = Submission(Edit(message.id, message.version), who.id, text)
                await submit(services, edit)
            case "resend":
                answer = await self.community.say(who, self.room, f"{HOLDS} Once more, {len(self.messages)}.")
                self.messages.append(answer.message_id)  # type: ignore[union-attr,arg-type]
            case "report":
                await report(services, who.viewer, message.id, "unkind")
            case "undo" | "reverse" if last is not None:
                undoing = (
                    undo(services, last, who.id)
                    if what == "undo"
                    else reverse(services, Reversal(last, who.id, "Seen in another light."))
                )
                self.undone.append((await undoing).ruling.id)
            case _ if item is not None and what in DECIDING:
                letter = "Could you say this more kindly?" if what == "ask-change" else ""
                decision = Decision(item.id, who.id, item.version, what, "kindness", letter=letter)
                self.ruled.append((await rule(services, decision)).id)


async def evening(community: Community) -> tuple[Evening, dict[str, Member]]:
    """Return an evening with something held and something reported."""
    people = {
        "linnet": await community.member("Linnet", Role.MODERATOR),
        "harbour": await community.member("Harbour", Role.MODERATOR),
        "rowan": await community.member("Rowan"),
        "wren": await community.member("Wren"),
    }
    room = (await community.room()).id
    rowan = people["rowan"]
    waiting = (await hold_one(community, rowan, room)).message_id
    said = published(await community.say(rowan, room, "Good evening, everybody.")).message_id
    await report(community.services, people["wren"].viewer, said, "unkind")
    return Evening(community, room, rowan, [waiting, said]), people


PLANS = st.fixed_dictionaries(
    {
        "linnet": acts(MODERATING),
        "harbour": acts(MODERATING),
        "rowan": acts(WRITING),
        "wren": acts(st.just("report")),
    }
)


@pytest.mark.everywhere
@settings(max_examples=8)
@given(plans=PLANS)
async def test_decisions_are_never_lost_repeated_or_contradicted(
    empty: Prepared, run: Path, plans: dict[str, list[tuple[str, int, int]]]
) -> None:
    async with opened_community(empty, run) as community:
        tonight, people = await evening(community)
        async with heard(community.services, tonight.room) as frames, asyncio.TaskGroup() as group:
            for name, plan in plans.items():
                group.create_task(_follow(tonight, people[name], plan))

        await _check_decisions(tonight)
        await _check_words(tonight)
        await _check_log(tonight)
        assert sorted(frame["seq"] for frame in frames) == list(range(2, await _last_seq(tonight) + 1))


async def _follow(tonight: Evening, who: Member, plan: list[tuple[str, int, int]]) -> None:
    for act in plan:
        await tonight.act(who, act)


async def _last_seq(tonight: Evening) -> int:
    async with tonight.community.services.database.reading() as session:
        return (await session.get_one(Place, tonight.room)).last_seq


async def _check_decisions(tonight: Evening) -> None:
    """What was answered is what is kept, once; an open item has no decision, any other one at most."""
    async with tonight.community.services.database.reading() as session:
        rulings = (await session.exec(select(Ruling))).all()
        items = (await session.exec(select(ReviewItem))).all()
    assert sorted(one.id for one in rulings) == sorted(tonight.ruled)
    assert sorted(one.id for one in rulings if one.undone_at) == sorted(tonight.undone)
    standing = Counter(
        one.item_id for one in rulings if one.undone_at is None and one.outcome not in OPEN_STILL
    )
    assert all(standing[item.id] <= (item.closed_at is not None) for item in items)


async def _check_words(tonight: Evening) -> None:
    """Every message stands where the last decision about it left it, and whatever waits has an open item."""
    async with tonight.community.services.database.reading() as session:
        query = select(Ruling).where(col(Ruling.undone_at).is_(None)).order_by(col(Ruling.id))
        last = {one.message_id: one.outcome for one in (await session.exec(query)).all()}
        waiting = select(ReviewItem.message_id).where(col(ReviewItem.closed_at).is_(None))
        open_items = set((await session.exec(waiting)).all())
        reported = (
            await session.exec(select(Report.message_id).where(col(Report.closed_at).is_(None)))
        ).all()
    assert set(reported) <= open_items
    for row in await rows_of(tonight.community, tonight.room):
        if waits(row):
            assert row.id in open_items
        elif last.get(row.id, "escalated") != "escalated":
            assert row.state in STANDS[last[row.id]]


async def _check_log(tonight: Evening) -> None:
    faults: list[Fault] = []
    await verify(tonight.community.services.database, faults.append)
    async with tonight.community.services.database.reading() as session:
        counted = Counter((await session.exec(select(AuditEntry.act))).all())
    assert faults == []
    assert (counted["ruling"], counted["ruling-undone"]) == (len(tonight.ruled), len(tonight.undone))
