"""Claims about the form: what is chosen from has words, and what a button chose moves into its field."""

from forum.calendar.kinds import Kind
from forum.calendar.plan_form import CLOSES, ENDS
from forum.calendar.terms import LONGEST_CLOSING
from tests.builders import Community
from tests.forum.calendar.gatherings import FORM, Calendar
from tests.forum.calendar.test_plan_pages import NEW, opened


async def test_the_lists_offer_all_there_is(community: Community) -> None:
    calendar = await Calendar.of(community)

    async with community.browser(calendar.manager) as browser:
        page = (await browser.get(NEW)).text

    for kind in Kind:
        assert f'<option value="{kind.value}"' in page
    for words in ("Europe/Berlin", "Every so many weeks, on weekdays", "Until an hour before", "Sunday"):
        assert words in page


def test_every_closing_that_is_offered_can_be_saved() -> None:
    assert all(0 <= int(minutes) <= LONGEST_CLOSING for minutes in CLOSES)
    assert set(ENDS) == {"count", "until"}


async def test_a_moment_that_was_chosen_and_a_date_that_was_ticked_are_typed_for_the_manager(
    community: Community,
) -> None:
    calendar = await Calendar.of(community)
    form = FORM | {"space": calendar.space.slug, "at": "2027-03-28T03:30", "strike_2027-04-04": "on"}
    form |= {"repeats": "weeks", "on_SU": "on", "ends": "count", "count": "3"}

    async with community.browser(calendar.manager) as browser:
        page = (await browser.post(NEW, **(await opened(browser, NEW) | form))).text

    assert 'name="date" type="date" value="2027-03-28"' in page
    assert 'name="time" type="time" value="03:30"' in page
    assert ">\n2027-04-04</textarea>" in page
    assert 'name="at"' not in page
