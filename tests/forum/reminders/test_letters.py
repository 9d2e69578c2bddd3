"""Claims about the words of letters: a title that tells nobody, the time in one's own zone, and a way out."""

import re
from datetime import timedelta

import pytest

from forum.accounts.tables import Account
from forum.calendar.feeds.addresses import choose_look
from forum.calendar.tables import Stage
from forum.facts import SeatChanged
from forum.mail.letters import Letter
from forum.mailing.tables import Channel
from forum.reminders.letters import word_letter
from tests.builders import Community, Member
from tests.forum.reminders.gathered import (
    ADDRESS,
    Planned,
    change,
    coming,
    outbox,
    plan,
    record,
    record_change,
    wants_letters,
)

TELLING = (
    "heather tea",
    "we talk about",
    "dipper",
    "waypost",
    "support",
    "recovery",
    "gathering that",
    "berlin",
)


async def reminded(community: Community, **choice: object) -> tuple[Member, Planned]:
    """Let somebody in New York, who wants letters, have signed up."""
    rowan, planned = await community.member(), await plan(community)
    await wants_letters(community, rowan, **choice)
    async with community.services.database.transaction() as tx:
        (await tx.session.get_one(Account, rowan.id)).time_zone = "America/New_York"
    await coming(community, rowan, planned.date)
    return rowan, planned


async def worded(community: Community, member: Member, kind: str = "gathering-soon") -> Letter | None:
    """Word the first letter of a kind that is in the outbox."""
    row = next(row for row in await outbox(community, Channel.MAIL) if row.kind == kind)
    async with community.services.database.reading() as session:
        account = await session.get_one(Account, member.id)
    return await word_letter(community.services, row, account, "token")


async def test_a_letter_has_the_title_the_time_of_its_reader_a_link_and_a_way_out(
    community: Community,
) -> None:
    rowan, planned = await reminded(community)

    letter = await worded(community, rowan)

    assert letter is not None
    assert (letter.to, letter.subject, letter.sender) == (ADDRESS, "Appointment", "")
    lines = letter.text.replace("\u202f", " ").splitlines()
    assert lines[:2] == ["Appointment", "Sunday, November 29, 2026, 1:00 PM (America/New York)"]
    assert f"http://127.0.0.1:8000/gatherings/{planned.date.id}" in lines
    assert letter.stop_url == "http://127.0.0.1:8000/reminders/stop/token"
    assert lines[-1].endswith(letter.stop_url)


async def test_a_letter_tells_nobody_what_it_is_about(community: Community) -> None:
    rowan, _ = await reminded(community)

    letter = await worded(community, rowan)

    assert letter is not None
    told = re.sub(r"http\S+", "", f"{letter.subject} {letter.sender} {letter.text}").lower()
    assert [word for word in TELLING if word in told] == []


async def test_a_member_may_have_a_title_of_their_own_and_our_name_as_the_sender(
    community: Community,
) -> None:
    rowan, _ = await reminded(community, names_us=True)
    await choose_look(community.services, rowan.id, "Dentist", with_link=False)

    letter = await worded(community, rowan)

    assert letter is not None
    assert (letter.subject, letter.sender) == ("Dentist", "Waypost")


@pytest.mark.parametrize(
    ("what", "kind", "words"),
    [
        ("cancelled", "gathering-cancelled", "Cancelled: Sunday"),
        ("moved", "gathering-moved", "Moved to: Sunday"),
    ],
)
async def test_what_changed_is_said_in_the_letter_and_not_in_its_subject(
    community: Community, what: str, kind: str, words: str
) -> None:
    rowan, planned = await reminded(community)
    if what == "cancelled":
        await change(community, planned.date, cancelled_at=community.clock())
    await record_change(community, planned, what)

    letter = await worded(community, rowan, kind)

    assert letter is not None
    assert words in letter.text
    assert letter.subject == "Appointment"


async def test_a_place_that_became_free_is_told(community: Community) -> None:
    rowan, planned = await reminded(community)
    await record(community, SeatChanged(planned.date.id, rowan.id, "promoted", community.clock()))

    letter = await worded(community, rowan, "seat")

    assert letter is not None
    assert "A place is yours: Sunday" in letter.text


async def test_no_letter_is_worded_for_what_is_off_or_for_who_wants_none(community: Community) -> None:
    rowan, planned = await reminded(community)
    await wants_letters(community, rowan, by_mail=False)
    unwanted = await worded(community, rowan)
    await wants_letters(community, rowan)
    await change(community, planned.gathering, stage=Stage.CANCELLED)

    assert unwanted is None
    assert await worded(community, rowan) is None


async def test_a_reminder_that_is_late_is_left_out_rather_than_sent_at_night(community: Community) -> None:
    rowan, _ = await reminded(community, quiet_from=22, quiet_until=7)
    community.clock.now = community.clock().replace(hour=4) + timedelta(days=1)  # 23:00 in New York

    assert await worded(community, rowan) is None
