"""Which addresses render() makes into links."""

from typing import Any

import pytest
from bleach import clean

from moderation.markup import REL, leads_outside, render
from tests.moderation.page import Page

NOWHERE = [
    "javascript:123",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#x6a;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@b.org",
    "//a.org",
    "/threads",
    "threads",
    "#top",
    "?q",
    "",
    "http:a.org",
    "http:/a.org",
    "http:///a.org",
    "http:\\\\a.org",
    "http://bank.example@evil.example/",
    "http://a.org\\@b.org",
    "http://\u0430pple.com",
    "http://xn--pple-43d.com",
    "http://2130706433/",
    "http://a.org:123456/",
    "http://a.org/" + "x" * 2_000,
]
MANGLED = [
    "\x01http://a.org",
    " http://a.org",
    "http://a.org\n.b",
    "http://a.org/\u2003x",
    "&#104;ttp://a.org",
    "http&#58;//a.org",
]


@pytest.mark.parametrize("address", NOWHERE + MANGLED)
def test_an_address_must_be_plainly_outside_to_be_let_through(address: str) -> None:
    assert not leads_outside(address)


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_leads_nowhere_outside_makes_no_link(address: str) -> None:
    pages = Page(render(f"[x]({address})")), Page(render(f"[x](<{address}>)")), Page(render(address))

    assert [page.links for page in pages] == [[], [], []]


@pytest.mark.parametrize("address", MANGLED)
def test_a_mangled_address_links_only_where_it_reads_plainly(address: str) -> None:
    page = Page(render(f"[x](<{address}>) {address}"))

    assert {link.partition("/%E2")[0].rstrip("/") for link in page.links} <= {"http://a.org"}


@pytest.mark.parametrize(
    "address",
    [
        "http://a.org",
        "https://a.org/b?c=d&e#f",
        "HTTPS://A.ORG",
        "http://localhost:8000/",
        "http://a_b.example.org/~x",
    ],
)
def test_an_absolute_http_address_is_a_link(address: str) -> None:
    page = Page(render(f"[x]({address})"))

    assert leads_outside(address)
    assert page.links == [address]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see http://a.org/b.", "http://a.org/b"),
        ("(http://a.org)", "http://a.org"),
        ("(http://a.org/b_(c)).", "http://a.org/b_(c)"),
        ("http://a.org/?a=1&b=2, and", "http://a.org/?a=1&b=2"),
        ("**https://a.org**", "https://a.org"),
        ("<https://a.org/%E2%80%AE>", "https://a.org/%E2%80%AE"),
        ("is it https://a.org?", "https://a.org"),
    ],
)
def test_a_bare_address_becomes_a_link_without_the_sentence_around_it(text: str, link: str) -> None:
    page = Page(render(text))

    assert page.links == [link]
    assert link in page.text


@pytest.mark.parametrize(
    "text", ["`http://a.org`", "```\nhttp://a.org\n```", "http://u:p@a.org", "ftp://a.org"]
)
def test_an_address_in_code_or_with_a_password_stays_text(text: str) -> None:
    page = Page(render(text))

    assert page.links == []
    assert text.strip("`\n") in page.text


def test_a_link_carries_its_rel() -> None:
    html = render("http://a.org")

    assert html == f'<p><a href="http://a.org" rel="{REL}">http://a.org</a></p>\n'


def test_bleach_alone_would_let_a_numbered_script_through() -> None:
    alone: Any = clean(
        '<a href="javascript:123">x</a>', tags={"a"}, attributes={"a": ["href"]}, protocols={"http"}
    )
    ours = render("[x](javascript:123)")

    assert "href" not in ours
    assert alone.startswith("<a")
