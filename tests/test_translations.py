"""All copy goes through gettext: the template is complete, and no page has a bare sentence."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from forum.accounts.roles import Role
from forum.accounts.zones import zones
from forum.app import create_app
from forum.language import FOLDER, Language
from forum.reach.lines import all_lines
from forum.rendering import Renderer
from forum.review.reporting import report
from forum.spaces.tables import Audience
from tests.builders import CLAIMS, HOLDS, IN_DANGER, Browser, Community, held, published
from tests.translating import TEMPLATE, collect, written

MARKED = re.compile("⟦[^⟦⟧]*⟧")
SPOKEN = ("aria-label", "placeholder", "title", "alt")
OF_PEOPLE = {"prose", "pre", "quoted", "excerpt", "detail", "seen"}
"""Classes of what people wrote, and of what a stage noted: that is never translated."""
VOID = {"area", "br", "hr", "img", "input", "link", "meta", "wbr"}


@cache
def collected() -> Catalog:
    """Every sentence that is to be translated: reading them all takes a second."""
    return collect()


def pseudo_language(folder: Path) -> Language:
    """A language in which every translated sentence is marked, its placeholders intact."""
    marked = Catalog(locale="de")
    for message in collected():
        if isinstance(message.id, tuple):
            marked.add(message.id, tuple(f"⟦{form}⟧" for form in message.id), flags=message.flags)
        elif message.id:
            marked.add(message.id, f"⟦{message.id}⟧", flags=message.flags)
    with (folder / "de.po").open("wb") as file:
        write_po(file, marked)
    return Language.load("de", folder)


class Bare(HTMLParser):
    """Collects what a page says without having been translated."""

    def __init__(self, known: set[str]) -> None:
        super().__init__()
        self.known = known
        self.found: list[str] = []
        self.path: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in SPOKEN:
            self._look(given.get(name) or "")
        if tag not in VOID:
            skipped = tag in ("time", "script", "style", "textarea") or bool(
                OF_PEOPLE & set((given.get("class") or "").split())
            )
            self.path.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        if not any(skipped for _, skipped in self.path):
            self._look(data)

    def _look(self, said: str) -> None:
        bare = said
        while (inner := MARKED.sub(" · ", bare)) != bare:  # marks nest where a sentence quotes another
            bare = inner
        for part in re.split(r"\s{2,}|[·,|]", bare):
            plain = part.strip(" :.")
            if re.search(r"[A-Za-z]{2}", plain) and plain not in self.known:
                self.found.append(plain)


def test_the_template_for_translators_is_up_to_date() -> None:
    assert TEMPLATE.read_bytes() == written(collected()), "run: make messages"


def test_a_translation_is_one_file_beside_the_template() -> None:
    assert TEMPLATE.parent == FOLDER


def test_every_placeholder_of_a_sentence_is_named() -> None:
    """Translators must be able to reorder them."""
    positional = [m.id for m in collected() if isinstance(m.id, str) and re.search(r"%[sdr]", m.id)]

    assert positional == []


VISITOR = [
    "/",
    "/sign-up",
    "/sign-in",
    "/recover",
    "/guidelines",
    "/reach",
    "/privacy",
    "/nowhere",
    "/spaces/open",
]
MEMBER = [
    "/",
    "/spaces",
    "/spaces/open",
    "/spaces/open/threads/new",
    "/rooms",
    "/notices",
    "/settings",
    "/members/Rowan",
    "/profile/edit",
    "/manage",
    "/manage/spaces/open/judgement",
    "/manage/gatherings",
    "/manage/gatherings/new",
    "/manage/bounds",
    "/desk",
    "/desk/care-for-us",
    "/desk/roster",
]


@pytest.fixture(scope="module")
def marking(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """A renderer that marks every translated sentence."""
    return Renderer(pseudo_language(tmp_path_factory.mktemp("marked")), "UTC")


@pytest.fixture
async def marked(community: Community, marking: Renderer) -> Community:
    """A community whose every translated sentence is marked."""
    services = replace(community.services, renderer=marking)
    return replace(community, services=services, app=create_app(services))


@cache
def known_words() -> set[str]:
    names = {line.name for line in all_lines()} | {line.page for line in all_lines()} | set(zones())
    names |= set(Locale("de").territories.values())
    people = {
        "Rowan",
        "Juniper",
        "Linnet",
        "Harbour",
        "Waypost",
        "A title",
        "Evening",
        "Space open",
        "Space space-1",
        "Space space-2",
    }
    countries = set(Locale("de").territories.values())
    countries |= set(Locale("de").days["stand-alone"]["wide"].values())
    return names | people | countries | {"Firefox on Android", "Test", "links", "toxicity", "Enter", "Esc"}


async def bare_words(browser: Browser, urls: Iterable[str]) -> dict[str, list[str]]:
    """What each page says without having been translated, by its address; nothing where all is well."""
    found: dict[str, list[str]] = {}
    for url in urls:
        answer = await browser.get(url)
        page = Bare(known_words())
        page.feed(answer.text)
        if page.found:
            found[url] = page.found
    return found


async def test_no_page_for_visitors_has_a_bare_sentence(marked: Community) -> None:
    await marked.space(Audience.PUBLIC, "open")
    async with marked.browser() as browser:
        found = await bare_words(browser, VISITOR)

    assert found == {}


async def test_no_page_for_the_team_has_a_bare_sentence(marked: Community) -> None:
    space = await marked.space(Audience.PUBLIC, "open")
    rowan = await marked.member("Rowan", Role.ADMINISTRATOR)
    juniper = await marked.member("Juniper", Role.MENTOR)
    thread = published(await marked.thread(juniper, space=space))
    await marked.room(space=space)
    held(await marked.say(juniper, thread.place_id, HOLDS))
    await marked.say(rowan, thread.place_id, parent=thread.message_id)

    async with marked.browser(rowan) as browser:
        found = await bare_words(browser, MEMBER)

    assert found == {}


async def test_no_page_of_what_is_new_at_the_desk_has_a_bare_sentence(marked: Community) -> None:
    rowan, juniper = await marked.member("Rowan", Role.ADMINISTRATOR), await marked.member("Juniper")
    thread = published(await marked.thread(juniper))
    claim = held(await marked.say(juniper, thread.place_id, CLAIMS))
    danger = published(await marked.say(juniper, thread.place_id, IN_DANGER))
    await report(marked.services, rowan.viewer, thread.message_id, "health-claim", "cure")
    paths = [f"/desk/{one.message_id}" for one in (claim, danger, thread)]

    async with marked.browser(rowan) as browser:
        found = await bare_words(browser, ["/desk", "/notices", *paths])

    assert found == {}


async def test_no_page_of_a_message_has_a_bare_sentence(marked: Community) -> None:
    rowan, juniper = await marked.member("Rowan", Role.ADMINISTRATOR), await marked.member("Juniper")
    thread = published(await marked.thread(juniper))
    waiting = held(await marked.say(juniper, thread.place_id, HOLDS))
    own = published(await marked.say(rowan, thread.place_id, parent=thread.message_id))
    room = await marked.room()
    urls = [
        f"/threads/{thread.place_id}",
        f"/threads/{thread.place_id}?reply={thread.message_id}",
        f"/rooms/{room.id}",
        f"/messages/{own.message_id}/edit",
        f"/messages/{own.message_id}/withdraw",
        f"/messages/{thread.message_id}/report",
        f"/desk/{waiting.message_id}",
    ]

    async with marked.browser(rowan) as browser:
        found = await bare_words(browser, urls)

    assert found == {}
