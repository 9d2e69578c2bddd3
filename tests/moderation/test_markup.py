"""What render() makes of good, bad and endless texts."""

from concurrent.futures import ThreadPoolExecutor
from html import escape
from urllib.parse import urlsplit

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.draft import LONGEST
from moderation.markup import DEEPEST, MOST_SIGNS, REL, TAGS, CleanHtml, render, stored
from moderation.tidying import INVISIBLE
from tests.moderation.nasty import nasty_texts
from tests.moderation.page import Page


@given(nasty_texts)
@settings(max_examples=250)
def test_no_text_makes_an_active_element_attribute_or_address(text: str) -> None:
    page = Page(render(text))

    assert set(page.tags) <= TAGS
    assert not [event for event in page.events if event[0] == "other"]
    for kind, tag, attributes in page.events:
        if kind == "start":
            assert {name for name, _ in attributes} == ({"href", "rel"} if tag == "a" else set())
            assert dict(attributes).get("rel", REL) == REL
    assert {urlsplit(link).scheme for link in page.links} <= {"http", "https"}
    assert INVISIBLE.search(page.text) is None


@given(nasty_texts)
@settings(max_examples=250)
def test_a_second_sanitizer_finds_nothing_to_take_away(text: str) -> None:
    html = render(text)

    second = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href", "rel"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )

    assert Page(second).events == Page(html).events


def test_clean_html_is_not_escaped_by_a_template() -> None:
    html = render("*hello*")

    assert isinstance(html, CleanHtml)
    assert html.__html__() is html


def test_what_was_stored_comes_back_as_it_was() -> None:
    html = render("a **b** http://a.org")

    again = stored(str(html))

    assert again == html
    assert isinstance(again, CleanHtml)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("> a\n\nb", "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("", ""),
    ],
)
def test_plain_markdown_is_laid_out(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "a title\n---",
        "| a | b |\n|---|---|",
        "<b>not bold</b>",
        "<script>alert(1)</script>",
        "[hidden]: http://a.org",
        "&lt;b&gt; &#x202e; &nbsp;",
        "&amp;lt;",
        "12. I did the twelfth step",
        "3) third\n4) fourth",
        "    indented like a letter",
        "<me@example.org>",
        "\\&amp; \u2019",
    ],
)
def test_what_we_leave_out_of_markdown_stays_as_typed(text: str) -> None:
    assert Page(render(text)).text.strip() == text.strip().replace("\\&", "&")


def test_an_image_becomes_a_link_that_nobody_has_to_load() -> None:
    assert Page(render("![me](https://a.org/me.png)")).tags == ["p", "a"]


def test_a_number_inside_a_list_does_not_lose_its_value() -> None:
    page = Page(render("1. a\n2. b\n   7. c"))

    assert page.tags.count("ol") == 1
    assert "7. c" in page.text


def test_invisible_characters_cannot_come_back_through_an_entity_or_an_address() -> None:
    page = Page(render("&#8203;&#x202e; <http://a.org/%E2%80%AE%E2%80%8B>"))

    assert INVISIBLE.search(page.text) is None


def test_half_a_character_pair_is_shown_as_unreadable() -> None:
    assert render("a\ud800b") == "<p>a\ufffdb</p>\n"


def test_nothing_past_the_longest_kind_is_read() -> None:
    longest = max(LONGEST.values())

    page = Page(render("a" * longest + "b" * 1_000_000))

    assert page.text.strip() == "a" * longest


@pytest.mark.parametrize("sign", ["[", "*a ", "`", "> a\n", "&", "<", '"', "a\n", "_a ", "[a](http://b.c) "])
def test_a_text_of_too_many_signs_is_shown_as_typed(sign: str) -> None:
    text = sign * (MOST_SIGNS + 2)

    html = render(text)

    assert html == f"<pre>{escape(text.strip()[: max(LONGEST.values())], quote=False)}</pre>"


@pytest.mark.parametrize(
    "text", ["> " * (DEEPEST + 1) + "a", "- " * 12 + "a", "*a **b " * 12 + "b** a* " * 12]
)
def test_what_is_nested_too_deep_for_a_reader_is_shown_as_typed(text: str) -> None:
    html = render(text)

    assert html == f"<pre>{escape(text.strip(), quote=False)}</pre>"


def test_quotes_of_quotes_are_laid_out_as_deep_as_people_quote() -> None:
    page = Page(render(">>>> a"))

    assert page.tags == ["blockquote"] * 4 + ["p"]
    assert page.text.strip() == "a"


@settings(max_examples=20)
@given(st.lists(nasty_texts, min_size=2, max_size=6))
def test_texts_laid_out_in_several_threads_come_out_as_they_do_in_one(texts: list[str]) -> None:
    with ThreadPoolExecutor(max_workers=4) as threads:
        together = list(threads.map(render, texts * 3))

    assert together == [render(text) for text in texts] * 3
