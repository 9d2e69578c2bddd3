"""Claims about hosts: those whom a manager names by handle, and nobody else."""

import pytest

from forum.calendar.hosting import hosts_form, hosts_in, hosts_of, is_host, keep_hosts
from forum.errors import Invalid
from tests.builders import Community
from tests.forum.calendar.gatherings import Calendar


async def test_handles_are_read_however_they_are_parted(community: Community) -> None:
    wren, rowan = await community.member("Wren"), await community.member("Rowan")

    async with community.services.database.reading() as session:
        named = await hosts_in(session, {"hosts": " @wren;\n", "facilitators": "ROWAN, wren"}, draft=False)

    assert named == {wren.id: False, rowan.id: True}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"hosts": ""}, "hosts"),
        ({"hosts": "Nobody"}, "hosts"),
        ({"hosts": "Wren", "facilitators": "Nobody"}, "facilitators"),
        ({"facilitators": "Wren"}, "hosts"),
        ({"hosts": " ".join(f"handle-{n}" for n in range(21))}, "hosts"),
    ],
)
async def test_without_a_host_or_with_one_whom_nobody_knows_it_is_an_error(
    community: Community, form: dict[str, str], field: str
) -> None:
    await community.member("Wren")

    async with community.services.database.reading() as session:
        with pytest.raises(Invalid) as refused:
            await hosts_in(session, form, draft=False)
        assert set(refused.value.fields) == {field}


async def test_who_holds_it_is_kept_and_replaced(community: Community) -> None:
    calendar = await Calendar.of(community)
    wren, rowan = await community.member("Wren"), await community.member("Rowan")
    gathering_id = await calendar.gathering()

    async with community.services.database.transaction() as tx:
        await keep_hosts(tx.session, gathering_id, {wren.id: True, rowan.id: False})

    async with community.services.database.reading() as session:
        assert [one.handle for one in await hosts_of(session, gathering_id)] == ["Rowan", "Wren"]
        assert await hosts_form(session, gathering_id) == {"hosts": "Rowan", "facilitators": "Wren"}
        assert not await is_host(session, gathering_id, calendar.manager.id)
