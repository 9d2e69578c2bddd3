"""That somebody has read what is not open to everybody is in the log."""

from forum.accounts.roles import Role
from forum.desk.noting import NAMES, note_reading
from tests.builders import Community, acts


async def test_reading_is_an_act_without_a_word_of_what_was_read(community: Community) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    await note_reading(community.services, harbour.id, "desk:history", NAMES)

    [act] = await acts(community)
    assert (act.act, act.actor_id, act.subject) == ("data-read", harbour.id, "desk:history")
    assert act.details == '{"what":"names"}'
