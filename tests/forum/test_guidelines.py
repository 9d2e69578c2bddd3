"""Claims about the guidelines: every reason that can be given names one of them."""

from datetime import date

from forum.guidelines import BY_SLUG, GUIDELINES, VERSION
from forum.messages.explanations import GUIDELINE_OF, GUIDELINE_WORDS
from tests.builders import Community


def test_every_reason_for_a_decision_names_a_guideline_that_members_accepted() -> None:
    assert set(GUIDELINE_OF.values()) <= BY_SLUG.keys()
    assert GUIDELINE_WORDS.keys() == BY_SLUG.keys()
    assert all(
        GUIDELINE_WORDS[slug].msgid == f"Guideline: {one.title.msgid}." for slug, one in BY_SLUG.items()
    )


def test_a_version_is_the_day_it_was_written() -> None:
    assert date.fromisoformat(VERSION) <= date(2100, 1, 1)
    assert len(BY_SLUG) == len(GUIDELINES)


async def test_visitors_read_all_of_them_before_they_join(community: Community) -> None:
    async with community.browser() as visitor:
        guidelines, sign_up = await visitor.get("/guidelines"), await visitor.get("/sign-up")

    for one in GUIDELINES:
        assert one.title.msgid in guidelines.text
        assert one.text.msgid in sign_up.text
    assert VERSION in sign_up.text
