"""Claims about what the clock erases: exactly what is kept no longer, and twice is no harm."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlmodel import func, select

from forum.accounts.sessions import end_session, find_viewer
from forum.accounts.signing_in import Attempt, sign_in
from forum.accounts.tables import Session
from forum.housekeeping import JOBS, drop_notices, drop_sessions, erase_refused
from forum.notifications.tables import Notice
from forum.review.reporting import report
from forum.review.tables import Report
from moderation.draft import Policy
from tests.builders import HARMLESS, PASSWORD, Community, opened_community, published, refused

FORBIDDEN = "Here is the forbiddenword again."


async def count(community: Community, table: type[Session] | type[Notice]) -> int:
    async with community.services.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


async def test_refused_words_are_erased_after_the_days_that_are_set(
    prepared_database: Path, tmp_path: Path
) -> None:
    async with opened_community(prepared_database, tmp_path, refused_days=10) as community:
        rowan, room = await community.member(), await community.room()
        community.services = replace(community.services, policy=Policy(refused_words=("forbiddenword",)))
        answer = refused(await community.say(rowan, room.id, FORBIDDEN))
        stays = published(await community.say(rowan, room.id, HARMLESS))
        assert answer.message_id is not None

        community.clock.forward(days=9)
        early = await erase_refused(community.services)
        before = (await community.message(answer.message_id)).text
        community.clock.forward(days=2)
        late = await erase_refused(community.services)
        again = await erase_refused(community.services)

        erased = await community.message(answer.message_id)
        assert (early, late, again) == (0, 1, 0)
        assert before == FORBIDDEN
        assert (erased.text, erased.title, erased.html) == ("", "", "")
        assert (await community.message(stays.message_id)).text == HARMLESS


async def test_what_a_report_quoted_goes_when_the_report_was_closed_long_enough(community: Community) -> None:
    rowan, iris, room = await community.member(), await community.member("Iris"), await community.room()
    said = published(await community.say(rowan, room.id))
    await report(community.services, iris.viewer, said.message_id, "other")

    community.clock.forward(days=400)
    while_open = await erase_refused(community.services)
    async with community.services.database.transaction() as tx:
        (await tx.session.exec(select(Report))).one().closed_at = community.clock() - timedelta(days=184)
    closed = await erase_refused(community.services)

    async with community.services.database.reading() as session:
        kept = (await session.exec(select(Report))).one()
    assert (while_open, closed) == (0, 1)
    assert kept.text == ""
    assert kept.reason == "other"


async def test_sessions_go_a_week_after_they_ended_or_ran_out_and_no_other_does(
    prepared_database: Path, tmp_path: Path
) -> None:
    async with opened_community(prepared_database, tmp_path, session_days=20) as community:
        rowan = await community.member(days=0)
        await end_session(community.services, rowan.viewer, rowan.viewer.session_id)
        await sign_in(community.services, Attempt("Rowan", PASSWORD, "192.0.2.7"))
        community.clock.forward(days=8)
        used = await sign_in(community.services, Attempt("Rowan", PASSWORD, "192.0.2.7"))

        ended = await drop_sessions(community.services)
        community.clock.forward(days=19)
        nothing_yet = await drop_sessions(community.services)
        community.clock.forward(days=0.5)
        assert await find_viewer(community.services, used) is not None
        run_out = await drop_sessions(community.services)

        assert (ended, nothing_yet, run_out) == (1, 0, 1)
        assert await find_viewer(community.services, used) is not None
        assert await count(community, Session) == 1


async def test_notices_go_after_half_a_year(community: Community) -> None:
    rowan, iris, room = await community.member(), await community.member("Iris"), await community.room()
    said = published(await community.say(rowan, room.id))
    await community.say(iris, room.id, "I hear you.", parent=said.message_id)

    community.clock.forward(days=179)
    early = await drop_notices(community.services)
    kept = await count(community, Notice)
    community.clock.forward(days=2)
    late = await drop_notices(community.services)

    assert (early, kept, late) == (0, 1, 1)
    assert await count(community, Notice) == 0


async def test_every_job_may_run_on_an_empty_site_and_twice(community: Community) -> None:
    changed = [await job.run(community.services) for job in (*JOBS, *JOBS)]

    assert changed == [0] * len(changed)
