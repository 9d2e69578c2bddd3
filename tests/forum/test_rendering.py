"""Claims about pages: nothing typed becomes markup, times are the reader's, a missing name is an error."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from forum import rendering
from forum.language import N_, Language
from forum.notes.notes import note_of
from forum.rendering import STATIC, Renderer, static_url
from forum.shown import Answered, Author, Shown
from moderation.markup import render as render_words
from tests.builders import Community

EVENING = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
ENGLISH, ENGLISH_ANEW = (Renderer(Language.load("en"), "UTC") for _ in range(2))


def error_page(**values: object) -> str:
    context: Mapping[str, object] = {
        "viewer": None,
        "layout": {"community": "Waypost", "leave_url": "/", "unread": 0, "waiting": None, "agree": False},
        "nonce": "n",
        "path": "/",
        "form_token": "t",
        "status": 403,
        "heading": "A heading",
        "words": [],
        "retry_after": None,
        "kept": None,
        "again": None,
        **values,
    }
    return ENGLISH.render("error.html", context)


@given(typed=st.text(st.sampled_from("<>&\"'/= \nascript{}%"), min_size=1, max_size=60))
@hypothesis_settings(max_examples=40)
def test_what_somebody_typed_never_becomes_markup(typed: str) -> None:
    bare, page = error_page(kept="x"), error_page(kept=typed, heading=typed)

    assert len(re.findall("<[a-z]", page)) == len(re.findall("<[a-z]", bare))


def test_a_name_that_a_template_misses_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        ENGLISH.render("error.html", {})


def said(moment: datetime, zone: str, now: datetime, filter_name: str = "when") -> str:
    viewer = SimpleNamespace(time_zone=zone)
    template = ENGLISH._environment.from_string("{{ moment|" + filter_name + " }}")
    return template.render(moment=moment, viewer=viewer, now=now)


def test_a_time_is_said_in_the_members_own_zone_with_the_exact_moment_beside_it() -> None:
    shown = said(EVENING, "Asia/Tokyo", EVENING)

    assert 'datetime="2026-11-22T22:30:00Z"' in shown
    assert "7:30" in shown


@pytest.mark.parametrize(
    ("zone", "hours_later", "expected"),
    [
        ("UTC", 0, "10:30"),
        ("UTC", 2, "yesterday 10:30"),
        ("America/New_York", 2, "5:30"),
        ("UTC", 26, "Nov 22, 2026"),
        ("Pacific/Kiritimati", 15, "yesterday 12:30"),
    ],
)
def test_today_and_yesterday_are_those_of_the_reader(zone: str, hours_later: int, expected: str) -> None:
    shown = said(EVENING, zone, EVENING + timedelta(hours=hours_later))

    assert f">{expected}" in shown


def test_a_date_names_the_readers_day_and_no_time() -> None:
    shown = said(EVENING, "Asia/Tokyo", EVENING, "date")

    assert "November 23, 2026" in shown
    assert ":30" not in shown.split(">", 1)[1]


async def test_static_files_are_kept_for_ever_under_an_address_of_their_content(community: Community) -> None:
    async with community.browser() as visitor:
        page = await visitor.get("/")
        addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
        answers = [await visitor.get(address) for address in addresses]
        missing = await visitor.get(static_url("no-such-file.css"))

    assert len(addresses) >= 2
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert all("immutable" in answer.headers["cache-control"] for answer in answers)
    assert missing.status_code == 404
    assert missing.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/x/../../pyproject.toml", "/static/x/%2e%2e/%2e%2e/pyproject.toml"])
async def test_nothing_outside_the_folder_is_served(community: Community, path: str) -> None:
    async with community.browser() as visitor:
        answer = await visitor.get(path)

    assert (STATIC.parent / "pyproject.toml").exists()
    assert answer.status_code == 404


# Parts that are kept


WHO = (Author(uuid4(), "Rowan"), Author(uuid4(), "Linnet", N_("moderator")))
IDS = (uuid4(), uuid4())
SHOWN = st.builds(
    Shown,
    id=st.sampled_from(IDS),
    seq=st.sampled_from((1, 2)),
    author=st.sampled_from(WHO),
    html=st.sampled_from(("A kettle.", "A *bus*.", "")).map(render_words),
    at=st.sampled_from((EVENING, EVENING - timedelta(days=1))),
    state=st.sampled_from(("published", "withdrawn", "removed", "held")),
    title=st.sampled_from(("", "Of <kettles>")),
    edited_at=st.sampled_from((None, EVENING)),
    parent=st.sampled_from((None, Answered(IDS[0], "Wren"))),
    is_opening=st.booleans(),
    mine=st.booleans(),
    is_new=st.booleans(),
    can_reply=st.booleans(),
    note=st.sampled_from((None, note_of("stop-medicine"))),
)
ZONES = st.sampled_from(("UTC", "Asia/Tokyo"))
PART = '{{ part("threads/message.html", message) }}'


def part(renderer: Renderer, message: Shown, zone: str, now: datetime) -> str:
    template = renderer._environment.from_string(PART)
    return template.render(message=message, viewer=SimpleNamespace(time_zone=zone), now=now)


@given(seen=st.lists(st.tuples(SHOWN, ZONES, st.integers(0, 2)), min_size=2, max_size=12))
@hypothesis_settings(max_examples=60)
def test_a_part_that_is_kept_is_what_would_be_rendered_now(seen: list[tuple[Shown, str, int]]) -> None:
    for message, zone, days in seen:
        now = EVENING + timedelta(days=days)
        ENGLISH_ANEW._parts.clear()

        assert part(ENGLISH, message, zone, now) == part(ENGLISH_ANEW, message, zone, now)


def test_what_is_withdrawn_is_not_kept_either() -> None:
    said = Shown(uuid4(), 1, WHO[0], render_words("A word in confidence."), EVENING, "published")
    gone = replace(said, html=render_words(""), state="withdrawn")
    for message in (said, gone):
        part(ENGLISH, message, "UTC", EVENING)

    assert "confidence" not in str(ENGLISH._parts)


def test_no_more_parts_are_kept_than_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "PARTS", 3)
    ENGLISH_ANEW._parts.clear()
    many = [Shown(uuid4(), 1, WHO[0], render_words("Tea."), EVENING, "published") for _ in range(5)]
    for message in (*many, many[2], many[0]):
        part(ENGLISH_ANEW, message, "UTC", EVENING)

    assert [kept.id for kept, _ in ENGLISH_ANEW._parts.values()] == [many[4].id, many[2].id, many[0].id]


def test_a_part_knows_nothing_of_its_reader_but_their_zone() -> None:
    for name in ("threads/message.html", "messages/note.html"):
        text = (rendering.TEMPLATES / name).read_text()

        assert not re.search(r"\b(viewer|form_token|nonce|layout|path|form)\b", text), name
