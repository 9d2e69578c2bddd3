"""Who looks at an item: let go, handed over, taken over; and notes that only the team reads."""

from forum.accounts.roles import Role
from tests.builders import Community
from tests.forum.queueing import item_of
from tests.forum.talk import hold_one


async def test_an_item_is_let_go_handed_over_and_taken_over_with_a_word(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    siskin = await community.member("Siskin", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url, holders = f"/desk/{waiting.message_id}", []

    async def note() -> str:
        item = await item_of(community, waiting.message_id)
        holders.append(item.claimed_by)
        return str(item.version)

    async with community.browser(linnet) as browser, community.browser(siskin) as other:
        await browser.get(url)
        await browser.post(f"{url}/claim", do="let-go")
        version = await note()
        await browser.get(url)
        silent = await browser.post(f"{url}/claim", do="hand", to="Siskin", version=version)
        handed = await browser.post(
            f"{url}/claim", do="hand", to="Siskin", version=version, why="My tea is ready."
        )
        version = await note()
        theirs = (await other.get(url)).text
        taken = await browser.post(f"{url}/claim", do="take", version=version, why="I am back.")
        await note()
        nonsense = await browser.post(f"{url}/claim", do="x")

    assert holders == [None, siskin.id, linnet.id]
    assert (silent.status_code, "Write a word of why" in silent.text) == (422, True)
    assert handed.headers["location"] == "/desk?told=handed"
    assert "My tea is ready." in theirs
    assert taken.headers["location"] == f"{url}?told=taken"
    assert nonsense.status_code == 400


async def test_a_note_is_kept_for_the_team_and_an_empty_one_is_asked_for(community: Community) -> None:
    rowan, linnet = await community.member(), await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, rowan, (await community.room()).id)
    url = f"/desk/{waiting.message_id}"

    async with community.browser(linnet) as browser:
        empty = await browser.post(f"{url}/notes", text=" ")
        kept = await browser.post(f"{url}/notes", text="They wrote the same last week.")
        page = (await browser.get(kept.headers["location"])).text
    async with community.browser(rowan) as browser:
        author = (await browser.get(f"/reasons/{waiting.message_id}")).text

    assert empty.status_code == 422
    assert "They wrote the same last week." in page
    assert "Your note is kept." in page
    assert "They wrote the same last week." not in author


async def test_nobody_writes_notes_about_themselves(community: Community) -> None:
    linnet = await community.member("Linnet", Role.MODERATOR)
    waiting = await hold_one(community, linnet, (await community.room()).id)

    async with community.browser(linnet) as browser:
        answer = await browser.post(f"/desk/{waiting.message_id}/notes", text="I am right.")

    assert answer.status_code == 403
