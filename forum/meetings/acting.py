"""Doing what a form names in a meeting: the one way in for guests and hosts alike."""

from collections.abc import Mapping
from uuid import UUID

from forum.accounts.sessions import Viewer
from forum.errors import ForumError, TooManyRequests
from forum.facts import MeetingChanged
from forum.language import N_
from forum.meetings.acts import Act
from forum.meetings.finding import check_guest, find_meeting, locked
from forum.meetings.guest_acts import OF_GUESTS
from forum.meetings.host_acts import OF_HOSTS, OF_SEATS
from forum.meetings.telling import tell
from forum.services import Services
from realtime.backplane import Allowance

ACTS = Allowance(40, 60)
"""Things that one member may do in a meeting in a minute: more than anybody means to."""
ONE_OF_A_KIND = Allowance(1, 3_600)
"""Each word once a turn from each member; who sent it is nowhere kept but in this allowance."""
QUIETLY = "guests"
"""What is done about one guest is nobody else's to hear."""
ONCE = N_("You have sent this to them already. It was counted.")


async def act(services: Services, place_id: UUID, viewer: Viewer, form: Mapping[str, str]) -> None:
    """Do what the form names, if this guest may; whoever is in the meeting is told what has changed.

    NotFound for whom the meeting does not exist for, Forbidden for a guest who is no host where it takes one.
    """
    name = form.get("do", "")
    if name not in OF_GUESTS and name not in OF_HOSTS:
        raise ForumError
    await _keep_pace(services, viewer, place_id, form)
    async with services.database.transaction() as tx:
        held = await find_meeting(tx.session, place_id, viewer)
        if name not in OF_SEATS:
            held = await locked(tx, place_id)
        await check_guest(tx, held, viewer, host=name in OF_HOSTS)
        doing = Act(viewer, form, services.clock())
        what, verb = (OF_HOSTS if name in OF_HOSTS else OF_GUESTS)[name]
        changed = await verb(tx, held, doing)
        if changed and what == QUIETLY:
            tx.record(MeetingChanged(held.id, what, doing.now))
        elif changed and what:
            await tell(tx, held, what, doing.now)


async def _keep_pace(services: Services, viewer: Viewer, place_id: UUID, form: Mapping[str, str]) -> None:
    wait = await services.backplane.spend(f"meeting:{viewer.id}", ACTS)
    if not wait and form.get("do") == "react":
        once = f"meeting:{place_id}:{form.get('seen', '')[:36]}:{form.get('word', '')[:12]}:{viewer.id}"
        if await services.backplane.spend(once, ONE_OF_A_KIND):
            raise TooManyRequests(1, ONCE)
    if wait:
        raise TooManyRequests(wait)
