"""What a page of the policy shows: fields that keep what was typed, and addresses that say what was there."""

from starlette.requests import Request

from forum.admin.policy_showing import Sent, changed, field, saved
from forum.errors import Invalid
from forum.language import N_
from forum.web import Web
from moderation.rulebook import Rulebook
from moderation.verdict import Outcome
from tests.builders import Community

MAY = (Outcome.NUDGE, Outcome.HOLD)


def asked(community: Community, query: str = "") -> Request:
    """Return a request as the pages get it."""
    services = community.services

    async def layout(_request: Request) -> dict[str, object]:
        return {}

    web = Web(services.settings, services.renderer, layout)
    scope = {
        "type": "http",
        "path": "/manage/bounds",
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
        "state": {"services": services, "web": web},
    }
    return Request(scope)


def came_back(**form: str) -> Sent:
    return Sent(form, Invalid({"spam": N_("Choose from the list.")}))


async def test_a_field_keeps_what_was_typed_where_it_can_be_shown(community: Community) -> None:
    request = asked(community)

    fresh = field(request, "spam", MAY, Outcome.HOLD, None)
    typed = field(request, "spam", MAY, Outcome.HOLD, came_back(spam="nudge"))
    forged = field(request, "spam", MAY, Outcome.HOLD, came_back(spam="publish"))

    assert [one.value for one in (fresh, typed, forged)] == ["hold", "nudge", "hold"]
    assert [option["key"] for option in fresh.options] == ["nudge", "hold"]


async def test_what_a_save_changed_is_read_back_from_its_address(community: Community) -> None:
    rules = Rulebook.load().rules
    location = saved(asked(community), ["spam.HOLD", "care-method.HOLD"]).headers["location"]

    found = list(changed(asked(community, location.partition("?")[2]), rules, 1))

    assert found == [("spam", [Outcome.HOLD]), ("care-method", [Outcome.HOLD])]


async def test_what_somebody_wrote_into_the_address_is_left_out(community: Community) -> None:
    rules = Rulebook.load().rules

    for query in ("", "was=", "was=nothing.HOLD", "was=spam.LOUD", "was=spam.HOLD.HOLD"):
        assert list(changed(asked(community, query), rules, 1)) == []
