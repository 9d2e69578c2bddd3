"""Claims about the tables of gatherings: what a row is before anybody has said more."""

from uuid import uuid4

from sqlmodel import select

from forum.calendar.kinds import Transcript
from forum.calendar.tables import Gathering, Host, Occurrence, SignUp, Stage
from forum.spaces.tables import Place, PlaceKind
from tests.builders import Community


async def test_a_new_gathering_is_a_draft_that_keeps_nothing_of_what_is_said(community: Community) -> None:
    dipper, space, now = await community.member("Dipper"), await community.space(), community.clock()
    place = Place(kind=PlaceKind.GATHERING, space_id=space.id, last_at=now, created_at=now)
    async with community.services.database.transaction() as tx:
        tx.session.add(place)
        await tx.session.flush()
        tx.session.add(Gathering(place_id=place.id, made_by_id=dipper.id, created_at=now, changed_at=now))

    async with community.services.database.reading() as session:
        kept = (await session.exec(select(Gathering))).one()

    assert (kept.stage, kept.rule, kept.capacity, kept.version) == (Stage.DRAFT, "", None, 1)
    assert kept.transcript == Transcript.DROP
    assert not kept.is_public


def test_a_date_has_no_seat_taken_and_a_reply_no_place_in_the_queue(community: Community) -> None:
    now = community.clock()
    date = Occurrence(
        gathering_id=uuid4(), recurs_local="2026-11-29T18:00", starts_at=now, ends_at=now, changed_at=now
    )
    reply = SignUp(occurrence_id=date.id, account_id=uuid4(), reply="yes", at=now)

    assert (date.coming, date.queued, date.sequence, date.meeting_id) == (0, 0, 0, None)
    assert (reply.queue_number, reply.seated_at, reply.came_at) == (None, None, None)
    assert not Host(gathering_id=date.gathering_id, account_id=reply.account_id).facilitates
