"""Claims about delivering: each letter once, whoever is killed and however many workers there are."""

import asyncio
import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from forum.accounts.tables import Account
from forum.mail.letters import Letter
from forum.mail.opening import open_mailer
from forum.mailing.delivering import deliver
from forum.mailing.outbox import CLAIM, LONGEST_WAIT, MOST_TRIES
from forum.mailing.tables import Outgoing
from forum.services import Services
from tests.builders import Community, Prepared, community_at, copied
from tests.forked import forked
from tests.forum.mailing.test_outbox import kept, letter, put
from tests.forum.mailing.worker import run, word
from tests.postbox import Postbox

KINDS = {"test": word}
LETTERS, WORKERS = 200, 4


def with_mail(community: Community, box: Postbox) -> Services:
    """Return the community's services, with letters that go to the postbox."""
    return replace(community.services, mailer=open_mailer(box.url, "post@example.org"))


async def test_a_letter_that_is_due_arrives_and_is_noted(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    await put(community, letter(community, rowan.id, 1, due_at=community.clock() + timedelta(hours=1)))

    assert await deliver(with_mail(community, box), KINDS) == 1
    assert await deliver(with_mail(community, box), KINDS) == 0

    assert [one["To"] for one in box.letters] == ["test-0@heather.example"]
    assert (await kept(community)).sent_at == community.clock()
    assert (await kept(community)).token_hash is not None


async def test_a_letter_that_is_not_wanted_any_more_does_not_go(community: Community, box: Postbox) -> None:
    async def nothing(_services: Services, _row: Outgoing, _account: Account, _token: str) -> Letter | None:
        return None

    rowan = await community.member()
    await put(community, letter(community, rowan.id))

    await deliver(with_mail(community, box), {"test": nothing})

    assert box.letters == []
    assert (await kept(community)).why == "unwanted"


async def test_a_server_that_is_busy_gets_it_later_and_one_that_refuses_never(
    community: Community, box: Postbox
) -> None:
    rowan, services = await community.member(), with_mail(community, box)
    await put(community, letter(community, rowan.id))
    box.answers["RCPT"] = ["451 Busy"]
    await deliver(services, KINDS)
    at_once = await deliver(services, KINDS)
    community.clock.forward(minutes=1)
    later = await deliver(services, KINDS)
    await put(community, letter(community, rowan.id, 1))
    box.answers["RCPT"] = ["550 No such user"]
    await deliver(services, KINDS)

    assert (at_once, later, len(box.letters)) == (0, 1, 1)
    assert (await kept(community, "test:1")).why == "refused"


async def test_what_may_have_been_taken_is_not_sent_again(community: Community, box: Postbox) -> None:
    rowan, services = await community.member(), with_mail(community, box)
    await put(community, letter(community, rowan.id))
    box.hangs_up = True
    await deliver(services, KINDS)
    community.clock.now += CLAIM
    await deliver(services, KINDS)

    assert len(box.letters) == 1
    assert (await kept(community)).why == "unknown"


async def test_the_log_tells_neither_an_address_nor_words(community: Community, box: Postbox) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    box.answers["RCPT"] = ["550 <test-0@heather.example> is unknown here"]

    with capture_logs() as told:
        await deliver(with_mail(community, box), KINDS)

    assert [one["event"] for one in told] == ["mail.given-up"]
    assert "heather" not in str(told)


async def test_a_letter_that_cannot_be_worded_keeps_no_other_back_and_is_given_up_in_the_end(
    community: Community, box: Postbox
) -> None:
    async def stumble(_services: Services, row: Outgoing, account: Account, token: str) -> Letter | None:
        if row.key == "test:0":
            raise RuntimeError("Rowan’s title")
        return await word(_services, row, account, token)

    rowan = await community.member()
    await put(community, letter(community, rowan.id), letter(community, rowan.id, 1))

    with capture_logs() as told:
        for _ in range(MOST_TRIES):
            await deliver(with_mail(community, box), {"test": stumble})
            community.clock.now += LONGEST_WAIT

    assert [one["To"] for one in box.letters] == ["test-1@heather.example"]
    assert (await kept(community)).why == "tried"
    assert "Rowan" not in str(told)


async def test_a_mailer_that_fails_in_an_unknown_way_is_not_tried_again(community: Community) -> None:
    class Broken:
        """Fails as no mailer should."""

        name, delivers = "broken", True

        async def send(self, letter: Letter) -> None:
            raise RuntimeError(letter.subject)

        async def check(self) -> None:
            """Say that all is well."""

    rowan = await community.member()
    await put(community, letter(community, rowan.id))

    await deliver(replace(community.services, mailer=Broken()), KINDS)

    assert (await kept(community)).why == "unknown"


async def killed(community: Community, box: Postbox, when: str) -> int:
    """Let a worker in a process of its own deliver, and be killed; return how it ended."""
    url, now = community.services.settings.database_url, community.clock()
    return await asyncio.to_thread(forked, run, url, box.url, now, when)


@pytest.mark.everywhere
@pytest.mark.parametrize("when", ["wording", "sending", "recording", "never"])
async def test_a_killed_worker_repeats_nothing_and_loses_only_what_nobody_can_know(
    community: Community, box: Postbox, when: str
) -> None:
    rowan = await community.member()
    await put(community, letter(community, rowan.id))
    ended = await killed(community, box, when)
    await deliver(with_mail(community, box), KINDS)
    community.clock.now += CLAIM

    await deliver(with_mail(community, box), KINDS)

    row = await kept(community)
    assert ended == (0 if when == "never" else -signal.SIGKILL)
    # Before the attempt was written the next worker sends it; after that nobody can know, and nobody does.
    assert len(box.letters) == (0 if when == "sending" else 1)
    assert row.why == ("unknown" if when in ("sending", "recording") else "")
    assert (row.sent_at is not None) == (when in ("wording", "never"))


async def test_four_workers_send_two_hundred_letters_once_each(
    prepared_postgresql: Prepared, tmp_path: Path, box: Postbox
) -> None:
    with copied(prepared_postgresql, tmp_path) as url:
        async with community_at(url) as community:
            rowan = await community.member()
            await put(community, *(letter(community, rowan.id, number) for number in range(LETTERS)))
            workers = [community_at(url) for _ in range(WORKERS)]
            opened = [await one.__aenter__() for one in workers]

            done = await asyncio.gather(*(deliver(with_mail(one, box), KINDS) for one in opened))

            for one in workers:
                await one.__aexit__(None, None, None)

    arrived = Counter(one["To"] for one in box.letters)
    assert sum(done) == len(arrived) == LETTERS
    assert set(arrived.values()) == {1}
    assert sum(1 for count in done if count) > 1
    assert len({one["Message-ID"] for one in box.letters}) == LETTERS
