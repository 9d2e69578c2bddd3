"""Links, and who may post how many."""

import pytest

from moderation.draft import Draft, Standing
from moderation.stages.links import LINK, too_many_links
from moderation.verdict import Finding, Outcome

THREE_LINKS = "http://a.org https://b.org/x www.c.org"


def test_trust_lifts_the_link_limit() -> None:
    newcomer, regular = Draft(THREE_LINKS), Draft(THREE_LINKS, Standing(published=10))

    assert too_many_links(newcomer) == Finding("links", Outcome.HOLD, "3 links from a new member")
    assert too_many_links(regular) is None


def test_a_newcomer_may_post_two_links() -> None:
    assert too_many_links(Draft("http://a.org and b.com")) is None


def test_links_in_the_title_count() -> None:
    assert too_many_links(Draft("a.com b.com", title="c.com")) is not None


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("http://www.example.com/a.com", 1),
        ("[a](http://a.org)[b](http://b.org)", 2),
        ("www.example.nowhere", 1),
        ("example.com, sub.example.co.uk.", 2),
        ("bit.ly/abc t.me/abc discord.gg/abc", 3),
        ("someone@example.com", 0),
        ("a long day.It was fine.So I slept. e.g. this/that, i.e. 12.5", 0),
        ("EXAMPLE.COM", 1),
    ],
)
def test_what_reads_as_an_address_counts_as_a_link(text: str, links: int) -> None:
    assert len(LINK.findall(text)) == links
