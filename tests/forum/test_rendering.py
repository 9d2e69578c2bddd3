"""Claims about pages: nothing typed becomes markup, times are the reader's, a missing name is an error."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from forum.language import Language
from forum.rendering import STATIC, Renderer, static_url
from tests.builders import Community

EVENING = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
ENGLISH = Renderer(Language.load("en"), "UTC")


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
