"""The pages of the policy: who may choose what, what a choice changes, and what no form can switch off."""

import re

import pytest

from forum.accounts.roles import Role
from forum.messages.submission import Answer, Asked, Held, Published, Refused
from forum.spaces.choosing import bind, choose, chosen_in
from forum.spaces.tables import Space
from moderation.rulebook import Choices
from tests.builders import HOLDS, Browser, Community, Member, acts

FIRST, SECOND = "/manage/spaces/first/judgement", "/manage/spaces/second/judgement"
BOUNDS = "/manage/bounds"
THREAT = "I will kill you."


@pytest.fixture
async def spaces(community: Community) -> tuple[Space, Space]:
    """Two spaces, to choose in one and look at the other."""
    return await community.space(slug="first"), await community.space(slug="second")


async def chosen(community: Community, space: Space) -> Choices:
    async with community.services.database.reading() as session:
        return await chosen_in(session, space.id)


async def said(community: Community, author: Member, space: Space, text: str = HOLDS) -> Answer:
    return await community.thread(author, text, space=space)


def selected(page: str, field: str) -> str:
    """Return the value that a page's list stands at."""
    options = page.partition(f'<select id="f-{field}"')[2].partition("</select>")[0]
    found = re.search(r'value="(\w+)" selected', options)
    return found[1] if found else ""


def values(page: str, field: str) -> list[str]:
    """Return what a page's list offers."""
    options = page.partition(f'<select id="f-{field}"')[2].partition("</select>")[0]
    return re.findall(r'<option value="(\w+)"', options)


async def landed(browser: Browser, url: str, **form: str) -> str:
    """Send a form that is taken, and return the page that follows."""
    answer = await browser.post(url, **form)
    assert answer.status_code == 303, answer.text
    return (await browser.get(answer.headers["location"])).text


@pytest.mark.parametrize("role", Role)
async def test_managers_choose_for_a_space_and_only_an_administrator_for_all(
    community: Community, spaces: tuple[Space, Space], role: Role
) -> None:
    somebody = await community.member("Marlow", role)

    async with community.browser(somebody) as browser:
        asked = [(await browser.get(url)).status_code for url in (FIRST, BOUNDS)]
        sent = [(await browser.post(url, spam="refuse")).status_code for url in (FIRST, BOUNDS)]
        linked = 'href="/manage/bounds"' in (await browser.get(FIRST)).text

    rules, everything = role.can_manage, role is Role.ADMINISTRATOR
    assert asked == [200 if rules else 404, 200 if everything else 404]
    assert sent == [303 if rules else 404, 303 if everything else 404]
    assert linked == everything
    assert bool(await chosen(community, spaces[0])) == rules


async def test_a_visitor_is_shown_the_door_and_an_unknown_space_is_not_there(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser() as visitor, community.browser(marlow) as browser:
        door = [(await visitor.get(url)).status_code for url in (FIRST, BOUNDS)]
        nowhere = await browser.get("/manage/spaces/nowhere/judgement")
        linked = (await browser.get("/manage")).text

    assert (door, nowhere.status_code) == ([303, 303], 404)
    assert all(f'href="{url}"' in linked for url in (FIRST, SECOND))
    assert f'href="{BOUNDS}"' not in linked


async def test_a_choice_changes_the_next_message_in_its_space_and_in_no_other(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    marlow, rowan = await community.member("Marlow", Role.MANAGER), await community.member()
    before = await said(community, rowan, spaces[0])

    async with community.browser(marlow) as browser:
        page = await landed(browser, FIRST, toxicity="refuse")
        again = await landed(browser, FIRST, toxicity="refuse")
    here, there = await said(community, rowan, spaces[0]), await said(community, rowan, spaces[1])

    assert [type(answer) for answer in (before, here, there)] == [Held, Refused, Held]
    assert "Insults and contempt: now “Do not publish it”, before “A moderator reads it first”." in page
    assert selected(page, "toxicity") == "refuse"
    assert "Nothing has changed" in again


async def test_a_choice_may_be_to_ask_the_author_once_more(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    marlow, rowan = await community.member("Marlow", Role.MANAGER), await community.member()

    async with community.browser(marlow) as browser:
        await landed(browser, FIRST, toxicity="nudge")
    here, there = await said(community, rowan, spaces[0]), await said(community, rowan, spaces[1])

    assert (type(here), type(there)) == (Asked, Held)


async def test_no_forged_form_switches_a_floor_off(community: Community, spaces: tuple[Space, Space]) -> None:
    marlow, rowan = await community.member("Marlow", Role.MANAGER), await community.member()
    everything = dict.fromkeys(community.services.pipeline.policy.rulebook.rules, "publish")

    async with community.browser(marlow) as browser:
        page = await browser.get(FIRST)
        forged = [
            await browser.post(FIRST, **everything),
            await browser.post(FIRST, threat="nudge"),
            await browser.post(FIRST, **{"care-method": "publish"}),
            await browser.post(FIRST, toxicity="off", spam="refuse"),
        ]

    assert values(page.text, "threat") == ["hold", "refuse"]
    assert [answer.status_code for answer in forged] == [422] * 4
    assert not await chosen(community, spaces[0])
    assert isinstance(await said(community, rowan, spaces[0], THREAT), Held)


async def test_nothing_can_be_taken_out_of_what_is_no_detail(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)

    async with community.browser(marlow) as browser:
        page = (await browser.get(FIRST)).text
        forged = await browser.post(FIRST, claim="mask")

    assert values(page, "own-details") == ["nudge", "mask", "hold", "refuse"]
    assert values(page, "claim") == ["nudge", "hold", "refuse"]
    assert forged.status_code == 422


async def test_what_cannot_be_comes_back_at_its_field_with_what_was_typed(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    async with community.browser(harbour) as browser:
        space = await browser.post(FIRST, spam="refuse", toxicity="publish", sourcing="nudge")
        crossed = await browser.post(
            BOUNDS, **{"lowest-spam": "refuse", "highest-spam": "hold", "highest-links": "hold"}
        )
        too_low = await browser.post(BOUNDS, **{"lowest-threat": "publish"})

    assert [answer.status_code for answer in (space, crossed, too_low)] == [422] * 3
    assert (selected(space.text, "spam"), selected(space.text, "toxicity")) == ("refuse", "hold")
    assert all(f'id="f-{name}-error"' in space.text for name in ("toxicity", "sourcing"))
    assert "Advertising: The gentlest is graver than the gravest." in crossed.text
    assert [selected(crossed.text, name) for name in ("lowest-spam", "highest-spam", "highest-links")] == [
        "refuse",
        "hold",
        "hold",
    ]
    assert 'href="#f-lowest-threat"' in too_low.text
    assert not await chosen(community, spaces[0])


async def test_bounds_narrow_what_spaces_chose_and_give_it_back_when_they_widen(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    harbour, rowan = await community.member("Harbour", Role.ADMINISTRATOR), await community.member()
    await choose(community.services, spaces[0].id, {"toxicity": "nudge"})
    chosen_before = await said(community, rowan, spaces[0])

    async with community.browser(harbour) as browser:
        page = await landed(browser, BOUNDS, **{"lowest-toxicity": "hold"})
        narrowed = await said(community, rowan, spaces[0])
        told = (await browser.get(FIRST)).text
        await landed(browser, BOUNDS, **{"lowest-toxicity": "nudge"})
    widened = await said(community, rowan, spaces[0])

    assert [type(answer) for answer in (chosen_before, narrowed, widened)] == [Asked, Held, Asked]
    assert "Insults and contempt: from “A moderator reads it first” to “Do not publish it”" in page
    assert "Chosen here was “Ask the author once more”" in told
    assert values(told, "toxicity") == ["hold", "refuse"]


async def test_what_an_administrator_settled_is_shown_as_fixed_with_its_reason(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    marlow = await community.member("Marlow", Role.MANAGER)
    await bind(community.services, {"spam": ("hold", "hold")})

    async with community.browser(marlow) as browser:
        page = (await browser.get(FIRST)).text
        forged = await browser.post(FIRST, spam="publish")

    fixed = page.partition('id="fixed"')[2]
    assert values(page, "spam") == values(page, "care-method") == []
    assert "A moderator reads it first. An administrator has settled this for the whole site." in fixed
    assert "a moderator always reads it first" in fixed
    assert forged.status_code == 422


async def test_what_a_form_leaves_out_stays_as_it_is(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)
    await choose(community.services, spaces[0].id, {"spam": "refuse"})
    await bind(community.services, {"links": ("hold", "refuse")})

    async with community.browser(harbour) as browser:
        space = await landed(browser, FIRST, flood="refuse")
        site = await landed(browser, BOUNDS, **{"lowest-flood": "nudge"})

    assert [selected(space, name) for name in ("spam", "flood")] == ["refuse", "refuse"]
    assert [selected(site, f"lowest-{name}") for name in ("links", "flood")] == ["hold", "nudge"]


async def test_an_address_that_somebody_changed_says_nothing(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    async with community.browser(harbour) as browser:
        pages = [
            await browser.get(f"{url}?was={was}")
            for url in (FIRST, BOUNDS)
            for was in ("spam", "spam.x", "spam.HOLD.x", "x.HOLD", "spam.HOLD.HOLD.HOLD", ",.,", "%01")
        ]

    assert {page.status_code for page in pages} == {200}
    assert not any('role="status"' in page.text for page in pages)


async def test_a_message_that_is_harmless_is_published_whatever_a_space_chose(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    rowan = await community.member()
    rules = community.services.pipeline.policy.rulebook.rules
    await choose(community.services, spaces[0].id, {name: rule.highest.name for name, rule in rules.items()})

    answer = await community.thread(rowan, space=spaces[0])

    assert isinstance(answer, Published)


async def test_the_audit_log_has_who_chose_on_the_pages(
    community: Community, spaces: tuple[Space, Space]
) -> None:
    harbour = await community.member("Harbour", Role.ADMINISTRATOR)

    async with community.browser(harbour) as browser:
        await landed(browser, FIRST, spam="refuse")
        await landed(browser, BOUNDS, **{"lowest-spam": "hold"})

    assert [(one.act, one.actor_id, one.subject) for one in await acts(community)] == [
        ("choices", harbour.id, f"space:{spaces[0].slug}"),
        ("bounds", harbour.id, "policy"),
    ]
